using PulumiEvs.Resources.Values;

namespace PulumiEvs.Tests.Unit.Resources.Values;

public sealed class InputReaderTests
{
    [Fact]
    public void Checked_inputs_are_read_through_their_marks()
    {
        InputReader.Text(((PropertyValue)"a").AsSecret()).ShouldBe("a");
        InputReader.Int(new PropertyValue.Output(40, true, [])).ShouldBe(40);
        InputReader.Bool(true).ShouldBe(true);
        InputReader.Map(PropertyMap.Of(("k", ((PropertyValue)"v").AsSecret()))).ShouldBe(new Dictionary<string, string> { ["k"] = "v" });
    }

    [Fact]
    public void What_is_absent_is_null_or_empty()
    {
        InputReader.Text(PropertyValue.Null.Instance).ShouldBeNull();
        InputReader.Int(PropertyValue.Null.Instance).ShouldBeNull();
        InputReader.Bool(PropertyValue.Null.Instance).ShouldBeNull();
        InputReader.Map(PropertyValue.Null.Instance).ShouldBeEmpty();
    }

    [Fact]
    public void Another_kind_than_was_checked_is_a_defect() =>
        Should.Throw<InvalidOperationException>(() => InputReader.Text(1)).Message.ShouldBe("expected a string among checked inputs, but found a number");
}
