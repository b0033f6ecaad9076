using System.Runtime.InteropServices;
using PulumiEvs.Evs.Auth;
using PulumiEvs.Evs.Http;
using PulumiEvs.Tests.Unit.Support;

namespace PulumiEvs.Tests.Unit.Evs.Http;

public sealed class AnswerReaderTests
{
    private const int Large = AnswerReader.LargeLength;
    private const int TooLargeToKeep = AnswerReader.LargestKept + 1;

    private readonly AnswerReader _reader = new(new TransportOptions(), new TokenCredential("token", "the test"), new FakeTime());

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(4096, true)]
    [InlineData(100_000, true)]
    [InlineData(3 * 1024 * 1024, true)]
    [InlineData(1, false)]
    [InlineData(4095, false)]
    [InlineData(4096, false)]
    [InlineData(4097, false)]
    [InlineData(100_000, false)]
    public async Task An_answer_is_read_whole_whether_or_not_its_length_is_told(int length, bool isTold)
    {
        var body = Body(length, 1);

        (await ReadAsync(body, isTold)).ToArray().ShouldBe(body);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_large_answer_comes_into_the_place_of_one_that_was_read_out(bool isTold)
    {
        var first = await ReadAsync(Body(2 * Large, 1), isTold);
        _reader.Reuse(first);

        var second = await ReadAsync(Body(2 * Large, 2), isTold);

        Array(second).ShouldBeSameAs(Array(first));
        second.ToArray().ShouldBe(Body(2 * Large, 2));
    }

    [Fact]
    public async Task An_answer_that_has_not_been_read_out_keeps_its_place()
    {
        var first = await ReadAsync(Body(2 * Large, 1));

        var second = await ReadAsync(Body(2 * Large, 2));

        first.ToArray().ShouldBe(Body(2 * Large, 1));
        second.ToArray().ShouldBe(Body(2 * Large, 2));
    }

    [Fact]
    public async Task A_place_is_given_to_one_answer_only()
    {
        _reader.Reuse(await ReadAsync(Body(2 * Large, 1)));

        var (second, third) = (await ReadAsync(Body(2 * Large, 2)), await ReadAsync(Body(2 * Large, 3)));

        second.ToArray().ShouldBe(Body(2 * Large, 2));
        third.ToArray().ShouldBe(Body(2 * Large, 3));
    }

    [Theory]
    [InlineData(100, 100)]
    [InlineData(2 * Large, 100)]
    [InlineData(2 * Large, 20 * Large)]
    [InlineData(TooLargeToKeep, 2 * Large)]
    public async Task A_place_that_does_not_suit_is_not_used(int length, int next)
    {
        var first = await ReadAsync(Body(length, 1));
        _reader.Reuse(first);

        var second = await ReadAsync(Body(next, 2));

        Array(second).ShouldNotBeSameAs(Array(first));
        second.ToArray().ShouldBe(Body(next, 2));
    }

    private static byte[] Body(int length, byte content) => [.. Enumerable.Repeat(content, length)];

    private static byte[] Array(ReadOnlyMemory<byte> body) => MemoryMarshal.TryGetArray(body, out var bytes) ? bytes.Array! : [];

    private async Task<ReadOnlyMemory<byte>> ReadAsync(byte[] body, bool isTold = true)
    {
        var request = new RequestDescription
        {
            Operation = "listing volumes",
            Method = HttpMethod.Get,
            Endpoint = new Uri("https://evs.example/"),
            Path = "/v2/p/cloudvolumes/detail",
            Idempotency = Idempotency.Read,
        };
        using var response = new HttpResponseMessage { Content = isTold ? new ByteArrayContent(body) : new StreamContent(new Trickle(body)) };
        return await _reader.ReadAsync(request, response, CancellationToken.None);
    }

    /// <summary>A body that does not tell its length, and comes in pieces of a thousand bytes.</summary>
    private sealed class Trickle(byte[] body) : MemoryStream(body)
    {
        public override bool CanSeek => false;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer.Length > 1000 ? buffer[..1000] : buffer, cancellationToken);
    }
}
