using PulumiEvs.Resources.Volumes;

namespace PulumiEvs.Tests.Unit.Resources.VolumeBatches;

public sealed class NumberedNameTests
{
    [Theory]
    [InlineData("data-0001", "data", 1)]
    [InlineData("data-9999", "data", 9999)]
    [InlineData("a-0001-0002", "a-0001", 2)]
    [InlineData("数据-0100", "数据", 100)]
    [InlineData("data-0000", null, 0)]
    [InlineData("data-001", null, 0)]
    [InlineData("data-00001", null, 0)]
    [InlineData("data0001", null, 0)]
    [InlineData("data--001", null, 0)]
    [InlineData("data-٠٠٠١", null, 0)]
    [InlineData("-0001", null, 0)]
    [InlineData("", null, 0)]
    [InlineData(null, null, 0)]
    public void A_name_ends_with_four_digits_or_has_no_number(string? text, string? name, int number)
    {
        NumberedName.Split(text).ShouldBe(name is null ? null : (name, number));
        if (name is not null)
        {
            NumberedName.Of(name, number).ShouldBe(text);
        }
    }
}
