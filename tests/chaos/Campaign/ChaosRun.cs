using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using PulumiEvs.Harness;
using PulumiEvs.Plugin.Grpc;
using PulumiEvs.Resources.Values;

namespace PulumiEvs.Chaos.Campaign;

/// <summary>
/// Plays one plan: its phases with all that goes wrong in them; then, with the faults gone, the last program again until it is done;
/// then destroy. What happened is judged after each part.
/// </summary>
internal sealed class ChaosRun : IAsyncDisposable
{
    private const int MostAttempts = 4;

    /// <summary>No command may take longer, whatever goes wrong: it hangs then.</summary>
    private static readonly TimeSpan CommandBound = TimeSpan.FromSeconds(90);

    private static readonly TimeSpan CalmTimeout = TimeSpan.FromSeconds(30);

    private readonly Arena _arena;
    private readonly RunPlan _plan;
    private readonly Judge _judge;
    private readonly string _home = Directory.CreateTempSubdirectory("pulumi-evs-chaos-").FullName;
    private readonly List<string> _story = [];
    private IPlugin? _plugin;
    private EngineDriver? _driver;

    private ChaosRun(Arena arena, RunPlan plan)
    {
        _arena = arena;
        _plan = plan;
        _judge = new Judge(plan);
    }

    public static async Task<RunReport> PlayAsync(Arena arena, RunPlan plan)
    {
        await using var run = new ChaosRun(arena, plan);
        try
        {
            await run.PlayAsync();
        }
        catch (TimeoutException hang)
        {
            run._judge.Blame("hang", hang.Message);
        }

        return new RunReport(plan, [.. run._judge.Violations], run._judge.Errors, [.. run._story]);
    }

    public async ValueTask DisposeAsync()
    {
        if (_plugin is not null)
        {
            await _plugin.DisposeAsync();
        }

        Directory.Delete(_home, recursive: true);
    }

    private async Task PlayAsync()
    {
        await _arena.ResetAsync();
        foreach (var (number, phase) in _plan.Phases.Index())
        {
            await PlayAsync(number + 1, phase);
        }

        var program = _plan.Phases[^1].Program.Select(wish => wish with { Timeout = CalmTimeout }).ToImmutableArray();
        await ConvergeAsync(program);
        if (_judge.Violations.Count == 0)
        {
            await DestroyAsync();
        }

        await CheckOutputAsync();
    }

    private async Task PlayAsync(int number, Phase phase)
    {
        var ahead = phase.CloudAhead.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        await _arena.Cloud.ConfigureAsync($$"""{"clockOffsetSeconds":{{ahead}}}""");
        SetClock(phase.ClockStep);
        await StartAsync(phase.IsProcess);
        foreach (var fault in phase.Faults)
        {
            await _arena.Cloud.AddFaultAsync(fault.ToJsonString());
        }

        var up = phase.Parallel ? _driver!.UpInParallelAsync(phase.Program) : _driver!.UpAsync(phase.Program);
        if (phase.Interruption != Interruption.None)
        {
            await CreatesAsync(phase.AtCreate, up);
            await Task.WhenAny(up, Task.Delay(phase.Instant));
            await InterruptAsync(phase.Interruption);
        }

        var steps = await BoundAsync(up, $"phase {number}");
        await CloudView.AnsweringAsync(_arena.Cloud);
        await _arena.Cloud.ClearFaultsAsync();
        Tell($"phase {number}", steps);
        _judge.Hear(steps, byProvider: phase.Interruption != Interruption.Kill);
        _judge.CheckDeletes(_driver, phase.Program, JobLookup(await CloudView.AtRestAsync(_arena.Cloud)));
    }

    /// <summary>Waits until the cloud has been sent so many creates, or the command is over.</summary>
    private async Task CreatesAsync(int count, Task command)
    {
        while (count > 0 && !command.IsCompleted)
        {
            try
            {
                count = await _arena.Cloud.CountAsync("createVolume") < count ? count : 0;
            }
            catch (HttpRequestException)
            {
                // A fault has closed the port for a moment.
            }

            await Task.WhenAny(command, Task.Delay(5));
        }
    }

    private async Task InterruptAsync(Interruption interruption)
    {
        if (interruption == Interruption.Kill)
        {
            _plugin!.Kill();
            return;
        }

        try
        {
            await _plugin!.Client.CancelAsync();
        }
        catch (GrpcStatusException refused)
        {
            _judge.Blame("cause", $"Cancel failed: {refused.Message}");
        }
    }

