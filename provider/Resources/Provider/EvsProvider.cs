using System.Collections.Concurrent;
using System.Collections.Frozen;
using PulumiEvs.Evs;
using PulumiEvs.Evs.Auth.Sources;
using PulumiEvs.Evs.Jobs;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Functions;
using PulumiEvs.Resources.Journal;
using PulumiEvs.Resources.Snapshots;
using PulumiEvs.Resources.Values;
using PulumiEvs.Resources.VolumeAttachments;
using PulumiEvs.Resources.Volumes;

namespace PulumiEvs.Resources.Provider;

/// <summary>The provider: its configuration, and the resources and functions that work with it.</summary>
internal sealed class EvsProvider : IProvider, IEvsSessions, IDisposable
{
    private readonly Host _host;
    private readonly TimeProvider _time;
    private readonly Random _random;
    private readonly Func<Guid> _newToken;
    private readonly FrozenDictionary<string, IResource> _resources;
    private readonly FrozenDictionary<string, IFunction> _functions;
    private readonly DurationBook _durations;
    private readonly Lock _connecting = new();
    private ProviderSettings _settings;
    private EvsConnection? _connection;
    private CreateGuard _guard;

    /// <param name="host">The machine: its environment, files and programs.</param>
    /// <param name="random">Chance for the pauses between requests.</param>
    /// <param name="newToken">Makes the client tokens of creates.</param>
    public EvsProvider(Host host, TimeProvider time, Random random, Func<Guid> newToken)
    {
        _newToken = newToken;
        _host = host;
        _time = time;
        _random = random;
        _durations = new DurationBook(
            PulumiHome.Find(host.Variable) is { } home ? new DurationFile(Path.Combine(home, "evs", "durations.json"), time) : null,
            time,
            trouble => _guard!.Reports.Enqueue(trouble));
        _settings = new ProviderSettings(PropertyMap.Empty, host.Variable);
        _guard = GuardOf(_settings);
        IResource[] resources =
        [
            new VolumeResource(this, () => _guard, () => new VolumeDefaults(_settings.DefaultTags, _settings.EnterpriseProjectId)),
            new AttachmentResource(this),
            new SnapshotResource(this, () => _guard.LostAnswerWindow),
            new RollbackResource(this),
        ];
        _resources = resources.ToFrozenDictionary(resource => resource.Token, StringComparer.Ordinal);
        IFunction[] functions = [.. Lookups.All.Select(lookup => new LookupFunction(lookup, this))];
        _functions = functions.ToFrozenDictionary(function => function.Token, StringComparer.Ordinal);
    }

    public CheckResult CheckConfig(CheckRequest request, IOperationLog log) => ConfigChecker.Check(request, _host, log);

    public DiffResult DiffConfig(DiffRequest request) => ConfigDiffer.Diff(request);

    public Task ConfigureAsync(PropertyMap configuration, IOperationLog log, CancellationToken cancellationToken)
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
            _connection?.Dispose();
            _connection = null;
        }

        return Task.CompletedTask;
    }

    public IResource Resource(string token) => _resources.GetValueOrDefault(token) ?? throw new ResourceException(
        FailureKind.NotFound, $"there is no resource type {token}; there are: {string.Join(", ", _resources.Keys.Order(StringComparer.Ordinal))}");

    public IFunction Function(string token) => _functions.GetValueOrDefault(token) ?? throw new ResourceException(
        FailureKind.NotFound, $"there is no function {token}; there are: {string.Join(", ", _functions.Keys.Order(StringComparer.Ordinal))}");

    public EvsSession Open(TimeSpan allowed, IOperationLog log)
    {
        lock (_connecting)
        {
            // Made at the first call that needs it: a preview of new disks gets by without credentials.
            _connection ??= Connect(log);
            return new EvsSession(_connection, _time, allowed, log);
        }
    }

    public void Dispose()
    {
        _connection?.Dispose();
        _durations.Dispose();
    }

    private EvsConnection Connect(IOperationLog log)
    {
        var plan = ConnectionSettings.Resolve(_settings, _host);
        log.Debug($"EVS at {plan.Target.Evs} ({plan.Target.Cloud.Title}), with {plan.Credentials}");
        return plan.Open(_time, _random, _durations);
    }

    private CreateGuard GuardOf(ProviderSettings settings)
    {
        var reports = new ConcurrentQueue<string>();
        var processes = new ProcessTable();
        ICreateJournal journal = settings.Bool(ProviderDeclaration.CreateJournal) && PulumiHome.Find(_host.Variable) is { } home
            ? new FileJournal(Path.Combine(home, "evs", "creates"), processes, _time, reports.Enqueue)
            : NoJournal.Instance;
        return new CreateGuard(
            journal,
            new VolumeClaims(),
            processes,
            _newToken,
            reports,
            TimeSpan.FromSeconds(settings.Int(ProviderDeclaration.LostAnswerWindow)));
    }
}
