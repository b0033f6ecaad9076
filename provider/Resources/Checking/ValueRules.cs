using System.Text;
using PulumiEvs.Resources.Declarations;
using PulumiEvs.Resources.Values;

namespace PulumiEvs.Resources.Checking;

/// <summary>The rules that several properties share.</summary>
internal static class ValueRules
{
    public static readonly ValueRule NotEmpty = new(
        "Not empty.", value => value is PropertyValue.Text { Value: "" } ? "must not be empty" : null);

    /// <summary>A length in bytes of UTF-8, as the EVS API counts names and descriptions.</summary>
    public static ValueRule MaxBytes(int max) => new(
        $"At most {max} bytes in UTF-8.",
        value => value is PropertyValue.Text { Value: var text } && Encoding.UTF8.GetByteCount(text) is var bytes && bytes > max
            ? $"must be at most {max} bytes in UTF-8, but has {bytes}"
            : null);

    public static ValueRule ExactBytes(int length, string what) => new(
        $"Exactly {length} bytes long.",
        value => value is PropertyValue.Text { Value: var text } && Encoding.UTF8.GetByteCount(text) is var bytes && bytes != length
            ? $"must be {what} of exactly {length} bytes, but has {bytes}"
            : null);

    public static ValueRule AtLeast(long min, string unit) => new(
        $"At least {min} {unit}.".Replace(" .", ".", StringComparison.Ordinal),
        value => value is PropertyValue.Number { Value: var number } && number < min ? $"must be at least {min} {unit}".TrimEnd() : null);

    public static ValueRule Range(long min, long max, string unit) => new(
        $"{min} to {max} {unit}.".Replace(" .", ".", StringComparison.Ordinal),
        value => value is PropertyValue.Number { Value: var number } && (number < min || number > max)
            ? $"must be from {min} to {max} {unit}".TrimEnd()
            : null);
}
