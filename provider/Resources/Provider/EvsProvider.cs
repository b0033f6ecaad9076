using System.Collections.Concurrent;
using System.Collections.Frozen;
using PulumiEvs.Evs;
using PulumiEvs.Evs.Auth.Sources;
using PulumiEvs.Evs.Jobs;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Functions;
using PulumiEvs.Resources.Journal;
using PulumiEvs.Resources.Listings;
using PulumiEvs.Resources.Previews;
using PulumiEvs.Resources.Snapshots;
using PulumiEvs.Resources.Values;
using PulumiEvs.Resources.VolumeAttachments;
using PulumiEvs.Resources.VolumeBatches;
using PulumiEvs.Resources.Volumes;

namespace PulumiEvs.Resources.Provider;

/// <summary>The provider: its configuration, and the resources and functions that work with it.</summary>
internal sealed class EvsProvider : IProvider, IEvsSessions, IDisposable
{
    private readonly Host _host;
    private readonly TimeProvider _time;
    private readonly Random _random;
    private readonly Func<Guid> _newToken;
    private readonly IProcessTable _processes;
    private readonly FrozenDictionary<string, IResource> _resources;
    private readonly FrozenDictionary<string, IListing> _listings;
    private readonly FrozenDictionary<string, IFunction> _functions;
    private readonly DurationBook _durations;
    private readonly Lock _connecting = new();
    private ProviderSettings _settings;
    private EvsConnection? _connection;
    private CreateGuard _guard;
    private Preflight _preflight;

    /// <param name="host">The machine: its environment, files and programs.</param>
    /// <param name="random">Chance for the pauses between requests.</param>
    /// <param name="newToken">Makes the client tokens of creates.</param>
    /// <param name="processes">Tells which writers of records live; null = the machine's own processes.</param>
    public EvsProvider(Host host, TimeProvider time, Random random, Func<Guid> newToken, IProcessTable? processes = null)
    {
        _newToken = newToken;
        _processes = processes ?? new ProcessTable();
        _host = host;
        _time = time;
        _random = random;
        _durations = new DurationBook(
            PulumiHome.Find(host.Variable) is { } home ? new DurationFile(Path.Combine(home, "evs", "durations.json"), time) : null,
            time,
            trouble => _guard!.Reports.Enqueue(trouble));
        _settings = new ProviderSettings(PropertyMap.Empty, host.Variable);
        _guard = GuardOf(_settings);
        _preflight = PreflightOf(_settings);
        IResource[] resources =
        [
            new VolumeResource(this, () => _guard, Defaults, () => _preflight),
            new BatchResource(this, () => _guard, Defaults, () => _preflight),
            new AttachmentResource(this),
            new SnapshotResource(this, () => _guard.LostAnswerWindow, () => _preflight),
            new RollbackResource(this),
        ];
        _resources = resources.ToFrozenDictionary(resource => resource.Token, StringComparer.Ordinal);
        _listings = Listings.Listings.All.ToFrozenDictionary(
            listing => listing.Declaration.Token, listing => (IListing)new ResourceListing(listing, this), StringComparer.Ordinal);
        IFunction[] functions = [.. Lookups.All.Select(lookup => new LookupFunction(lookup, this))];
        _functions = functions.ToFrozenDictionary(function => function.Token, StringComparer.Ordinal);
    }

    public CheckResult CheckConfig(CheckRequest request, IOperationLog log) => ConfigChecker.Check(request, _host, log);

    public DiffResult DiffConfig(DiffRequest request) => ConfigDiffer.Diff(request);

    public async Task ConfigureAsync(string urn, PropertyMap configuration, IOperationLog log, CancellationToken cancellationToken)
    {
        var failures = new List<CheckFailure>();
        var settings = new ProviderSettings(ConfigChecker.Decode(configuration, failures), _host.Variable);
        if (failures.Count > 0)
        {
            throw new ResourceException(
                FailureKind.InvalidRequest,
                "the provider's configuration is not valid: " + string.Join("; ", failures.Select(failure => $"{EvsPackage.Name}:{failure.Property} {failure.Reason}")));
        }

        if (ConfigChecker.LacksRegion(settings, _host))
        {
            throw new MissingConfigurationException([ProviderSettings.Missing(ProviderDeclaration.Region)]);
        }

        lock (_connecting)
        {
            _settings = settings;
            _guard = GuardOf(settings);
            _preflight = PreflightOf(settings);
            _connection?.Dispose();
            _connection = null;
        }

        await new LeftCreates(_guard, this).TellAsync(urn, log, cancellationToken);
        _guard.Tell(log);
    }

