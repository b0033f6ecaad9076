using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PulumiEvs.Harness;

/// <summary>One request as the local EVS has logged it.</summary>
internal sealed record LoggedRequest(string Method, string Path, string Operation, int Status, string? Body, string? ClientToken, string? RequestId)
{
    /// <summary>How the request was authorized: <c>aksk</c>, <c>token</c> or <c>none</c>.</summary>
    public string Auth { get; init; } = "";

    /// <summary>Method and path without project and query: <c>POST /v3/cloudvolumes</c>.</summary>
    public string Short
    {
        get
        {
            var parts = Path.Split('?')[0].Split('/', StringSplitOptions.RemoveEmptyEntries);
            return $"{Method} /{string.Join('/', parts.Where((_, index) => index != 1))}";
        }
    }
}

/// <summary>A local EVS as a process, and its admin endpoint.</summary>
internal sealed class SimulatorProcess : IAsyncDisposable
{
    public const string Token = "local-token";
    public const string AccessKey = "LOCALACCESSKEY";
    public const string SecretKey = "local-secret-key";
    public const string User = "local-user";
    public const string Password = "local-password";
    public const string Domain = "local-domain";
    public const string ProjectId = "0123456789abcdef0123456789abcdef";
    public const string Zone = "local-1a";

    /// <summary>Should the test's own process be killed, the local EVS ends by itself; no test leaves it without a request for so long.</summary>
    private static readonly string[] IdleExit = ["--idle-exit", "10m"];

    private readonly ChildProcess _process;
    private readonly HttpClient _admin;

    private SimulatorProcess(ChildProcess process)
    {
        _process = process;
        Url = process.FirstLine;
        _admin = new HttpClient { BaseAddress = new Uri(Url) };
    }

    public string Url { get; }

    public ChildProcess Process => _process;

    public static async Task<SimulatorProcess> StartAsync(params IEnumerable<string> arguments) =>
        new(await ChildProcess.StartAsync(Executables.Simulator, [.. IdleExit, .. arguments]));

    /// <summary>How many requests of an operation the local EVS has been sent.</summary>
    public async Task<int> CountAsync(string operation)
    {
        var log = await _admin.GetFromJsonAsync<JsonObject>("/_local/requests?operation=" + operation) ?? throw new JsonException("no request log");
        return log["requests"]!.AsArray().Count;
    }

    /// <summary>The requests to the API since the start or the last clearing, in order; those of the admin endpoint are not among them.</summary>
    public async Task<IReadOnlyList<LoggedRequest>> RequestsAsync()
    {
        var log = await _admin.GetFromJsonAsync<JsonObject>("/_local/requests") ?? throw new JsonException("no request log");
        return [.. log["requests"]!.AsArray().Select(entry => new LoggedRequest(
            entry!["method"]!.GetValue<string>(),
            entry["path"]!.GetValue<string>(),
            entry["operation"]?.GetValue<string>() ?? "",
            entry["status"]!.GetValue<int>(),
            entry["body"]?.GetValue<string>(),
            entry["clientToken"]?.GetValue<string>(),
            entry["requestId"]?.GetValue<string>()) { Auth = entry["auth"]!.GetValue<string>() })];
    }

    /// <summary>The requests that were to change something, in order. A key can only be read by a POST.</summary>
    public async Task<IReadOnlyList<LoggedRequest>> WritesAsync() =>
        [.. (await RequestsAsync()).Where(request => request is { Method: not "GET", Operation: not "getKey" })];

    public Task ClearRequestsAsync() => SendAsync(HttpMethod.Delete, "/_local/requests");

    /// <summary>Adds a fault, in the JSON form of the local EVS's manual.</summary>
    public Task AddFaultAsync(string json) => SendAsync(HttpMethod.Post, "/_local/faults", json);

    public Task ClearFaultsAsync() => SendAsync(HttpMethod.Delete, "/_local/faults");

    public Task ConfigureAsync(string json) => SendAsync(HttpMethod.Post, "/_local/config", json);

    public Task ResetAsync() => SendAsync(HttpMethod.Post, "/_local/reset");

    /// <summary>Changes a volume behind the provider's back.</summary>
    public Task ChangeVolumeAsync(string id, string json) => SendAsync(HttpMethod.Post, $"/_local/volumes/{id}", json);

    /// <summary>Everything that the local EVS holds.</summary>
    public async Task<JsonObject> StateAsync() => await _admin.GetFromJsonAsync<JsonObject>("/_local/state") ?? throw new JsonException("no state");

    /// <summary>The volumes that exist, by id.</summary>
    public async Task<IReadOnlyDictionary<string, JsonObject>> VolumesAsync() =>
        (await StateAsync())["volumes"]!.AsArray().Select(entry => entry!["volume"]!.AsObject()).ToDictionary(volume => volume["id"]!.GetValue<string>());

    public async ValueTask DisposeAsync()
    {
        _admin.Dispose();
        await _process.DisposeAsync();
    }

    private async Task SendAsync(HttpMethod method, string path, string? json = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = json is null ? null : new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        using var response = await _admin.SendAsync(request);
        if (!response.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"{method} {path}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        }
    }
}
