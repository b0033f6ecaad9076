using System.Collections.Concurrent;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Provider;

namespace PulumiEvs.Resources.Previews;

/// <summary>
/// A preview's look at what the cloud would refuse: zones and types that are not to be had, sources that are not there, quotas that
/// the whole of the preview would exceed. Reads only. Belongs to one configuration of the provider, hence to one command.
/// </summary>
/// <param name="open">A session for one read; null when nothing can or may be asked. Logs why.</param>
internal sealed class Preflight(PreflightOptions options, Func<TimeSpan, IOperationLog, EvsSession?> open)
{
    /// <summary>Asks nothing and says nothing.</summary>
    public static readonly Preflight None = new(new PreflightOptions(PreflightMode.Off, TimeSpan.Zero), (_, _) => null);

    private volatile Run _run = new(open, options.Bound);

    /// <summary>
    /// Takes note that a resource's replacement comes after the resource is deleted, and what the delete gives back. Deletes that the
    /// engine alone decides on are not known here, and come after the creates: they give nothing back in time.
    /// </summary>
    public void Frees(string urn, QuotaDemand freed) => _run.Freed[urn] = freed;

    /// <summary>Something is being made, changed or deleted for real: what was read before does not hold any more.</summary>
    public void Forget()
    {
        if (_run.IsUsed)
        {
            _run = new Run(open, options.Bound);
        }
    }

    /// <summary>
    /// Looks at the plan of one resource of a preview. May be called by many at once; called again for a resource, the plan takes the
    /// place of its former one.
    /// </summary>
    /// <exception cref="ResourceException">The cloud would refuse it, and that is to fail the preview.</exception>
    public async Task ReviewAsync(string urn, PreflightPlan plan, IOperationLog log, CancellationToken cancellationToken)
    {
        if (options.Mode == PreflightMode.Off || plan.AsksNothing)
        {
            return;
        }

        var objections = await ObjectionsAsync(_run, urn, plan, log, cancellationToken);
        if (options.Mode == PreflightMode.Error && objections.Count > 0)
        {
            throw new ResourceException(
                FailureKind.Precondition,
                $"the cloud would refuse this {plan.Noun}:{string.Concat(objections.Select(objection => $"\n  - {objection}"))}\n"
                + $"This is the preflight of the preview; with {EvsPackage.Name}:{ProviderDeclaration.Preflight} \"warn\" it only warns.");
        }

        foreach (var objection in objections)
        {
            log.Warning($"the cloud would refuse this {plan.Noun}: {objection}.");
        }
    }

    private static async Task<List<string>> ObjectionsAsync(
        Run run, string urn, PreflightPlan plan, IOperationLog log, CancellationToken cancellationToken)
    {
        run.IsUsed = true;
        var demand = run.Freed.TryGetValue(urn, out var freed) ? plan.Demand.Less(freed) : plan.Demand;
        var sum = run.Ledger.Enter(urn, demand);

        // All at once: the whole takes no longer than the slowest.
        var zones = plan.AvailabilityZone is null ? null : run.Reads.ZonesAsync(log, cancellationToken);
        var types = plan.VolumeType is null && plan.AvailabilityZone is null ? null : run.Reads.TypesAsync(log, cancellationToken);
        var quotas = demand.Amounts.IsEmpty && plan.Size is null ? null : run.Reads.QuotasAsync(log, cancellationToken);
        var snapshot = plan.SnapshotId is { } snapshotId ? run.Reads.SnapshotAsync(snapshotId, log, cancellationToken) : null;
        var image = plan.ImageId is { } imageId ? run.Reads.ImageAsync(imageId, log, cancellationToken) : null;
        var backup = plan.BackupId is { } backupId ? run.Reads.BackupAsync(backupId, log, cancellationToken) : null;
        var key = plan.KmsKeyId is { } keyId ? run.Reads.KeyAsync(keyId, log, cancellationToken) : null;
        List<string> objections = [.. OfferCheck.Objections(plan, await Answer(zones), await Answer(types))];
        objections.AddRange(SourceCheck.Objections(
            plan, new FoundSources(await Answer(snapshot), await Answer(image), await Answer(backup), await Answer(key))));
        if (await Answer(quotas) is { } set)
        {
            objections.AddRange(QuotaCheck.Objections(plan, demand, sum, set));
        }

        return objections;
    }

    private static async Task<T?> Answer<T>(Task<T?>? read)
        where T : class => read is null ? null : await read;

    /// <summary>What is known and planned from one change of the cloud to the next.</summary>
    private sealed class Run(Func<TimeSpan, IOperationLog, EvsSession?> open, TimeSpan bound)
    {
        public PreflightReads Reads { get; } = new(open, bound);

        public QuotaLedger Ledger { get; } = new();

        /// <summary>What resources give back before their replacement is made, by URN.</summary>
        public ConcurrentDictionary<string, QuotaDemand> Freed { get; } = new(StringComparer.Ordinal);

        public volatile bool IsUsed;
    }
}
