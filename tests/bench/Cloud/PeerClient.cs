using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using PulumiEvs.Bench.Waiting;
using PulumiEvs.Harness;

namespace PulumiEvs.Bench.Cloud;

/// <summary>Makes disks the way a peer does, with requests of its own: what the peer's rule costs against a real clock.</summary>
internal sealed class PeerClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly TimeProvider _time;

    /// <param name="cloud">The address of the local EVS.</param>
    /// <param name="time">The clock that the local EVS goes by, too: its times are compared with this one's.</param>
    public PeerClient(string cloud, TimeProvider time)
    {
        _time = time;
        _http = new HttpClient { BaseAddress = new Uri(cloud) };
        _http.DefaultRequestHeaders.Add("X-Auth-Token", SimulatorProcess.Token);
    }

    /// <summary>Makes one disk and waits by the rule.</summary>
    /// <returns>The disk's id, when the peer would have returned, and how often it asked for the job.</returns>
    public async Task<(string VolumeId, DateTimeOffset Returned, int Queries)> CreateAsync(PeerRule rule, string name)
    {
        var order = new JsonObject
        {
            ["volume"] = new JsonObject
            {
                ["name"] = name,
                ["availability_zone"] = SimulatorProcess.Zone,
                ["volume_type"] = "SSD",
                ["size"] = 40,
                ["count"] = 1,
            },
        };
        using var content = new StringContent(order.ToJsonString(), Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        using var response = await _http.PostAsync($"/v2/{SimulatorProcess.ProjectId}/cloudvolumes", content);
        response.EnsureSuccessStatusCode();
        var job = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["job_id"]!.GetValue<string>();
        var begun = _time.GetUtcNow();
        var queries = 0;
        foreach (var look in rule.Looks())
        {
            await UntilAsync(begun + TimeSpan.FromSeconds(look));
            queries++;
            var shown = await GetAsync($"/v1/{SimulatorProcess.ProjectId}/jobs/{job}");
            if (shown["status"]!.GetValue<string>() is not "SUCCESS")
            {
                continue;
            }

            var id = shown["entities"]!["volume_id"]!.GetValue<string>();
            var ended = _time.GetUtcNow();
            for (var read = 1; read <= rule.ReadsAfter; read++)
            {
                await UntilAsync(ended + TimeSpan.FromSeconds(rule.After * read / rule.ReadsAfter));
                await GetAsync($"/v2/{SimulatorProcess.ProjectId}/cloudvolumes/{id}");
            }

            return (id, _time.GetUtcNow(), queries);
        }

        throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{rule.Name} has given up {name} after {queries} looks"));
    }

    public void Dispose() => _http.Dispose();

    private Task UntilAsync(DateTimeOffset moment) =>
        moment - _time.GetUtcNow() is var left && left > TimeSpan.Zero ? Task.Delay(left, _time) : Task.CompletedTask;

    private async Task<JsonNode> GetAsync(string path) => JsonNode.Parse(await _http.GetStringAsync(path))!;
}
