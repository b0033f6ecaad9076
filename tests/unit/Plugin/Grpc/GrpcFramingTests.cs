using System.Buffers;
using System.IO.Pipelines;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using PulumiEvs.Plugin.Grpc;
using PulumiEvs.Plugin.Protos;

namespace PulumiEvs.Tests.Unit.Plugin.Grpc;

public sealed class GrpcFramingTests
{
    private static readonly CheckRequest Message = new()
    {
        Urn = "urn:pulumi:dev::program::evs:index:Volume::größer",
        News = new Struct { Fields = { ["size"] = Value.ForNumber(40), ["tags"] = Value.ForStruct(new Struct { Fields = { ["a.b"] = Value.ForString("c") } }) } },
    };

    public static TheoryData<string, byte[], int> BrokenFrames => new()
    {
        { "compressed", [1, 0, 0, 0, 1, 0], (int)GrpcStatusCode.Unimplemented },
        { "unknown flag", [2, 0, 0, 0, 0], (int)GrpcStatusCode.Internal },
        { "longer than the limit, said before its body is there", [0, 0x19, 0, 0, 1], (int)GrpcStatusCode.ResourceExhausted },
        { "the longest length there is", [0, 0xFF, 0xFF, 0xFF, 0xFF], (int)GrpcStatusCode.ResourceExhausted },
        { "bytes that are no message", [0, 0, 0, 0, 2, 0x0A, 0x05], (int)GrpcStatusCode.Internal },
        { "text that is not UTF-8 in a field of another type", [0, 0, 0, 0, 3, 0x12, 0x01, 0xFF], (int)GrpcStatusCode.Internal },
    };

    [Fact]
    public async Task A_message_is_the_same_wherever_its_bytes_are_split()
    {
        var frame = Frame(Message);
        for (var split = 0; split <= frame.Length; split++)
        {
            var pipe = new Pipe();
            var read = ReadAsync(pipe.Reader);
            await pipe.Writer.WriteAsync(frame.AsMemory(0, split));
            await pipe.Writer.WriteAsync(frame.AsMemory(split));
            await pipe.Writer.CompleteAsync();

            (await read).ShouldBe(Message, $"split after {split} bytes");
            (await ReadAsync(pipe.Reader)).ShouldBeNull();
        }
    }

    [Fact]
    public async Task A_message_may_come_byte_by_byte()
    {
        var pipe = new Pipe();
        var read = ReadAsync(pipe.Reader);
        foreach (var b in Frame(Message))
        {
            await pipe.Writer.WriteAsync(new[] { b });
        }

        (await read).ShouldBe(Message);
    }

    [Fact]
    public async Task Messages_that_come_at_once_are_read_one_by_one()
    {
        var other = new CheckRequest { Name = "second" };
        var reader = PipeReader.Create(new ReadOnlySequence<byte>([.. Frame(Message), .. Frame(new CheckRequest()), .. Frame(other)]));

        (await ReadAsync(reader)).ShouldBe(Message);
        (await ReadAsync(reader)).ShouldBe(new CheckRequest());
        (await ReadAsync(reader)).ShouldBe(other);
        (await ReadAsync(reader)).ShouldBeNull();
    }

    [Fact]
    public async Task A_stream_that_ends_within_a_message_is_an_internal_error_wherever_it_ends()
    {
        var frame = Frame(Message);
        for (var length = 1; length < frame.Length; length++)
        {
            var failure = await FailureOf(frame[..length]);
            failure.Code.ShouldBe(GrpcStatusCode.Internal, $"cut after {length} bytes");
            failure.Message.ShouldContain($"after {length} bytes");
        }
    }

    [Theory]
    [MemberData(nameof(BrokenFrames))]
    public async Task A_frame_that_cannot_be_taken_has_its_status(string name, byte[] frame, int code) =>
        ((int)(await FailureOf(frame)).Code).ShouldBe(code, name);

    [Fact]
    public async Task A_message_may_be_as_long_as_the_limit_and_no_longer()
    {
        var frame = Frame(Message);
        var length = frame.Length - GrpcFraming.PrefixLength;

        (await ReadAsync(ReaderOf(frame), length)).ShouldBe(Message);
        (await Should.ThrowAsync<GrpcStatusException>(ReadAsync(ReaderOf(frame), length - 1))).Code.ShouldBe(GrpcStatusCode.ResourceExhausted);
    }

    [Fact]
    public async Task Nesting_beyond_the_protobuf_librarys_own_limit_is_read()
    {
        var value = Value.ForNumber(1);
        for (var i = 0; i < 100; i++)
        {
            value = Value.ForStruct(new Struct { Fields = { ["x"] = value } });
        }

        var message = new CheckRequest { News = new Struct { Fields = { ["x"] = value } } };

        (await ReadAsync(ReaderOf(Frame(message)))).ShouldBe(message);
    }

    [Fact]
    public async Task Nesting_without_end_is_refused()
    {
        // Built from the inside out, as bytes: a message object of this depth could not even be measured.
        byte[] value = [];
        for (var i = 0; i < 5000; i++)
        {
            value = [0x32, .. VarintOf(value.Length + 1 + VarintOf(value.Length).Length), 0x0A, .. VarintOf(value.Length), .. value];
        }

        var failure = await Should.ThrowAsync<GrpcStatusException>(async () =>
            await GrpcFraming.ReadAsync(ReaderOf(FrameOf(value)), Value.Parser, GrpcFraming.MaxMessageLength, CancellationToken.None));
        failure.Code.ShouldBe(GrpcStatusCode.Internal);
    }

    [Fact]
    public void Bytes_that_are_encoded_already_are_framed_as_the_message_would_be()
    {
        var writer = new ArrayBufferWriter<byte>();
        GrpcFraming.Write(writer, Message.ToByteArray());
        writer.WrittenSpan.ToArray().ShouldBe(Frame(Message));
    }

    [Fact]
    public void An_empty_message_is_five_zero_bytes() => Frame(new Empty()).ShouldBe(new byte[5]);

    private static byte[] Frame(IMessage message)
    {
        var writer = new ArrayBufferWriter<byte>();
        GrpcFraming.Write(writer, message);
        return writer.WrittenSpan.ToArray();
    }

    private static byte[] FrameOf(ReadOnlySpan<byte> bytes)
    {
        var writer = new ArrayBufferWriter<byte>();
        GrpcFraming.Write(writer, bytes);
        return writer.WrittenSpan.ToArray();
    }

    private static byte[] VarintOf(int value)
    {
        var bytes = new byte[CodedOutputStream.ComputeRawVarint32Size((uint)value)];
        using var output = new CodedOutputStream(bytes);
        output.WriteLength(value);
        output.Flush();
        return bytes;
    }

    private static PipeReader ReaderOf(byte[] bytes) => PipeReader.Create(new ReadOnlySequence<byte>(bytes));

    private static Task<CheckRequest?> ReadAsync(PipeReader reader, int maxLength = GrpcFraming.MaxMessageLength) =>
        GrpcFraming.ReadAsync(reader, CheckRequest.Parser, maxLength, CancellationToken.None).AsTask();

    private static Task<GrpcStatusException> FailureOf(byte[] bytes) => Should.ThrowAsync<GrpcStatusException>(ReadAsync(ReaderOf(bytes)));
}
