using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Declarations;
using PulumiEvs.Resources.Provider;
using PulumiEvs.Resources.Values;

namespace PulumiEvs.Tests.Unit.Resources.Provider;

/// <summary>Configuration is understood as stack configuration writes it, and as generated SDKs send it.</summary>
public sealed class ConfigDecoderTests
{
    private static readonly PropertyDeclaration Mode = new()
    {
        Name = "mode",
        Type = new PropertyType.Choice(new EnumDeclaration("evs:index:Mode", "A mode.", [new EnumMember("Fast", "fast", "Quick.")]), IsOpen: false),
        Description = "How.",
        Role = PropertyRole.Input,
    };

    private static readonly Dictionary<string, (string Property, string Text, PropertyValue Value)> Texts = new()
    {
        ["an enum from the stack's configuration"] = ("mode", "fast", "fast"),
        ["an enum from an SDK"] = ("mode", "\"fast\"", "fast"),
        ["a string that looks like JSON"] = (ProviderDeclaration.Region, "\"eu-de\"", "\"eu-de\""),
        ["a number"] = (ProviderDeclaration.MaxRetries, "3", 3),
        ["a boolean"] = (ProviderDeclaration.CreateJournal, "false", false),
        ["a map"] = (ProviderDeclaration.DefaultTags, """{"team":"storage"}""", PropertyMap.Empty.With("team", "storage")),
    };

    public static TheoryData<string> Understood => [.. Texts.Keys];

    public static TheoryData<string, string, string> Refused => new()
    {
        { ProviderDeclaration.DefaultTags, "[1]", """must be an object (as JSON text: {"key":"value"}), but is the string "[1]" """ },
        { ProviderDeclaration.MaxRetries, "many", """must be a whole number, but is the string "many" """ },
    };

    [Theory]
    [MemberData(nameof(Understood))]
    public void The_decoder_understands(string what)
    {
        var (property, text, value) = Texts[what];
        var failures = new List<CheckFailure>();

        var decoded = ConfigDecoder.Decode(PropertyMap.Empty.With(property, text), ProviderDeclaration.Properties.Add(Mode), failures);

        failures.ShouldBeEmpty();
        decoded[property].ShouldBe(value);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_is_not_of_the_type_is_named(string property, string text, string reason)
    {
        var failures = new List<CheckFailure>();

        ConfigDecoder.Decode(PropertyMap.Empty.With(property, text), ProviderDeclaration.Properties, failures);

        failures.ShouldHaveSingleItem().ShouldBe(new CheckFailure(property, reason.TrimEnd()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Secret_settings_that_end_in_a_disks_inputs_are_secret_there(bool asText)
    {
        PropertyValue tags = asText ? """{"team":"storage"}""" : PropertyMap.Empty.With("team", "storage");
        var configuration = ConfigDecoder.Decode(
            PropertyMap.Of((ProviderDeclaration.DefaultTags, tags.AsSecret()), (ProviderDeclaration.EnterpriseProjectId, ((PropertyValue)"e").AsSecret())),
            ProviderDeclaration.Properties,
            []);

        var settings = new ProviderSettings(configuration, _ => null);

        settings.DefaultTags.ShouldBe(PropertyMap.Empty.With("team", ((PropertyValue)"storage").AsSecret()));
        settings.EnterpriseProjectId.ShouldBe(((PropertyValue)"e").AsSecret());
    }
}