    /// <summary>The last program again and again, as a user would, doing what the errors say.</summary>
    private async Task ConvergeAsync(ImmutableArray<Wish> program)
    {
        IReadOnlyList<Step> steps = [];
        for (var attempt = 1; attempt <= MostAttempts; attempt++)
        {
            await CloudView.AtRestAsync(_arena.Cloud);
            await StartAsync(_plan.IsProcess);
            if (attempt > 1)
            {
                var refreshed = await BoundAsync(_driver!.RefreshAsync(), "a refresh");
                Tell($"refresh {attempt}", refreshed);
                _judge.Hear(refreshed, byProvider: true);
            }

            steps = await BoundAsync(_driver!.UpAsync(program), "an undisturbed up");
            Tell($"again {attempt}", steps);
            _judge.Hear(steps, byProvider: true);
            var view = await CloudView.AtRestAsync(_arena.Cloud);
            _judge.CheckDeletes(_driver, program, JobLookup(view));
            if (!steps.Any(step => step.Failed) && _driver.PendingDeletes.Count == 0)
            {
                await SettleAsync(program);
                return;
            }

            await HelpAsync(view);
        }

        await CheckStraysAsync("orphan");
        _judge.Blame("converge", $"after {MostAttempts} undisturbed runs there are still errors: {string.Join(" / ", steps.SelectMany(step => step.Errors))}");
    }

    /// <summary>Everything is done, says the provider: state, cloud and program must agree, and a refresh must find nothing to do.</summary>
    private async Task SettleAsync(ImmutableArray<Wish> program)
    {
        await CheckStraysAsync("orphan");
        var view = await CloudView.AtRestAsync(_arena.Cloud);

        // What a failed create leaves is taken away by the cloud itself, without a request.
        var requests = (await _arena.Cloud.RequestsAsync()).Where(request => request.Method == "DELETE").ToArray();
        _judge.CheckDeleted(view.Deleted.Where(id => requests.Any(request => request.Path.Contains(id, StringComparison.Ordinal))));
        _judge.CheckState(_driver!, program, view.Volumes);
        var refreshed = await BoundAsync(_driver!.RefreshAsync(), "the last refresh");
        Tell("refresh", refreshed);
        _judge.Hear(refreshed, byProvider: true);
        foreach (var step in await BoundAsync(_driver.PreviewAsync(program), "the last preview"))
        {
            if (step.Kind != StepKind.Same)
            {
                _judge.Blame("state", $"{step.Name} is done, yet a preview says {step.Kind} {string.Join(", ", step.Diff)} {string.Join(' ', step.Errors)}");
            }
        }
    }

    private async Task DestroyAsync()
    {
        IReadOnlyList<Step> steps = [];
        for (var attempt = 1; attempt <= 2; attempt++)
        {
            steps = await BoundAsync(_driver!.DestroyAsync(), "destroy");
            Tell("destroy", steps);
            _judge.Hear(steps, byProvider: true);
            _judge.CheckDeletes(_driver, [], JobLookup(await CloudView.AtRestAsync(_arena.Cloud)));
            if (!steps.Any(step => step.Failed))
            {
                await CheckStraysAsync("orphan");
                return;
            }
        }

        _judge.Blame("converge", $"destroy still fails: {string.Join(" / ", steps.SelectMany(step => step.Errors))}");
    }

    /// <summary>A disk that no state has was either named to the user, who deletes it now, or is an orphan.</summary>
    private async Task CheckStraysAsync(string rule)
    {
        var view = await CloudView.AtRestAsync(_arena.Cloud);
        foreach (var (id, volume) in Strays(view))
        {
            _judge.HearLog(_arena.Lines);
            if (IsKnownToTheUser(id))
            {
                await DeleteAsUserAsync(id);
            }
            else
            {
                _judge.Blame(rule, $"volume {id} \"{volume["name"]}\" ({volume["status"]}) is in no state, and no error named it");
            }
        }
    }

    /// <summary>What the errors tell the user to do: disks that could not be told apart are deleted by hand.</summary>
    private async Task HelpAsync(CloudView view)
    {
        // A disk that the state has by its job alone counts as well: only when its id is shown, the job is of no use any more.
        var known = _driver!.State.Values.Concat(_driver.PendingDeletes).Select(resource => resource.Id).ToHashSet();
        foreach (var id in view.Volumes.Keys.Where(id => !known.Contains(id)))
        {
            if (IsKnownToTheUser(id))
            {
                await DeleteAsUserAsync(id);
            }
        }
    }

    /// <summary>Where ids are dropped on purpose, being told of one is no excuse.</summary>
    private bool IsKnownToTheUser(string id) => _plan.Breakage != Breakage.Id && _judge.WasShown(id);

    private async Task DeleteAsUserAsync(string id)
    {
        _story.Add($"the user deletes {id}, which an error named");
        _judge.MayBeDeleted(id);
        await _arena.Cloud.ChangeVolumeAsync(id, """{"delete":true}""");
    }

