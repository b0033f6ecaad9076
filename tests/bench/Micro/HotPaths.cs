using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Google.Protobuf.WellKnownTypes;
using PulumiEvs.Bench.Cloud;
using PulumiEvs.Evs.Auth.Sources;
using PulumiEvs.Evs.Http;
using PulumiEvs.Evs.Jobs;
using PulumiEvs.Evs.Models;
using PulumiEvs.Plugin.Grpc;
using PulumiEvs.Plugin.Values;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Provider;
using PulumiEvs.Resources.Values;

namespace PulumiEvs.Bench.Micro;

/// <summary>What every call, request or look does. BenchmarkDotNet wants the class to be public.</summary>
[MemoryDiagnoser]
public class HotPaths : IDisposable
{
    private const string Type = "evs:index:Volume";

    private readonly EvsProvider _provider = new(new Host(_ => null, _ => null, null), TimeProvider.System, new Random(1), Guid.NewGuid);
    private readonly CheckRequest _check = new(
        new ResourceIdentity($"urn:pulumi:dev::bench::{Type}::disk", Type, "disk"), Lab.Disk, Lab.Disk, default, null);

    private readonly PropertyMap _properties = Lab.Disk;
    private readonly Struct _wire = PropertyEncoder.Encode(Lab.Disk);
    private readonly ArrayBufferWriter<byte> _buffer = new(4096);
    private readonly DurationEstimate _learnt = Enumerable.Range(0, 40)
        .Aggregate(JobTypes.FirstGuess(new JobKind(JobTypes.CreateVolume)), (estimate, number) => estimate.With(TimeSpan.FromSeconds(6 + (number % 5))));

    private readonly LikelyEndSchedule _schedule;
    private readonly RateLimiter _limiter = new(new RateLimiterOptions(), TimeProvider.System);
    private readonly byte[] _page = Page(1000);
    private readonly byte[] _frame;

    public HotPaths()
    {
        _schedule = _learnt.Schedule();
        GrpcFraming.Write(_buffer, _wire);
        _frame = _buffer.WrittenSpan.ToArray();
    }

    [Benchmark(Description = "Check of a volume")]
    public int Check() => _provider.Resource(Type).Check(_check).Failures.Length;

    [Benchmark(Description = "decode properties")]
    public int Decode() => PropertyDecoder.Decode(_wire).Count;

    [Benchmark(Description = "encode properties")]
    public int Encode() => PropertyEncoder.Encode(_properties).Fields.Count;

    [Benchmark(Description = "read a message")]
    public async Task<int> ReadMessage() =>
        (await GrpcFraming.ReadAsync(PipeReader.Create(new ReadOnlySequence<byte>(_frame)), Struct.Parser, 1 << 20, CancellationToken.None))!.Fields.Count;

    [Benchmark(Description = "write a message")]
    public int WriteMessage()
    {
        _buffer.ResetWrittenCount();
        GrpcFraming.Write(_buffer, _wire);
        return _buffer.WrittenCount;
    }

    [Benchmark(Description = "plan the next look")]
    public TimeSpan Plan() => _schedule.Pause(TimeSpan.FromSeconds(6), 9, 0.4);

    [Benchmark(Description = "learn from a job")]
    public double Learn() => _learnt.With(TimeSpan.FromSeconds(7)).Mean;

    [Benchmark(Description = "pass the limiter")]
    public async Task Pass() => _limiter.Leave(await _limiter.EnterAsync(Precedence.Look, CancellationToken.None), Pace.Accepted);

    [Benchmark(Description = "read a page of 1,000 disks")]
    public int ReadPage() => JsonSerializer.Deserialize(_page, EvsJson.Default.VolumeGlancePage)!.Volumes.Count;

    public void Dispose()
    {
        _provider.Dispose();
        _limiter.Dispose();
        GC.SuppressFinalize(this);
    }

    private static byte[] Page(int disks)
    {
        var rows = Enumerable.Range(0, disks).Select(number => string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"id":"{{new Guid(number, 0, 0, new byte[8])}}","name":"disk-{{number}}","status":"creating","created_at":"2026-01-01T00:00:00.000000","size":40,"volume_type":"SSD","availability_zone":"local-1a","metadata":{"policy":"x"},"links":[],"attachments":[]}"""));
        return Encoding.UTF8.GetBytes($$"""{"volumes":[{{string.Join(',', rows)}}]}""");
    }
}