    public void CommandEnded() => _guard.Journal.CommandEnded();

    public IResource Resource(string token) => _resources.GetValueOrDefault(token) ?? throw new ResourceException(
        FailureKind.NotFound, $"there is no resource type {token}; there are: {string.Join(", ", _resources.Keys.Order(StringComparer.Ordinal))}");

    public IListing Listing(string token) => _listings.GetValueOrDefault(token) ?? throw new ResourceException(
        FailureKind.NotFound, $"{token} cannot be listed; what can be: {string.Join(", ", _listings.Keys.Order(StringComparer.Ordinal))}");

    public IFunction Function(string token) => _functions.GetValueOrDefault(token) ?? throw new ResourceException(
        FailureKind.NotFound, $"there is no function {token}; there are: {string.Join(", ", _functions.Keys.Order(StringComparer.Ordinal))}");

    public EvsSession Open(TimeSpan allowed, IOperationLog log)
    {
        lock (_connecting)
        {
            // Made at the first call that needs it: a preview of new disks gets by without credentials.
            _connection ??= Connect(ConnectionSettings.Resolve(_settings, _host), log);
            return new EvsSession(_connection, _time, allowed, log);
        }
    }

    public void Dispose()
    {
        _connection?.Dispose();
        _durations.Dispose();
    }

    /// <summary>
    /// A session for a read of the preflight. Whoever has set no credentials gets previews without a single request; so the metadata
    /// service of a server is not asked for some either, unless something else has done so already.
    /// </summary>
    private EvsSession? OpenForPreflight(TimeSpan allowed, IOperationLog log)
    {
        lock (_connecting)
        {
            if (_connection is null)
            {
                if (_settings.HasUnknown)
                {
                    log.Debug("preflight: the provider's configuration is not known in full yet; nothing is checked");
                    return null;
                }

                try
                {
                    var plan = ConnectionSettings.Resolve(_settings, _host);
                    if (plan.Credentials.Chosen is null || plan.Local is not null)
                    {
                        log.Debug($"preflight: {(plan.Local is null ? "there are no credentials" : "no local EVS is started for it")}; nothing is checked");
                        return null;
                    }

                    _connection = Connect(plan, log);
                }
                catch (ResourceException e)
                {
                    log.Debug($"preflight: nothing is checked: {e.Message}");
                    return null;
                }
            }

            return new EvsSession(_connection, _time, allowed, log);
        }
    }

    private EvsConnection Connect(ConnectionPlan plan, IOperationLog log)
    {
        log.Debug($"EVS at {plan.Target.Evs} ({plan.Target.Cloud.Title}), with {plan.Credentials}");
        return plan.Open(_time, _random, _durations);
    }

    private Preflight PreflightOf(ProviderSettings settings) => new(
        new PreflightOptions(
            PreflightOptions.ModeOf(settings.Choice(ProviderDeclaration.Preflight)),
            TimeSpan.FromSeconds(settings.Int(ProviderDeclaration.PreflightTimeout))),
        OpenForPreflight);

    private VolumeDefaults Defaults() => new(_settings.DefaultTags, _settings.EnterpriseProjectId);

    private CreateGuard GuardOf(ProviderSettings settings)
    {
        var reports = new ConcurrentQueue<string>();
        ICreateJournal journal = settings.Bool(ProviderDeclaration.CreateJournal) && PulumiHome.Find(_host.Variable) is { } home
            ? new FileJournal(Path.Combine(home, "evs", "creates"), _processes, _time, reports.Enqueue)
            : NoJournal.Instance;
        return new CreateGuard(
            journal,
            new VolumeClaims(),
            _processes,
            _newToken,
            reports,
            TimeSpan.FromSeconds(settings.Int(ProviderDeclaration.LostAnswerWindow)));
    }
}
