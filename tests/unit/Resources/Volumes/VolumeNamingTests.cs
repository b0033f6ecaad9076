using System.Text;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Values;
using PulumiEvs.Resources.Volumes;
using PulumiEvs.Tests.Unit.Resources.Support;
using static PulumiEvs.Resources.Volumes.VolumeProperties;
using static PulumiEvs.Tests.Unit.Resources.Support.Given;

namespace PulumiEvs.Tests.Unit.Resources.Volumes;

/// <summary>The names of disks that a program does not name, and the provider's default tags.</summary>
public sealed class VolumeNamingTests
{
    private static readonly PropertyMap Unnamed = Inputs((Name, None));

    [Fact]
    public void Without_options_the_name_is_the_resources_with_random_digits() =>
        NameOf(Unnamed).ShouldMatch("^data-[0-9a-f]{7}$");

    [Fact]
    public void Every_check_of_one_deployment_gives_the_same_name()
    {
        NameOf(Unnamed, seed: "one").ShouldBe(NameOf(Unnamed, seed: "one"));
        NameOf(Unnamed, seed: "one").ShouldNotBe(NameOf(Unnamed, seed: "two"));
    }

    [Fact]
    public void Resources_of_one_name_under_different_parents_get_different_names()
    {
        var check = Given.Check(Unnamed);
        var other = check with { Resource = Resource with { Urn = "urn:pulumi:dev::shop::app:index:Db$evs:index:Volume::data" } };

        Check(other).Inputs[Name].ShouldNotBe(Check(check).Inputs[Name]);
    }

    [Fact]
    public void The_old_name_stays() => NameOf(Unnamed, old: Inputs((Name, "kept")), seed: "other").ShouldBe("kept");

    [Fact]
    public void No_name_stays_no_name() => NameOf(Unnamed, old: Inputs((Name, ""))).ShouldBe("");

    [Fact]
    public void A_secret_old_name_stays_secret() =>
        Check(Given.Check(Unnamed, Inputs((Name, Secret("kept"))))).Inputs[Name].ShouldBe(Secret("kept"));

    [Fact]
    public void A_given_name_wins_over_everything()
    {
        NameOf(Inputs((Name, "mine")), old: Inputs((Name, "kept")), autonaming: new AutonamingOptions(AutonamingMode.Enforce, "theirs")).ShouldBe("mine");
        Check(Given.Check(Inputs((Name, Unknown)), Inputs((Name, "kept")))).Inputs[Name].ShouldBe(Unknown);
    }

    [Fact]
    public void A_proposed_name_is_taken() =>
        NameOf(Unnamed, autonaming: new AutonamingOptions(AutonamingMode.Propose, "shop-data-1a2b")).ShouldBe("shop-data-1a2b");

    [Fact]
    public void A_proposed_name_that_is_too_long_is_cut_between_characters()
    {
        var name = NameOf(Unnamed, autonaming: new AutonamingOptions(AutonamingMode.Propose, new string('x', 254) + "盘盘"));

        name.ShouldBe(new string('x', 254));
    }

    [Fact]
    public void An_enforced_name_is_taken_as_it_is_and_refused_when_it_cannot_be()
    {
        var tooLong = new string('x', 256);

        NameOf(Unnamed, autonaming: new AutonamingOptions(AutonamingMode.Enforce, "exact")).ShouldBe("exact");
        Check(Given.Check(Unnamed, autonaming: new AutonamingOptions(AutonamingMode.Enforce, tooLong))).Failures.Lines()
            .ShouldBe(["name: must be at most 255 bytes in UTF-8, but has 256"]);
    }

    [Fact]
    public void With_autonaming_disabled_the_program_must_give_a_name_and_hears_of_everything_else_too()
    {
        var check = Given.Check(Unnamed.With(Size, 5), autonaming: new AutonamingOptions(AutonamingMode.Disable, ""));

        Check(check).Failures.Lines().ShouldBe(
            ["name: is required, because autonaming is disabled", "size: must be from 10 to 32768 GiB for a data disk"]);
    }

    [Fact]
    public void With_autonaming_disabled_the_old_name_stays_all_the_same() =>
        NameOf(Unnamed, old: Inputs((Name, "kept")), autonaming: new AutonamingOptions(AutonamingMode.Disable, "")).ShouldBe("kept");

