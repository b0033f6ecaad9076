using System.Globalization;
using System.Text.Json.Nodes;
using PulumiEvs.Harness;

namespace PulumiEvs.Chaos.Campaign;

/// <summary>The cloud as its admin endpoint tells it, behind the provider's back.</summary>
internal sealed class CloudView
{
    private static readonly string[] AtRest = ["available", "in-use"];

    private readonly JsonObject[] _jobs;
    private readonly DateTimeOffset _now;

    private CloudView(JsonObject state)
    {
        _now = DateTimeOffset.Parse(Text(state, "time"), CultureInfo.InvariantCulture);
        _jobs = [.. state["jobs"]!.AsArray().Select(job => job!.AsObject())];
        Volumes = state["volumes"]!.AsArray().Select(entry => entry!["volume"]!.AsObject()).ToDictionary(volume => Text(volume, "id"));
        Deleted = [.. state["deleted"]!.AsArray().Where(gone => Text(gone!, "kind") == "volume").Select(gone => Text(gone!, "id"))];
    }

    public IReadOnlyDictionary<string, JsonObject> Volumes { get; }

    public IReadOnlyList<string> Deleted { get; }

    /// <summary>The disk that a job makes or is about.</summary>
    public string? VolumeOfJob(string jobId) => _jobs.Where(job => Text(job, "id") == jobId).Select(job => Text(job, "volumeId")).FirstOrDefault();

    /// <summary>The disks whose creation failed.</summary>
    private IEnumerable<string> Miscarried => _jobs.Where(HasFailedToCreate).Select(job => Text(job, "volumeId"));

    /// <summary>The cloud once every job has ended that ever will, with all that is stuck or broken set right as its staff would do.</summary>
    public static async Task<CloudView> AtRestAsync(SimulatorProcess cloud)
    {
        for (var looks = 0; looks < 400; looks++)
        {
            var view = new CloudView(await cloud.StateAsync());
            if (!view._jobs.Any(view.WillEnd))
            {
                return await view.HealAsync(cloud) ? new CloudView(await cloud.StateAsync()) : view;
            }

            await Task.Delay(50);
        }

        throw new TimeoutException("the cloud does not come to rest");
    }

    /// <summary>Waits until the port answers again that a fault has closed.</summary>
    public static async Task AnsweringAsync(SimulatorProcess cloud)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await cloud.StateAsync();
                return;
            }
            catch (HttpRequestException) when (tries < 100)
            {
                await Task.Delay(50);
            }
        }
    }

    private static bool HasFailedToCreate(JsonObject job) =>
        Text(job, "type").StartsWith("create", StringComparison.OrdinalIgnoreCase) && job["errorCode"] is not null;

    private bool WillEnd(JsonObject job) =>
        Text(job, "status") is "INIT" or "RUNNING"
        && job["endsAt"] is { } ends
        && DateTimeOffset.Parse(ends.GetValue<string>(), CultureInfo.InvariantCulture) < _now + TimeSpan.FromMinutes(1);

    private async Task<bool> HealAsync(SimulatorProcess cloud)
    {
        var healed = false;
        foreach (var (id, volume) in Volumes)
        {
            if (!AtRest.Contains(Text(volume, "status")) && !Miscarried.Contains(id))
            {
                await cloud.ChangeVolumeAsync(id, """{"status":"available"}""");
                healed = true;
            }
        }

        return healed;
    }

    private static string Text(JsonNode node, string member) => node[member]?.GetValue<string>() ?? "";
}
