using PulumiEvs.Evs.Clouds;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Provider;
using PulumiEvs.Tests.Unit.Support;

namespace PulumiEvs.Tests.Unit.Resources.Support;

/// <summary>
/// A cloud for resources and functions: answers by a script, a clock that moves as the work waits, and what the work told its user.
/// </summary>
internal sealed class StubCloud : IEvsSessions, IDisposable
{
    private readonly TestClient _client;

    public StubCloud(StubHttp http, string cloud = "huaweicloud", ApiVersions? versions = null) => _client = new TestClient(http, cloud, versions);

    /// <summary>Answers each request by the first rule whose method and path fit; a request that no rule expects fails the work.</summary>
    public StubCloud(params (string Line, Func<SentRequest, HttpResponseMessage> Answer)[] rules)
        : this(new StubHttp(request => Match(rules, request)))
    {
    }

    public StubCloud(string cloud, params (string Line, Func<SentRequest, HttpResponseMessage> Answer)[] rules)
        : this(new StubHttp(request => Match(rules, request)), cloud)
    {
    }

    public RecordingLog Log { get; } = new();

    public FakeTime Time => _client.Time;

    /// <summary>The requests so far, as <c>GET /v2/volumes/...</c>: without the project.</summary>
    public IReadOnlyList<string> Lines => [.. _client.Http.Requests.Select(Line)];

    public IReadOnlyList<SentRequest> Requests => _client.Http.Requests;

    /// <summary>How often a session was asked for.</summary>
    public int Opened { get; private set; }

    public EvsSession Open(TimeSpan allowed, IOperationLog log)
    {
        Opened++;
        return new EvsSession(_client.Connection, _client.Time, allowed, log);
    }

    /// <summary>Does the work while the clock moves as it needs.</summary>
    public Task<T> RunAsync<T>(Func<Task<T>> work) => Time.RunAsync(work);

    public Task RunAsync(Func<Task> work) => Time.RunAsync(work);

    public void Dispose() => _client.Dispose();

    private static string Line(SentRequest request) =>
        $"{request.Method} {request.PathAndQuery.Replace("/" + TestClient.ProjectId, "", StringComparison.Ordinal)}";

    /// <summary>The answer of the first rule that fits.</summary>
    public static HttpResponseMessage Match((string Line, Func<SentRequest, HttpResponseMessage> Answer)[] rules, SentRequest request)
    {
        var line = Line(request);
        foreach (var (expected, answer) in rules)
        {
            if (line == expected || line.StartsWith(expected + "?", StringComparison.Ordinal))
            {
                return answer(request);
            }
        }

        throw new InvalidOperationException($"no rule for {line}");
    }
}