    [Theory]
    [InlineData("x", 300)]
    [InlineData("盘", 100)]
    [InlineData("😀", 80)]
    public void A_made_up_name_fits_the_limit_whatever_the_resources_name(string character, int count)
    {
        var check = Given.Check(Unnamed) with { Resource = Resource with { Name = string.Concat(Enumerable.Repeat(character, count)) } };
        var name = ((PropertyValue.Text)Check(check).Inputs[Name]).Value;

        Encoding.UTF8.GetByteCount(name).ShouldBeInRange(250, 255);
        name.ShouldMatch("-[0-9a-f]{7}$");
        name.ShouldNotContain("\uFFFD");
        Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(name)).ShouldBe(name);
    }

    private static readonly Dictionary<string, (PropertyValue Own, PropertyMap Defaults, PropertyValue Expected)> DefaultTags = new()
    {
        ["no defaults, no tags"] = (None, PropertyMap.Empty, None),
        ["defaults alone"] = (None, PropertyMap.Of(("team", "a")), Given.Tags(("team", "a"))),
        ["defaults beside own tags"] = (Given.Tags(("x", "y")), PropertyMap.Of(("team", "a")), Given.Tags(("team", "a"), ("x", "y"))),
        ["an own tag wins"] = (Given.Tags(("team", "b")), PropertyMap.Of(("team", "a")), Given.Tags(("team", "b"))),
        ["an own unknown tag wins"] = (Given.Tags(("team", Unknown)), PropertyMap.Of(("team", "a")), Given.Tags(("team", Unknown))),
        ["own tags not known yet"] = (Unknown, PropertyMap.Of(("team", "a")), Unknown),
        ["own tags that are secret"] = (
            Secret(Given.Tags(("x", "y"))), PropertyMap.Of(("team", "a")), Secret(Given.Tags(("team", "a"), ("x", "y")))),
        ["a secret default"] = (None, PropertyMap.Of(("team", Secret("a"))), Given.Tags(("team", Secret("a")))),
        ["an empty map of own tags"] = (PropertyMap.Empty, PropertyMap.Of(("team", "a")), Given.Tags(("team", "a"))),
    };

    public static TheoryData<string> DefaultTagNames => [.. DefaultTags.Keys];

    [Theory]
    [MemberData(nameof(DefaultTagNames))]
    public void Default_tags_are_merged_in(string name)
    {
        var (own, defaults, expected) = DefaultTags[name];

        var result = VolumeCheck.Check(Given.Check(Inputs((VolumeProperties.Tags, own))), new VolumeDefaults(defaults, null));

        result.Failures.ShouldBeEmpty();
        result.Inputs[VolumeProperties.Tags].ShouldBe(expected);
    }

    [Fact]
    public void Default_tags_count_against_the_limit()
    {
        var own = PropertyMap.From(Enumerable.Range(0, 9).Select(i => KeyValuePair.Create($"k{i}", (PropertyValue)"v")));

        VolumeCheck.Check(Given.Check(Inputs((VolumeProperties.Tags, own))), new VolumeDefaults(PropertyMap.Of(("a", "1"), ("b", "2")), null)).Failures.Lines()
            .ShouldBe(["tags: a volume can have at most 10 tags, but there are 11 (tags from the provider's defaultTags count too)"]);
    }

    [Fact]
    public void Tags_of_the_wrong_type_are_reported_and_not_merged() =>
        VolumeCheck.Check(Given.Check(Inputs((VolumeProperties.Tags, 7))), new VolumeDefaults(PropertyMap.Of(("a", "1")), null)).Failures.Lines()
            .ShouldBe(["tags: must be an object, but is 7"]);

    private static string NameOf(PropertyMap inputs, PropertyMap? old = null, AutonamingOptions? autonaming = null, string seed = "seed")
    {
        var result = Check(Given.Check(inputs, old, autonaming, seed));
        result.Failures.ShouldBeEmpty();
        return ((PropertyValue.Text)result.Inputs[Name]).Value;
    }

    private static CheckResult Check(CheckRequest request) => VolumeCheck.Check(request, VolumeDefaults.None);
}
