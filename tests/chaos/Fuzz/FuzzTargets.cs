using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using PulumiEvs.Evs.Errors;
using PulumiEvs.Evs.Models;
using PulumiEvs.Plugin.Grpc;
using PulumiEvs.Plugin.Protos;
using PulumiEvs.Plugin.Values;

namespace PulumiEvs.Chaos.Fuzz;

/// <summary>All that reads bytes of others: frames and values from the engine, models and errors from the service.</summary>
internal static class FuzzTargets
{
    private const int MaxMessage = 64 * 1024;

    /// <summary>More messages than this cannot be in one input: the reader would be reading the same ones again.</summary>
    private const int MostMessages = 16 * 1024;

    private static readonly JsonTypeInfo[] Models =
    [
        EvsJson.Default.VolumeEnvelope, EvsJson.Default.VolumePage, EvsJson.Default.Job, EvsJson.Default.JobAccepted, EvsJson.Default.CreateAccepted,
        EvsJson.Default.TagList, EvsJson.Default.TagSet, EvsJson.Default.ProjectTags, EvsJson.Default.SnapshotEnvelope, EvsJson.Default.SnapshotPage,
        EvsJson.Default.VolumeTypeList, EvsJson.Default.VolumeTypeEnvelope, EvsJson.Default.AvailabilityZoneList, EvsJson.Default.QuotaSetEnvelope,
        EvsJson.Default.ApiVersionList,
    ];

    private static readonly ErrorFacts Request = new()
    {
        Operation = "listing volumes",
        Method = "GET",
        Path = "/v3/p/cloudvolumes",
        Knowledge = Knowledge.Unknown,
        Class = ErrorClass.Unknown,
    };

    /// <param name="recorded">Bodies of the service, as documented.</param>
    public static IReadOnlyList<FuzzTarget> All(IReadOnlyList<byte[]> recorded) =>
    [
        new("framing", [.. Requests().Select(Frame)], ReadFramesAsync, error => error is GrpcStatusException),
        new("values", [.. Structs.Select(wire => wire.ToByteArray())], Synchronous(DecodeValues), error => error is MalformedValueException or GrpcStatusException),
        new("models", recorded, Synchronous(ReadModels), error => error is JsonException),
        new("errors", [.. recorded, .. Errors()], Synchronous(DecodeErrors), _ => false),
    ];