    private IEnumerable<KeyValuePair<string, JsonObject>> Strays(CloudView view)
    {
        var known = _driver!.State.Values.Concat(_driver.PendingDeletes)
            .Select(resource => PulumiEvs.Resources.Volumes.PendingVolumeId.JobOf(resource.Id) is { } job ? view.VolumeOfJob(job) : resource.Id)
            .ToHashSet();
        return view.Volumes.Where(volume => !known.Contains(volume.Key));
    }

    /// <param name="isProcess">Whether the plugin of the command has to be a process of its own.</param>
    private async Task StartAsync(bool isProcess)
    {
        if (_plugin is not null)
        {
            await _plugin.DisposeAsync();
            CheckText("a plugin's output", string.Join('\n', _plugin.Output));
        }

        var isCalm = _plan.Breakage == Breakage.None;
        _plugin = isProcess
            ? new PluginOfItsOwn(await PluginProcess.StartAsync(_home, _arena.Engine.Address))
            : await PluginWithin.StartAsync(_home, _arena.Engine.Address);
        _driver = _driver?.Continue(_plugin.Client)
            ?? new EngineDriver(_plugin.Client) { KeepsPartialStates = _plan.Breakage != Breakage.Id, DeleteTimeout = TimeSpan.FromSeconds(isCalm ? 8 : 4) };
        await _driver.StartAsync(Configuration(), _arena.Engine.Address);
    }

    private PropertyMap Configuration()
    {
        var configuration = PropertyMap.Of(
            ("endpoint", _arena.Endpoint),
            ("projectId", SimulatorProcess.ProjectId),
            ("apiVersions", $$"""{"create":"{{_plan.CreateVersion}}"}"""),
            ("lostAnswerWindow", 1),
            ("maxRetries", 2),
            ("requestTimeout", 2),
            ("createJournal", _plan.Breakage != Breakage.Journal));
        return configuration.With(_plan.Right switch
        {
            Right.Keys => PropertyMap.Of(("accessKey", Secret(SimulatorProcess.AccessKey)), ("secretKey", Secret(SimulatorProcess.SecretKey))),
            Right.Password => PropertyMap.Of(
                ("authUrl", _arena.Endpoint),
                ("userName", SimulatorProcess.User),
                ("password", Secret(SimulatorProcess.Password)),
                ("domainName", SimulatorProcess.Domain)),
            _ => PropertyMap.Of(("token", Secret(SimulatorProcess.Token))),
        });
    }

    private static PropertyValue Secret(string text) => ((PropertyValue)text).AsSecret();

    /// <summary>
    /// To what is written down, this is as if the clock had been set: moments of before lie further back, or ahead. A record that does not
    /// have the service's time, because the run was killed at its very first request, stands no clock that is set back.
    /// </summary>
    private void SetClock(TimeSpan step)
    {
        var folder = Path.Combine(_home, "evs", "creates");
        if (step == TimeSpan.Zero || !Directory.Exists(folder))
        {
            return;
        }

        foreach (var file in Directory.GetFiles(folder, "*.json"))
        {
            var entry = JsonNode.Parse(File.ReadAllText(file))!.AsObject();
            var requested = DateTimeOffset.Parse(entry["requestedAt"]!.GetValue<string>(), CultureInfo.InvariantCulture);
            if (step < TimeSpan.Zero && entry["serviceTime"] is null)
            {
                continue;
            }

            entry["requestedAt"] = (requested - step).ToString("O", CultureInfo.InvariantCulture);
            File.WriteAllText(file, entry.ToJsonString());
        }
    }

    private async Task CheckOutputAsync()
    {
        if (_plugin is not null)
        {
            await _plugin.DisposeAsync();
            CheckText("the last plugin's output", string.Join('\n', _plugin.Output));
            _plugin = null;
        }

        foreach (var line in _arena.Lines)
        {
            CheckText("a log line", line.Text);
        }

        foreach (var line in _story)
        {
            CheckText("an error", line);
        }

        foreach (var file in Directory.GetFiles(_home, "*", SearchOption.AllDirectories))
        {
            CheckText(Path.GetFileName(file), await File.ReadAllTextAsync(file));
        }
    }

    private void CheckText(string where, string text) => _judge.CheckSecrets(where, text);

    private static Func<string, string?> JobLookup(CloudView view) => view.VolumeOfJob;

    private static async Task<IReadOnlyList<Step>> BoundAsync(Task<IReadOnlyList<Step>> command, string what)
    {
        try
        {
            return await command.WaitAsync(CommandBound);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"{what} has not ended after {CommandBound.TotalSeconds:0} s");
        }
    }

    private void Tell(string what, IEnumerable<Step> steps) =>
        _story.AddRange(steps.Select(step =>
            $"{what}: {step.Name} {step.Kind} {(_driver!.State.TryGetValue(step.Name, out var resource) ? resource.Id : "-")} {string.Join(" / ", step.Errors)}"));
}
