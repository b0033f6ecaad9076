using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json.Nodes;
using PulumiEvs.Harness;
using PulumiEvs.Plugin.Protos;
using PulumiEvs.Resources.Values;

namespace PulumiEvs.Demo;

/// <summary>
/// What the scenes play on: a local EVS and the plugin, each a process of its own, this process in the engine's part, and the
/// program of the stack, which scenes edit as a user would.
/// </summary>
internal sealed class Stage : IAsyncDisposable
{
    /// <summary>How long the plugin may take to end once it is told to.</summary>
    private static readonly TimeSpan EndBound = TimeSpan.FromSeconds(2);

    private readonly Terminal _terminal;
    private readonly Belongings _belongings;
    private readonly ProgressLines _progress;
    private readonly PluginProcess _plugin;
    private readonly EngineDriver _stack;
    private readonly Dictionary<string, string> _types = new(StringComparer.Ordinal);
    private readonly PlanText _plan;
    private ImmutableSortedDictionary<string, PropertyMap> _program = ImmutableSortedDictionary<string, PropertyMap>.Empty;

    private Stage(
        Terminal terminal,
        Belongings belongings,
        ProgressLines progress,
        SimulatorProcess cloud,
        PluginProcess plugin,
        EngineDriver stack,
        GetSchemaResponse schema)
    {
        _terminal = terminal;
        _belongings = belongings;
        _progress = progress;
        Cloud = cloud;
        _plugin = plugin;
        _stack = stack;
        _plan = PlanText.From(schema, name => _types[name]);
    }

    public SimulatorProcess Cloud { get; }

    /// <summary>How many claims have been verified.</summary>
    public int Verified { get; private set; }

    public IReadOnlyDictionary<string, ResourceState> State => _stack.State;

    public static async Task<Stage> OpenAsync(Terminal terminal)
    {
        var belongings = new Belongings();
        try
        {
            return await OpenAsync(terminal, belongings);
        }
        catch
        {
            await belongings.DisposeAsync();
            throw;
        }
    }

    /// <summary>What the user writes into the program: a resource of that name with these inputs, in place of the one there was.</summary>
    public void Write(string name, PropertyMap inputs, string type = "evs:index:Volume")
    {
        _types[name] = type;
        _program = _program.SetItem(name, inputs);
    }

    /// <summary>Changes one input in the program, and says so.</summary>
    public void Edit(string name, string property, PropertyValue value)
    {
        Say($"In the program, {property} of {name} becomes {value}.");
        Write(name, _program[name].With(property, value), _types[name]);
    }

    public void Say(string text) => _terminal.Line(text);

    /// <summary>Previews the program, and shows it as <c>pulumi preview --diff</c> would.</summary>
    /// <returns>The one step that is not "nothing to do".</returns>
    public async Task<Step> PreviewAsync()
    {
        _terminal.Line("preview", Style.Faint);
        var step = Changed(await _stack.PreviewAsync(Wishes()));
        foreach (var (text, style) in _plan.Preview(step, _stack.State.GetValueOrDefault(step.Name), _program.GetValueOrDefault(step.Name, PropertyMap.Empty)))
        {
            _terminal.Line(text, style);
        }

        return step;
    }

    /// <summary>Makes the cloud what the program says, showing progress and end.</summary>
    public async Task<Step> UpAsync()
    {
        _terminal.Line("up", Style.Faint);
        return Changed(await TimedAsync(() => _stack.UpAsync(Wishes())));
    }

    public Task<IReadOnlyList<Step>> DestroyAsync()
    {
        _terminal.Line("destroy", Style.Faint);
        _program = _program.Clear();
        return TimedAsync(_stack.DestroyAsync);
    }

    public Task<IReadOnlyList<Step>> RefreshAsync() => _stack.RefreshAsync();

    /// <summary>The disk as the local EVS has it; null when it has none of that id.</summary>
    public async Task<JsonObject?> FindInCloudAsync(string id) => (await Cloud.VolumesAsync()).GetValueOrDefault(id);

    /// <summary>Makes sure of a claim, and shows it.</summary>
    public void Verify(bool holds, string claim)
    {
        if (!holds)
        {
            throw new DemoException("this is not so: " + claim);
        }

        Verified++;
        _terminal.Verified(claim);
    }

    /// <summary>Ends the plugin as the engine does at the end of a command.</summary>
    public async Task CloseAsync()
    {
        await _plugin.Client.CancelAsync();
        _plugin.Process.Interrupt();
        using var bound = new CancellationTokenSource(EndBound);
        try
        {
            await _plugin.Process.WaitForExitAsync(bound.Token);
        }
        catch (OperationCanceledException)
        {
            throw new DemoException($"the plugin still runs {EndBound.TotalSeconds} s after it was told to end");
        }

        Verify(_plugin.Process is { ExitCode: 0, Output.Count: 0 }, "told to end, the plugin has ended with exit code 0 and without a word");
    }

    public ValueTask DisposeAsync() => _belongings.DisposeAsync();

    private static async Task<Stage> OpenAsync(Terminal terminal, Belongings belongings)
    {
        var progress = new ProgressLines(terminal);
        var home = belongings.Folder("pulumi-evs-demo-");
        var cloud = belongings.Add(await SimulatorProcess.StartAsync(
            "--job-duration", "createVolume=2s..4s", "--job-duration", "extendVolume=1s..2s"));
        terminal.Line($"The local EVS listens on {cloud.Url}.");

        var engine = belongings.Add(await EngineDouble.StartAsync(progress.Show));
        var plugin = belongings.Add(await PluginProcess.StartAsync(home, engine.Address));
        var stack = new EngineDriver(plugin.Client, "demo");
        await stack.StartAsync(
            PropertyMap.Of(
                ("endpoint", cloud.Url),
                ("projectId", SimulatorProcess.ProjectId),
                ("accessKey", SimulatorProcess.AccessKey),
                ("secretKey", new PropertyValue.Secret(SimulatorProcess.SecretKey))),
            engine.Address);
        var version = (await plugin.Client.GetPluginInfoAsync()).Version;
        terminal.Line($"The plugin pulumi-resource-evs {version} listens on port {plugin.Port} and has taken its configuration.");
        return new Stage(terminal, belongings, progress, cloud, plugin, stack, await plugin.Client.GetSchemaAsync());
    }

    private Wish[] Wishes() => [.. _program.Select(entry => new Wish(entry.Key, entry.Value, _types[entry.Key]))];

    private static Step Changed(IReadOnlyList<Step> steps) => steps.Where(step => step.Kind != StepKind.Same).ToArray() is [var only]
        ? only
        : throw new DemoException($"one change was expected, these came: {string.Join(", ", steps.Select(step => $"{step.Name} {step.Kind}"))}");

    private async Task<IReadOnlyList<Step>> TimedAsync(Func<Task<IReadOnlyList<Step>>> command)
    {
        var clock = Stopwatch.StartNew();
        var steps = await _progress.DuringAsync(command);
        foreach (var (text, style) in steps.SelectMany(step => _plan.Done(step, clock.Elapsed)))
        {
            _terminal.Line(text, style);
        }

        return steps;
    }
}
