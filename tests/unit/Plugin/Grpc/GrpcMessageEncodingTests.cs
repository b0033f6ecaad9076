using FsCheck;
using FsCheck.Fluent;
using PulumiEvs.Plugin.Grpc;
using PulumiEvs.Tests.Unit.Plugin.Doubles;

namespace PulumiEvs.Tests.Unit.Plugin.Grpc;

public sealed class GrpcMessageEncodingTests
{
    public static TheoryData<string, string> Known => new()
    {
        { "", "" },
        { "plain: text, with (every) sign = 'fine'!", "plain: text, with (every) sign = 'fine'!" },
        { "100%", "100%25" },
        { "two\nlines", "two%0Alines" },
        { "größer", "gr%C3%B6%C3%9Fer" },
        { "日本", "%E6%97%A5%E6%9C%AC" },
        { "😀", "%F0%9F%98%80" },
        { "~\u007F", "~%7F" },
    };

    public static TheoryData<string, string> Lenient => new()
    {
        { "100%", "100%" },
        { "%zz", "%zz" },
        { "%4", "%4" },
        { "%+1%-1", "%+1%-1" },
        { "%c3%b6", "ö" },
        { "%C3%B6 ö 😀", "ö ö 😀" },
        { "%FF", "\uFFFD" },
    };

    [Theory]
    [MemberData(nameof(Known))]
    public void Only_what_must_be_is_encoded(string message, string encoded)
    {
        GrpcMessageEncoding.Encode(message).ShouldBe(encoded);
        GrpcMessageEncoding.Decode(encoded).ShouldBe(message);
    }

    [Theory]
    [MemberData(nameof(Lenient))]
    public void What_is_no_escape_is_taken_as_it_stands(string encoded, string message) => GrpcMessageEncoding.Decode(encoded).ShouldBe(message);

    [Fact]
    public void Every_text_comes_back_as_it_was() =>
        Prop.ForAll(Texts.Any.ToArbitrary(), text => GrpcMessageEncoding.Decode(GrpcMessageEncoding.Encode(text)) == text)
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Every_encoded_text_is_printable_ascii() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), text => GrpcMessageEncoding.Encode(text.Get).All(c => c is >= ' ' and <= '~'))
            .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("x")]
    [InlineData("ß")]
    [InlineData("😀")]
    public void A_text_too_long_for_headers_is_cut_and_says_so(string unit)
    {
        var encoded = GrpcMessageEncoding.Encode(string.Concat(Enumerable.Repeat(unit, GrpcMessageEncoding.MaxEncodedLength + 1)));

        encoded.Length.ShouldBeLessThanOrEqualTo(GrpcMessageEncoding.MaxEncodedLength);
        var decoded = GrpcMessageEncoding.Decode(encoded);
        decoded[^(unit.Length + 1)..].ShouldBe(unit + "…");
        decoded.Contains('\uFFFD').ShouldBeFalse();
    }

    [Fact]
    public void The_longest_plain_text_that_fits_is_not_cut()
    {
        var text = new string('x', GrpcMessageEncoding.MaxEncodedLength);
        GrpcMessageEncoding.Encode(text).ShouldBe(text);
    }
}