    /// <summary>The recorded bodies beside the program.</summary>
    public static IReadOnlyList<byte[]> Recorded() =>
        [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "fixtures", "recorded"), "*.json").Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];

    private static Func<byte[], Random, Task> Synchronous(Action<byte[], Random> feed) => (input, random) =>
    {
        feed(input, random);
        return Task.CompletedTask;
    };

    private static async Task ReadFramesAsync(byte[] input, Random random)
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 0, minimumSegmentSize: 16, useSynchronizationContext: false));
        for (var at = 0; at < input.Length;)
        {
            var length = Math.Min(random.Next(1, 200), input.Length - at);
            pipe.Writer.Write(input.AsSpan(at, length));
            at += length;
        }

        await pipe.Writer.CompleteAsync();
        for (var messages = 0; await GrpcFraming.ReadAsync(pipe.Reader, CheckRequest.Parser, MaxMessage, CancellationToken.None) is { } message; messages++)
        {
            if (messages > MostMessages)
            {
                throw new BrokenRuleException("the reader does not come to an end");
            }

            var again = PipeReader.Create(new ReadOnlySequence<byte>(Frame(message)));
            if (!message.Equals(await GrpcFraming.ReadAsync(again, CheckRequest.Parser, int.MaxValue, CancellationToken.None)))
            {
                throw new BrokenRuleException("a message that was read is another one when written and read again");
            }
        }
    }

    private static void DecodeValues(byte[] input, Random random)
    {
        // Bytes that were changed at random are seldom a message at all; a tree that was changed always is.
        var wire = random.Next(4) == 0
            ? ProtobufMessage.Parse(Struct.Parser, new ReadOnlySequence<byte>(input))
            : StructMutator.Mutate(Structs[random.Next(Structs.Count)], random);
        var values = PropertyDecoder.Decode(wire);
        var again = PropertyDecoder.Decode(PropertyEncoder.Encode(values));
        if (!again.Equals(values))
        {
            throw new BrokenRuleException($"values that were read are others when written and read again: {values} became {again}");
        }
    }

    private static void ReadModels(byte[] input, Random random) => JsonSerializer.Deserialize(input, Models[random.Next(Models.Length)]);

    private static void DecodeErrors(byte[] input, Random random)
    {
        var error = ErrorDecoder.Decode(input);
        ErrorDecoder.IsErrorAlone(input);
        ErrorDecoder.Unwrap(error.Code, error.Message);
        ErrorClassifier.Classify(Request, random.Next(200, 600), error, null);
    }

    private static byte[] Frame(IMessage message)
    {
        var writer = new ArrayBufferWriter<byte>();
        GrpcFraming.Write(writer, message);
        return writer.WrittenSpan.ToArray();
    }

    private static IEnumerable<CheckRequest> Requests() =>
    [
        new(),
        new CheckRequest { Urn = "urn:pulumi:dev::project::evs:index:Volume::größe", Name = "data", RandomSeed = ByteString.CopyFrom(new byte[32]) },
        .. Structs.Select(wire => new CheckRequest { Urn = "urn", News = wire, Olds = wire }),
    ];

    private static IReadOnlyList<Struct> Structs { get; } = [.. MakeStructs()];

    private static IEnumerable<Struct> MakeStructs()
    {
        var special = new[] { Signature.Secret, Signature.Output, Signature.ResourceReference, Signature.Asset, Signature.Archive, Signature.ByteString };
        foreach (var kind in special)
        {
            yield return Of(("v", Special(kind)));
            yield return Of(("list", Value.ForList(Special(kind), Special(Signature.Secret), Value.ForNull())));
            yield return Of(("a", Value.ForStruct(Of(("b.c", Special(kind)), ("assets", Special(Signature.Asset))))));
        }

        var deep = Value.ForString("bottom");
        for (var level = 0; level < 120; level++)
        {
            deep = level % 2 == 0 ? Value.ForList(deep) : Value.ForStruct(Of(("k", deep)));
        }

        yield return Of(("deep", deep));
        yield return Of(
            ("availabilityZone", Value.ForString("eu-de-01")), ("size", Value.ForNumber(40)), ("multiattach", Value.ForBool(false)),
            ("tags", Value.ForStruct(Of(("a.b", Value.ForString("c"))))), ("unknown", Value.ForString("04da6b54-80e4-46f7-96ec-b56ff0331ba9")));
    }

    private static Value Special(string kind) => Value.ForStruct(Of(
        (Signature.Key, Value.ForString(kind)), ("value", Value.ForString("aGVsbG8=")), ("secret", Value.ForBool(true)), ("urn", Value.ForString("urn")),
        ("id", Value.ForString("")), ("text", Value.ForString("t")), ("hash", Value.ForString("h")), ("dependencies", Value.ForList(Value.ForString("urn"))),
        ("assets", Value.ForStruct(Of(("x", Value.ForStruct(Of((Signature.Key, Value.ForString(Signature.Asset)), ("text", Value.ForString("t")))))))),
        ("path", Value.ForNull())));

    private static Struct Of(params (string Key, Value Value)[] fields)
    {
        var wire = new Struct();
        foreach (var (key, value) in fields)
        {
            wire.Fields[key] = value;
        }

        return wire;
    }

    private static IEnumerable<byte[]> Errors() =>
    [
        """{"error":{"message":"Token invalid.","code":"Common.0013"}}"""u8.ToArray(),
        """{"error_msg":"The API does not exist","error_code":"APIGW.0101","request_id":"f0f7"}"""u8.ToArray(),
        """{"badRequest":{"message":"Invalid input","code":400}}"""u8.ToArray(),
        """{"message":"wrong","code":"EVS.0001"}"""u8.ToArray(),
        """{"error":{"code":"EVS.5500","message":"{\"error\":{\"code\":\"Ecs.0114\",\"message\":\"{\\\"error\\\":{}}\"}}"}}"""u8.ToArray(),
        "<html><head><title>502 Bad Gateway</title></head><body>&lt;nginx&gt;</body></html>"u8.ToArray(),
        "<?xml version='1.0'?><!DOCTYPE x><style>a{}</style><p>busy</p>"u8.ToArray(),
        "upstream connect error"u8.ToArray(),
        ""u8.ToArray(),
    ];
}
