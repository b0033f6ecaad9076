using System.Collections.Immutable;
using PulumiEvs.Evs.Errors;
using PulumiEvs.Evs.Jobs;
using PulumiEvs.Evs.Jobs.Crowds;
using PulumiEvs.Evs.Models;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Journal;
using PulumiEvs.Resources.Provider;
using PulumiEvs.Resources.Reporting;
using PulumiEvs.Resources.Values;

using UpdateRequest = PulumiEvs.Resources.Contracts.UpdateRequest;

namespace PulumiEvs.Resources.Volumes;
/// <summary>
/// Changes a disk in place: looks at it, does what is missing step by step, and reports what the cloud has in the end, never
/// what was wished. An update without a change carries on where a create stopped; otherwise it asks the cloud nothing.
/// </summary>
internal sealed class VolumeUpdating(EvsSession session, CreateGuard guard, IOperationLog log)
{
    private static readonly TimeSpan LastLook = TimeSpan.FromSeconds(1);

    /// <summary>What an update may move without anybody asking for it: not promised in a preview.</summary>
    private static readonly string[] Moving =
        [VolumeProperties.Status, VolumeProperties.UpdatedAt, VolumeProperties.Attachments, VolumeProperties.Bootable];

    public static ResourceOutcome Preview(UpdateRequest request)
    {
        var builder = request.OldOutputs.ToBuilder();
        foreach (var input in VolumeDeclaration.Declaration.Inputs)
        {
            builder.Remove(input.Name);
        }

        foreach (var name in Moving)
        {
            builder.Remove(name);
        }

        var stable = builder.Build();
        var expected = VolumeOutputs.Expected(request.NewInputs);

        // What the program does not set stays what it is, except what can be taken away in place.
        var unset = VolumeDeclaration.Declaration.Inputs.Where(input =>
            expected[input.Name].IsAbsent
            && !request.OldOutputs[input.Name].IsAbsent
            && input.Name is not (VolumeProperties.Description or VolumeProperties.Tags or VolumeProperties.Iops or VolumeProperties.Throughput)
            && input.ReadBack);
        var kept = unset.Select(input => KeyValuePair.Create(input.Name, request.OldOutputs[input.Name]));
        return new ResourceOutcome.Done(request.Id, CreationMark.Put(stable.With(PropertyMap.From(kept)).With(expected), CreationState.Complete));
    }

    /// <summary>The outcome of an update that needs nothing of the cloud; null when it does.</summary>
    public static ResourceOutcome? Local(UpdateRequest request) =>
        CreationMark.Of(request.OldOutputs) == CreationState.Complete && !NeedsTheCloud(request)
            ? new ResourceOutcome.Done(request.Id, Settings(request.OldOutputs, request.NewInputs))
            : null;

    public static TimeSpan DefaultTimeout(UpdateRequest request) =>
        request.NewInputs[VolumeProperties.VolumeType].Unmarked().Equals(request.OldOutputs[VolumeProperties.VolumeType].Unmarked())
            ? VolumeTimeouts.Update
            : VolumeTimeouts.Retype;

    public async Task<ResourceOutcome> UpdateAsync(UpdateRequest request, CancellationToken cancellationToken)
    {
        var state = CreationMark.Of(request.OldOutputs);
        var volumeId = PendingVolumeId.Resolve(request.Id, request.OldOutputs);
        var (id, outputs) = (volumeId ?? request.Id, request.OldOutputs);
        if (state == CreationState.Unfinished && InputReader.Text(outputs[VolumeProperties.JobId]) is { } jobId)
        {
            var job = new CreationJob(jobId, RequestId: null, volumeId);
            var inputs = request.OldInputs ?? request.NewInputs;
            var resumed = await new VolumeCreation(session, guard, log).FollowAsync(job, inputs, cancellationToken);
            if (resumed is not ResourceOutcome.Done done)
            {
                return resumed;
            }

            (id, outputs) = (done.Id, done.Outputs);
        }

        var wait = await session.Volumes.WaitSettledAsync(
            id,
            new ResourceWaitOptions<Volume> { Timeout = session.Deadline.Remaining, OnProgress = ShowStatus },
            cancellationToken);
        return wait switch
        {
            { Outcome: WaitOutcome.Gone } => throw new ResourceException(
                FailureKind.NotFound,
                $"updating {VolumeText.Existing(id, outputs)}: it does not exist any more. Run `pulumi refresh`, then `pulumi up` to create it anew."),
            { Last: { } volume, Outcome: WaitOutcome.Reached or WaitOutcome.Failed } => await ApplyAsync(
                volume, request with { Id = id, OldOutputs = outputs }, state, cancellationToken),
            { Failure: EvsException failure } => throw failure,
            _ => throw new ResourceException(
                wait.Outcome == WaitOutcome.Cancelled ? FailureKind.Cancelled : FailureKind.TimedOut,
                $"updating {VolumeText.Existing(id, outputs)} {(wait.Outcome == WaitOutcome.Cancelled ? "was cancelled" : "timed out")} after "
                + $"{Elapsed.Text(wait.Elapsed)}, while it was {wait.Last?.Status ?? "not readable"}; nothing was changed. Run again."),
        };
    }

