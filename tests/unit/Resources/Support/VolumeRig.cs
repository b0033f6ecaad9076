using System.Text.RegularExpressions;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Journal;
using PulumiEvs.Resources.Previews;
using PulumiEvs.Resources.Values;
using PulumiEvs.Resources.Volumes;
using PulumiEvs.Tests.Unit.Support;

namespace PulumiEvs.Tests.Unit.Resources.Support;

/// <summary>The volume resource over a scripted cloud, driven as the engine drives it.</summary>
internal sealed partial class VolumeRig : IDisposable
{
    public VolumeRig(StubCloud cloud, PropertyMap? defaultTags = null, Preflight? preflight = null, ICreateJournal? journal = null)
    {
        Cloud = cloud;
        Guard = new CreateGuard(
            journal ?? NoJournal.Instance, new VolumeClaims(), new ProcessTable(), () => new Guid(7, 0, 0, new byte[8]), new(), TimeSpan.FromSeconds(30));
        Resource = new VolumeResource(cloud, () => Guard, () => new VolumeDefaults(defaultTags ?? PropertyMap.Empty, null), () => preflight ?? Preflight.None);
    }

    public VolumeRig(params (string Line, Func<SentRequest, HttpResponseMessage> Answer)[] rules)
        : this(new StubCloud(rules))
    {
    }

    public StubCloud Cloud { get; }

    public CreateGuard Guard { get; }

    public VolumeResource Resource { get; }

    /// <summary>The requests that are to change something, with their bodies.</summary>
    public string[] Writes =>
    [
        .. Cloud.Requests.Zip(Cloud.Lines)
            .Where(pair => pair.First.Method != "GET")
            .Select(pair => pair.First.Body is { Length: > 0 } body ? $"{pair.Second} {body}" : pair.Second),
    ];

    public Task<ResourceOutcome> CreateAsync(PropertyMap inputs, TimeSpan? timeout = null, CancellationToken cancel = default) =>
        Cloud.RunAsync(() => Resource.CreateAsync(new CreateRequest(Given.Resource, inputs, timeout, Preview: false), Cloud.Log, cancel));

    public Task<ResourceOutcome> ReadAsync(
        string id, PropertyMap? inputs = null, PropertyMap? state = null, TimeSpan? timeout = null, CancellationToken cancel = default) =>
        Cloud.RunAsync(() => Resource.ReadAsync(new ReadRequest(Given.Resource, id, inputs, state, timeout), Cloud.Log, cancel));

    public Task<ResourceOutcome> UpdateAsync(
        PropertyMap old, PropertyMap @new, PropertyMap outputs, string id = Given.VolumeId, TimeSpan? timeout = null, CancellationToken cancel = default) =>
        Cloud.RunAsync(() => Resource.UpdateAsync(Given.Update(old, @new, outputs, id) with { Timeout = timeout }, Cloud.Log, cancel));

    public Task DeleteAsync(
        PropertyMap inputs, PropertyMap outputs, string id = Given.VolumeId, TimeSpan? timeout = null, CancellationToken cancel = default) =>
        Cloud.RunAsync(() => Resource.DeleteAsync(new DeleteRequest(Given.Resource, id, inputs, outputs, timeout), Cloud.Log, cancel));

    public void Dispose() => Cloud.Dispose();

    /// <summary>A rig whose answers take their time, by its own clock.</summary>
    public static VolumeRig Slow(Func<SentRequest, TimeSpan> delay, params (string Line, Func<SentRequest, HttpResponseMessage> Answer)[] rules) =>
        Slow(delay, NoJournal.Instance, rules);

    public static VolumeRig Slow(
        Func<SentRequest, TimeSpan> delay, ICreateJournal journal, params (string Line, Func<SentRequest, HttpResponseMessage> Answer)[] rules)
    {
        VolumeRig? rig = null;
        rig = new VolumeRig(new StubCloud(new StubHttp(async (request, _, cancel) =>
        {
            await Pause(rig!.Cloud.Time, delay(request), cancel);
            return StubCloud.Match(rules, request);
        })), journal: journal);
        return rig;
    }

    /// <summary>Durations differ by when the job was asked; they are asserted where they matter.</summary>
    public static string WithoutTimes(string text) => Duration().Replace(text, "T");

    /// <summary>Goes on within the timer or the cancellation that ends it, unlike a <see cref="Task.Delay(TimeSpan)"/>.</summary>
    private static async Task Pause(TimeProvider time, TimeSpan delay, CancellationToken cancel)
    {
        if (delay == TimeSpan.Zero)
        {
            return;
        }

        var over = new TaskCompletionSource();
        await using var timer = time.CreateTimer(_ => over.TrySetResult(), null, delay, Timeout.InfiniteTimeSpan);
        await using var registration = cancel.Register(() => over.TrySetCanceled(cancel));
        await over.Task;
    }

    [GeneratedRegex(@"\b\d+ (s|min|h)\b( \d+ (s|min)\b)?")]
    private static partial Regex Duration();
}
