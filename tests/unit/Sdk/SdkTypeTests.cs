using System.Reflection;
using System.Text.Json.Nodes;

namespace PulumiEvs.Tests.Unit.Sdk;

/// <summary>The named types of the SDK are those of the schema, and everything public is documented.</summary>
public sealed class SdkTypeTests
{
    public static TheoryData<string> Enums => [.. SchemaFile.Tokens("types").Where(token => SchemaFile.Item("types", token).ContainsKey("enum"))];

    public static TheoryData<string> Objects => [.. SchemaFile.Tokens("types").Where(token => !SchemaFile.Item("types", token).ContainsKey("enum"))];

    public static TheoryData<string> Variables => [.. SchemaFile.Properties(SchemaFile.Root["config"]!.AsObject(), "variables").Select(variable => variable.Name)];

    [Theory]
    [MemberData(nameof(Enums))]
    public void An_enum_has_exactly_the_members_of_the_schema(string token)
    {
        var type = SdkMember.Class(SdkMember.ClassName(token));

        type.IsDefined(typeof(global::Pulumi.EnumTypeAttribute)).ShouldBeTrue();
        type.GetProperties(BindingFlags.Public | BindingFlags.Static)
            .Select(member => (member.Name, Value: member.GetValue(null)!.ToString()))
            .ShouldBe(Members(token).Select(member => (member["name"]!.GetValue<string>(), (string?)member["value"]!.GetValue<string>())));
    }

    [Theory]
    [MemberData(nameof(Enums))]
    public void Members_of_an_enum_are_equal_when_their_strings_are(string token)
    {
        var values = SdkMember.Class(SdkMember.ClassName(token)).GetProperties(BindingFlags.Public | BindingFlags.Static).Select(member => member.GetValue(null)!).ToArray();

        values[0].Equals(values[0]).ShouldBeTrue();
        values[0].Equals(values[1]).ShouldBeFalse();
        values.Select(value => value.GetHashCode()).Distinct().Count().ShouldBe(values.Length);
    }

    [Theory]
    [MemberData(nameof(Objects))]
    public void An_object_type_has_exactly_the_properties_of_the_schema(string token)
    {
        var sdk = typeof(global::Pulumi.Evs.Volume).Assembly;
        var output = sdk.GetType("Pulumi.Evs.Outputs." + SdkMember.ClassName(token));
        var input = sdk.GetType($"Pulumi.Evs.Inputs.{SdkMember.ClassName(token)}Args");

        (output ?? input).ShouldNotBeNull($"{token} is used nowhere");
        if (output is not null)
        {
            SdkOutputTypes.ShouldBe(output, SchemaFile.Item("types", token));
        }

        if (input is not null)
        {
            SdkInputTypes.ShouldBe(input, SchemaFile.Item("types", token), "properties", "required", json: false);
        }
    }

    [Theory]
    [MemberData(nameof(Variables))]
    public void Every_variable_of_the_configuration_can_be_read(string name)
    {
        typeof(global::Pulumi.Evs.Config).GetProperty(SdkMember.ClassName(name)).ShouldNotBeNull().GetMethod!.IsStatic.ShouldBeTrue();
    }

    [Fact]
    public void The_plugin_that_the_sdk_asks_for_is_the_one_of_its_version()
    {
        using var stream = typeof(global::Pulumi.Evs.Volume).Assembly.GetManifestResourceStream("Pulumi.Evs.pulumi-plugin.json").ShouldNotBeNull();

        var plugin = JsonNode.Parse(stream)!;

        plugin["resource"]!.GetValue<bool>().ShouldBeTrue();
        plugin["name"]!.GetValue<string>().ShouldBe("evs");
        plugin["version"]!.GetValue<string>().ShouldBe(SchemaFile.Root["version"]!.GetValue<string>());
        plugin["server"]!.GetValue<string>().ShouldBe(SchemaFile.Root["pluginDownloadURL"]!.GetValue<string>());
    }

    private static IEnumerable<JsonObject> Members(string token) => SchemaFile.Item("types", token)["enum"]!.AsArray().Select(member => member!.AsObject());
}
