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
            { Outcome: WaitOutcome.Failed, Failure: { } failure } => throw failure,
            { Outcome: WaitOutcome.Reached or WaitOutcome.Failed, Last: { } volume } =>
                await ApplyAsync(volume, request with { Id = id, OldOutputs = outputs }, state, cancellationToken),
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

        var wishes = VolumeWishes.Of(request);
        RefuseShrink(live, wishes);
        var done = new List<string>();
        foreach (var step in VolumeSteps.Plan(live, wishes))
        {
            if (await TryStepAsync(live, step, done.Count > 0, cancellationToken) is { } trouble)
            {
                return await StoppedAsync(live, request, done, trouble);
            }

            done.Add(step.Title);
        }

        return done.Count == 0 ? Done(live, request) : await FinishedAsync(live, request, done, cancellationToken);
    }

    private static ResourceOutcome.Done Done(Volume live, UpdateRequest request) =>
        new(live.Id, VolumeOutputs.Of(live, request.NewInputs, request.OldOutputs[VolumeProperties.JobId]));

    /// <summary>Does one step. Null when it is done; else what went wrong, when the disk may have been touched.</summary>
    private async Task<Trouble?> TryStepAsync(Volume live, VolumeStep step, bool touched, CancellationToken cancellationToken)
    {
        try
        {
            log.Status(step.Title);
            var jobId = await SubmitAsync(live.Id, step, cancellationToken);
            return (jobId, step) switch
            {
                ({ } job, _) => await FollowAsync(job, live, step, cancellationToken),
                (null, VolumeStep.Extend or VolumeStep.Retype or VolumeStep.SetQos) => await SettleAsync(live, step, cancellationToken),
                _ => null,
            };
        }
        catch (EvsException failure) when (touched || failure.Knowledge == Knowledge.Unknown)
        {
            return new Trouble(failure.Message, FailureKind.Unknown);
        }
        catch (OperationCanceledException cancelled) when (
            cancellationToken.IsCancellationRequested && cancelled.InnerException is EvsException { Knowledge: Knowledge.Unknown })
        {
            return new Trouble(
                $"{step.Title} was cancelled while its request was on its way: whether the service has acted on it is not known", FailureKind.Cancelled);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested && touched)
        {
            return new Trouble($"{step.Title} was cancelled before it began", FailureKind.Cancelled);
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

    private async Task<Trouble?> FollowAsync(string jobId, Volume live, VolumeStep step, CancellationToken cancellationToken)
    {
        var wait = await session.Jobs.WaitAsync(
            jobId,
            new JobWaitOptions
            {
                Timeout = session.Deadline.Remaining,
                Kind = KindOf(step, live),
                Volume = new WatchedVolume { Id = live.Id, WasThere = true },
                OnProgress = progress => log.Status(JobReport.Progress(step.Title, progress)),
            },
            cancellationToken);
        return wait.Outcome == WaitOutcome.Reached ? null : new Trouble(
            (left, next) => JobReport.Compose(step.Title, session.Deadline.Elapsed, jobId, session.LastWriteRequestId, wait, left, next), FailureKinds.Of(wait.Outcome));
    }

    /// <summary>A step that was acted on although its answer was lost: there is no job to ask, but the disk tells when it is done.</summary>
    private async Task<Trouble?> SettleAsync(Volume live, VolumeStep step, CancellationToken cancellationToken)
    {
        var wait = await session.Volumes.WaitSettledAsync(
            live.Id, new ResourceWaitOptions<Volume> { Timeout = session.Deadline.Remaining, OnProgress = ShowStatus }, cancellationToken);
        return wait.Outcome == WaitOutcome.Reached ? null : new Trouble(
            $"{step.Title} cannot be followed to its end ({wait.Reason ?? $"{wait.Outcome}, last status {wait.Last?.Status ?? "not seen"}"})", FailureKinds.Of(wait.Outcome));
    }

    private static JobKind KindOf(VolumeStep step, Volume live) => step switch
    {
        VolumeStep.Extend => new JobKind(JobTypes.ExtendVolume, live.VolumeType ?? ""),
        VolumeStep.Retype retype => new JobKind(JobTypes.RetypeVolume, retype.To),
        VolumeStep.SetQos => new JobKind(JobTypes.ModifyVolumeQos, live.VolumeType ?? ""),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>All steps are done: the disk as it then comes to rest.</summary>
    private async Task<ResourceOutcome> FinishedAsync(Volume before, UpdateRequest request, List<string> done, CancellationToken cancellationToken)
    {
        var wait = await session.MadeVolumes.WaitSettledAsync(
            before.Id, new ResourceWaitOptions<Volume> { Timeout = session.Deadline.Remaining }, cancellationToken);

        // Cancelled or out of time just then: one short look usually shows it all the same.
        var (now, problem) = wait.Last is { } last ? (last, null) : await LookAsync(before.Id);
        return now is not null
            ? Done(now, request)
            : Stopped(before, null, request, done, new Trouble($"reading it afterwards failed: {wait.Failure?.Message ?? problem}", FailureKinds.Of(wait.Outcome)));
    }

    private async Task<ResourceOutcome> StoppedAsync(Volume before, UpdateRequest request, List<string> done, Trouble trouble)
    {
        var (now, problem) = await LookAsync(before.Id);
        if (problem is not null)
        {
            log.Debug($"volume {before.Id} could not be read after its update had stopped: {problem}");
        }

        return Stopped(before, now, request, done, trouble);
    }

    private static ResourceOutcome.Partial Stopped(Volume before, Volume? now, UpdateRequest request, List<string> done, Trouble trouble)
    {
        var left = (now is null ? "the volume could not be read, so the state shows it as it was before" : $"volume {now.Id} in status {now.Status}")
            + $"; done before: {(done.Count == 0 ? "nothing" : string.Join("; ", done))}";
        const string next = "Run `pulumi up` again, once the cause is gone: it does only what is still missing.";
        return Partial(now ?? before, request, CreationState.Complete, [$"updating {VolumeText.Existing(before)}: {trouble.Report(left, next)}"]) with
        {
            Kind = trouble.Kind,
        };
    }

    /// <summary>The disk as it is now, for the state; or why it cannot be seen.</summary>
    private async Task<(Volume? Volume, string? Problem)> LookAsync(string volumeId)
    {
        using var bound = new CancellationTokenSource(LastLook, session.Time);
        try
        {
            var volume = await session.LastLook(LastLook).FindVolumeAsync(volumeId, bound.Token);
            return (volume, volume is null ? "it does not exist" : null);
        }
        catch (EvsException problem)
        {
            return (null, problem.Message);
        }
        catch (OperationCanceledException)
        {
            return (null, "no answer in time");
        }
    }

    /// <summary>What the cloud has, never what was wished; but what was wished to be secret is secret from then on.</summary>
    private static ResourceOutcome.Partial Partial(Volume live, UpdateRequest request, CreationState state, ImmutableArray<string> reasons)
    {
        // What the cloud does not tell is, after an update that did not get through, what it was before.
        var before = VolumeReadBack.Refresh(live, request.OldInputs ?? request.OldOutputs, request.OldOutputs);
        var outputs = VolumeOutputs.Of(live, before, request.OldOutputs[VolumeProperties.JobId]);
        return new ResourceOutcome.Partial(live.Id, CreationMark.Put(WithMarksToCome(outputs, request.NewInputs), state), reasons);
    }

    /// <summary>The outputs with the marks of the inputs; also where a secret is not there yet, but may show at the next read.</summary>
    private static PropertyMap WithMarksToCome(PropertyMap outputs, PropertyMap inputs)
    {
        var marked = SecretMarks.CarryAll(inputs, outputs);
        if (inputs[VolumeProperties.Description].IsSecret && marked[VolumeProperties.Description].IsAbsent)
        {
            marked = marked.With(VolumeProperties.Description, ((PropertyValue)"").AsSecret());
        }

        var known = marked[VolumeProperties.Tags].Bare is PropertyValue.Map { Entries: var tags } ? tags : PropertyMap.Empty;
        return inputs[VolumeProperties.Tags] is { Bare: PropertyValue.Map { Entries: var wished } } input
            && (input.IsSecret || wished.Any(tag => tag.Value.HasSecret && known[tag.Key].IsAbsent))
            ? marked.With(VolumeProperties.Tags, ((PropertyValue)known).AsSecret())
            : marked;
    }

    /// <summary>The disk may have grown outside since the plan was made: that is no consent to anything.</summary>
    public static void RefuseShrink(Volume live, VolumeWishes wishes)
    {
        if (wishes.Ask(VolumeProperties.Size) && InputReader.Int(wishes.NewInputs[VolumeProperties.Size]) is { } wished && wished < live.Size)
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

    /// <summary>Whether the state says that the disk lacks something which is changed in place.</summary>
    private static bool NeedsTheCloud(UpdateRequest request)
    {
        var wishes = VolumeWishes.Of(request);
        return VolumeDeclaration.Declaration.Inputs.Any(
            property => property is { ReadBack: true, Change.AlwaysReplaces: false } && wishes.IsKnownToDiffer(property.Name));
    }

    /// <summary>The state's outputs with what is the provider's own, or is not told by the cloud, as the program has it now.</summary>
    private static PropertyMap Settings(PropertyMap outputs, PropertyMap inputs)
    {
        var builder = outputs.ToBuilder();
        var given = VolumeOutputs.Expected(inputs);
        foreach (var property in VolumeDeclaration.Declaration.Inputs)
        {
            var isOwn = !property.ReadBack && property.Change is { AlwaysReplaces: false };
            if (isOwn || outputs[property.Name].IsAbsent)
            {
                builder.Remove(property.Name).SetIfPresent(property.Name, given[property.Name]);
            }
        }

        return SecretMarks.CarryAll(inputs, builder.Build());
    }

    /// <summary>Why an update stopped.</summary>
    /// <param name="Report">The text for the user, from what there is now and what to do next.</param>
    private sealed record Trouble(Func<string, string, string> Report, FailureKind Kind)
    {
        public Trouble(string text, FailureKind kind)
            : this((left, next) => $"{text}\n  left behind: {left}\n  what to do: {next}", kind)
        {
        }
    }
}