    private async Task<ResourceOutcome> ApplyAsync(
        Volume live, UpdateRequest request, CreationState state, CancellationToken cancellationToken)
    {
        if (state == CreationState.Failed && VolumeStatus.GroupOf(live.Status) == StatusGroup.Failed)
        {
            return Partial(live, request, CreationState.Failed, [
                $"{VolumeText.Existing(live)} is in status {live.Status}: creating it failed. "
                + "Run `pulumi up --refresh`, which deletes it and creates it anew."]);
        }

        RefuseShrink(live, request);
        var done = new List<string>();
        foreach (var step in VolumeSteps.Plan(live, request.OldOutputs, request.NewInputs))
        {
            var problem = await TryStepAsync(live, step, done.Count > 0, cancellationToken);
            if (problem is not null)
            {
                return await StoppedAsync(live, request, done, step, problem);
            }

            done.Add(step.Title);
        }

        var now = done.Count == 0 ? live : await ReadSettledAsync(live.Id, cancellationToken);
        return new ResourceOutcome.Done(live.Id, VolumeOutputs.Of(now, request.NewInputs, request.OldOutputs[VolumeProperties.JobId]));
    }

    /// <summary>Does one step. Null when it is done; else what went wrong, when the disk may have been touched.</summary>
    private async Task<string?> TryStepAsync(Volume live, VolumeStep step, bool touched, CancellationToken cancellationToken)
    {
        try
        {
            log.Status(step.Title);
            var jobId = await SubmitAsync(live.Id, step, cancellationToken);
            return jobId is null ? null : await FollowAsync(jobId, live, step, cancellationToken);
        }
        catch (EvsException failure) when (touched || failure.Knowledge == Knowledge.Unknown)
        {
            return failure.Message;
        }
        catch (OperationCanceledException) when (touched && cancellationToken.IsCancellationRequested)
        {
            return $"{step.Title} was cancelled before it began";
        }
    }

