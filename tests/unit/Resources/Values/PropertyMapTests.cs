using PulumiEvs.Resources.Values;
using PulumiEvs.Tests.Unit.Resources.Support;

namespace PulumiEvs.Tests.Unit.Resources.Values;

public sealed class PropertyMapTests
{
    private static readonly PropertyMap Two = PropertyMap.Of(("a", 1), ("b", "x"));

    [Fact]
    public void Order_is_no_difference()
    {
        var other = PropertyMap.Of(("b", "x"), ("a", 1));

        other.ShouldMatch(Two);
        other.GetHashCode().ShouldBe(Two.GetHashCode());
    }

    [Fact]
    public void A_further_a_missing_and_another_entry_are_differences()
    {
        Two.Equals(Two.With("c", true)).ShouldBeFalse();
        Two.Equals(Two.Without("b")).ShouldBeFalse();
        Two.Equals(Two.With("b", "y")).ShouldBeFalse();
        Two.Equals(PropertyMap.Of(("a", 1), ("c", "x"))).ShouldBeFalse();
    }

    [Fact]
    public void A_missing_entry_reads_as_null()
    {
        Two["c"].ShouldBe(PropertyValue.Null.Instance);
        Two.TryGetValue("c", out _).ShouldBeFalse();
    }

    [Fact]
    public void Changes_make_new_maps()
    {
        Two.With("a", 2)["a"].ShouldBe((PropertyValue)2);
        Two.Without("a").ShouldMatch(PropertyMap.Of(("b", "x")));
        Two["a"].ShouldBe((PropertyValue)1);
        Two.Without("c").ShouldBeSameAs(Two);
    }

    [Fact]
    public void Merging_takes_the_other_maps_entries_over_its_own() =>
        Two.With(PropertyMap.Of(("b", "y"), ("c", true))).ShouldMatch(PropertyMap.Of(("a", 1), ("b", "y"), ("c", true)));

    [Fact]
    public void Nulls_go_at_the_top_level_only()
    {
        var map = PropertyMap.Of(("a", PropertyValue.Null.Instance), ("m", PropertyMap.Of(("n", PropertyValue.Null.Instance))));

        map.WithoutNulls().ShouldMatch(PropertyMap.Of(("m", PropertyMap.Of(("n", PropertyValue.Null.Instance)))));
    }

    [Fact]
    public void A_value_that_is_not_there_is_left_out()
    {
        var map = new PropertyMap.Builder().SetIfPresent("a", null).SetIfPresent("b", PropertyValue.Null.Instance).SetIfPresent("c", 1).Build();

        map.ShouldMatch(PropertyMap.Of(("c", 1)));
    }

    [Fact]
    public void A_builder_is_for_one_map()
    {
        var builder = new PropertyMap.Builder().Set("a", 1);
        builder.Build();

        Should.Throw<InvalidOperationException>(() => builder.Set("b", 2));
    }

    [Fact]
    public void An_empty_map_is_the_empty_map() => new PropertyMap.Builder().Build().ShouldBeSameAs(PropertyMap.Empty);
}
