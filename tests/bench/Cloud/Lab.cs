using System.Globalization;
using System.Text.Json.Nodes;
using PulumiEvs.Harness;
using PulumiEvs.Plugin.Protos;
using PulumiEvs.Plugin.Values;
using PulumiEvs.Resources.Values;

namespace PulumiEvs.Bench.Cloud;

/// <summary>A local EVS and the plugin as processes of their own, with this one in the engine's part.</summary>
internal sealed class Lab : IAsyncDisposable
{
    /// <summary>No call takes longer: ten thousand disks at a hundred requests a second take seven minutes.</summary>
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(20);

    private readonly string _home;

    private Lab(string home, SimulatorProcess cloud, EngineDouble engine, PluginProcess plugin, EngineDriver stack)
    {
        _home = home;
        Cloud = cloud;
        Engine = engine;
        Plugin = plugin;
        Stack = stack;
    }

    public SimulatorProcess Cloud { get; }

    public EngineDouble Engine { get; }

    public PluginProcess Plugin { get; }

    public EngineDriver Stack { get; }

    /// <param name="simulator">Options of the local EVS.</param>
    public static async Task<Lab> OpenAsync(params IEnumerable<string> simulator)
    {
        var home = Directory.CreateTempSubdirectory("pulumi-evs-bench-").FullName;
        var cloud = await SimulatorProcess.StartAsync(simulator);
        var engine = await EngineDouble.StartAsync();
        var plugin = await PluginProcess.StartAsync(home, engine.Address, bound: Bound);
        var stack = new EngineDriver(plugin.Client, "bench");
        await stack.StartAsync(
            PropertyMap.Of(
                ("endpoint", cloud.Url),
                ("projectId", SimulatorProcess.ProjectId),
                ("accessKey", SimulatorProcess.AccessKey),
                ("secretKey", new PropertyValue.Secret(SimulatorProcess.SecretKey)),
                ("metadataEndpoint", cloud.Url)),
            engine.Address);
        return new Lab(home, cloud, engine, plugin, stack);
    }

    /// <summary>A program of so many disks.</summary>
    public static Wish[] Disks(int count, string name = "disk") => [.. Enumerable.Range(0, count).Select(number => new Wish(
        string.Create(CultureInfo.InvariantCulture, $"{name}-{number}"),
        Disk.With("tags", PropertyMap.Of(("team", "storage"), ("number", number.ToString(CultureInfo.InvariantCulture))))))];

    public static PropertyMap Disk { get; } = PropertyMap.Of(("availabilityZone", SimulatorProcess.Zone), ("volumeType", "SSD"), ("size", 40));

    /// <summary>Makes one disk, beside whatever else is going on, and returns its outputs.</summary>
    public async Task<PropertyMap> CreateAsync(string name)
    {
        var wish = Disks(1, name)[0];
        var check = await Stack.CheckAsync(wish);
        var created = await Plugin.Client.CreateAsync(new CreateRequest
        {
            Urn = $"urn:pulumi:dev::bench::{wish.Type}::{wish.Name}",
            Properties = check.Inputs,
            Name = wish.Name,
            Type = wish.Type,
        });
        return PropertyDecoder.Decode(created.Properties);
    }

    /// <summary>The jobs that have made a disk, by the disk's id.</summary>
    public async Task<IReadOnlyDictionary<string, MakingJob>> JobsAsync() => (await Cloud.StateAsync())["jobs"]!.AsArray()
        .Where(job => job!["volumeId"] is not null && job["endsAt"] is not null)
        .ToDictionary(
            job => job!["volumeId"]!.GetValue<string>(),
            job => new MakingJob(job!["id"]!.GetValue<string>(), Moment(job["beganAt"]!), Moment(job["endsAt"]!)));

    public async ValueTask DisposeAsync()
    {
        await Plugin.DisposeAsync();
        await Engine.DisposeAsync();
        await Cloud.DisposeAsync();
        Directory.Delete(_home, recursive: true);
    }

    private static DateTimeOffset Moment(JsonNode text) => DateTimeOffset.Parse(text.GetValue<string>(), CultureInfo.InvariantCulture);
}

/// <summary>A job that makes a disk, by the service's own clock.</summary>
internal sealed record MakingJob(string JobId, DateTimeOffset Began, DateTimeOffset Ended);