    private async Task<string?> SubmitAsync(string id, VolumeStep step, CancellationToken cancellationToken)
    {
        switch (step)
        {
            case VolumeStep.Rename rename:
                await session.Client.UpdateVolumeAsync(id, rename.Name, rename.Description, cancellationToken);
                return null;
            case VolumeStep.RemoveTags remove:
                await session.Client.DeleteTagsAsync(id, remove.Tags.Keys, cancellationToken);
                return null;
            case VolumeStep.PutTags put:
                await session.Client.UpsertTagsAsync(id, put.Tags, cancellationToken);
                return null;
            case VolumeStep.Extend extend:
                return await session.Client.ExtendVolumeAsync(id, extend.To, cancellationToken);
            case VolumeStep.Retype retype:
                return await session.Client.RetypeVolumeAsync(id, retype.To, retype.Iops, retype.Throughput, cancellationToken);
            case VolumeStep.SetQos qos:
                return await session.Client.SetQosAsync(id, qos.Iops, qos.Throughput, cancellationToken);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private async Task<string?> FollowAsync(string jobId, Volume live, VolumeStep step, CancellationToken cancellationToken)
    {
        var wait = await session.Jobs.WaitAsync(
            jobId,
            new JobWaitOptions
            {
                Timeout = session.Deadline.Remaining,
                Kind = KindOf(step, live),
                Volume = new WatchedVolume { Id = live.Id },
                OnProgress = progress => log.Status(JobReport.Progress(step.Title, progress)),
            },
            cancellationToken);
        return wait.Outcome == WaitOutcome.Reached ? null : JobReport.Compose(step.Title, session.Deadline.Elapsed, jobId, session.LastWriteRequestId, wait, null, null);
    }

    private static JobKind KindOf(VolumeStep step, Volume live) => step switch
    {
        VolumeStep.Extend => new JobKind(JobTypes.ExtendVolume, live.VolumeType ?? ""),
        VolumeStep.Retype retype => new JobKind(JobTypes.RetypeVolume, retype.To),
        VolumeStep.SetQos => new JobKind(JobTypes.ModifyVolumeQos, live.VolumeType ?? ""),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private async Task<ResourceOutcome> StoppedAsync(
        Volume before, UpdateRequest request, List<string> done, VolumeStep failed, string problem)
    {
        using var bound = new CancellationTokenSource(LastLook, session.Time);
        Volume? now = null;
        var unread = "";
        try
        {
            now = await session.Client.FindVolumeAsync(before.Id, bound.Token);
        }
        catch (Exception e) when (e is EvsException or OperationCanceledException)
        {
            unread = " The volume could not be read afterwards, so the state shows it as it was before.";
        }

        var reason = $"updating {VolumeText.Existing(before)}: {problem}\n"
            + $"  done before: {(done.Count == 0 ? "nothing" : string.Join("; ", done))}\n"
            + $"  volume now: {now?.Status ?? "not known"}\n"
            + $"  what to do: fix the cause if there is one above and run `pulumi up` again: it does only what is still missing.{unread}";
        return Partial(now ?? before, request, CreationState.Complete, [reason]);
    }

    private async Task<Volume> ReadSettledAsync(string id, CancellationToken cancellationToken)
    {
        var wait = await session.Volumes.WaitSettledAsync(
            id, new ResourceWaitOptions<Volume> { Timeout = session.Deadline.Remaining }, cancellationToken);
        return wait.Last ?? throw (wait.Failure as EvsException as Exception ?? new ResourceException(
            FailureKind.Unknown, $"volume {id} was updated, but could not be read afterwards. Run `pulumi refresh`."));
    }

    private static ResourceOutcome.Partial Partial(Volume live, UpdateRequest request, CreationState state, ImmutableArray<string> reasons)
    {
        // What the cloud does not tell is, after an update that did not get through, what it was before.
        var inputs = request.OldInputs ?? request.NewInputs;
        var outputs = VolumeOutputs.Of(live, inputs, request.OldOutputs[VolumeProperties.JobId]);
        return new ResourceOutcome.Partial(live.Id, CreationMark.Put(outputs, state), reasons);
    }

    /// <summary>The disk may have grown outside since the plan was made: that is no consent to anything.</summary>
    private static void RefuseShrink(Volume live, UpdateRequest request)
    {
        if (InputReader.Int(request.NewInputs[VolumeProperties.Size]) is { } wished && wished < live.Size)
        {
            throw new ResourceException(
                FailureKind.Precondition,
                $"updating {VolumeText.Existing(live)}: it has {live.Size} GiB, more than the {wished} GiB of the program, and no disk can shrink. "
                + $"Set size to {live.Size}; or run `pulumi refresh` and set onShrink to \"replace\" to have a smaller disk made in its place.");
        }
    }

    private void ShowStatus(WaitProgress<Volume> progress)
    {
        if (progress.Looks > 1 && progress.Last is { } seen)
        {
            log.Status($"updating: waiting while the volume is {seen.Status}, {Elapsed.Text(progress.Elapsed)}");
        }
    }

    /// <summary>Whether some property that the cloud holds differs from what the state says the cloud has.</summary>
    private static bool NeedsTheCloud(UpdateRequest request) => VolumeDeclaration.Declaration.Inputs.Any(property =>
    {
        if (!property.ReadBack)
        {
            return false;
        }

        var wished = request.NewInputs[property.Name].Unmarked();
        var before = (request.OldInputs ?? request.OldOutputs)[property.Name].Unmarked();
        var live = request.OldOutputs[property.Name].Unmarked();
        return !wished.Equals(live) && !(wished.IsAbsent && live.IsAbsent) && !(wished.Equals(before) && property.Change is { AlwaysReplaces: true })
            && !(wished.IsAbsent && before.IsAbsent);
    });

    /// <summary>The state's outputs with the settings that are the provider's own as the program has them now.</summary>
    private static PropertyMap Settings(PropertyMap outputs, PropertyMap inputs)
    {
        var builder = outputs.ToBuilder();
        foreach (var property in VolumeDeclaration.Declaration.Inputs)
        {
            if (!property.ReadBack && property.Change is { AlwaysReplaces: false })
            {
                builder.Remove(property.Name).SetIfPresent(property.Name, inputs[property.Name]);
            }
        }

        return builder.Build();
    }
}
