using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace PulumiEvs.Tests.Unit.Support;

/// <summary>A request as it arrived.</summary>
internal sealed record SentRequest(string Method, Uri Uri, string? Body, IReadOnlyDictionary<string, string> Headers)
{
    public string PathAndQuery => Uri.PathAndQuery;

    public string Line => $"{Method} {Uri.PathAndQuery}";
}

/// <summary>Answers requests from a script, in place of a server, and remembers them.</summary>
internal sealed class StubHttp : HttpMessageHandler
{
    private readonly ConcurrentQueue<SentRequest> _requests = new();
    private readonly Func<SentRequest, int, CancellationToken, Task<HttpResponseMessage>> _answer;
    private int _count;

    public StubHttp(Func<SentRequest, int, CancellationToken, Task<HttpResponseMessage>> answer) => _answer = answer;

    public StubHttp(Func<SentRequest, HttpResponseMessage> answer)
        : this((request, _, _) => Task.FromResult(answer(request)))
    {
    }

    /// <summary>One answer after the other; the last one again and again.</summary>
    public StubHttp(params Func<HttpResponseMessage>[] answers)
        : this((_, count, _) => Task.FromResult(answers[Math.Min(count, answers.Length) - 1]()))
    {
    }

    public IReadOnlyList<SentRequest> Requests => [.. _requests];

    public static HttpResponseMessage Json(string body, int status = 200, params (string Name, string Value)[] headers) =>
        Text(body, status, "application/json", headers);

    public static HttpResponseMessage Text(string body, int status, string mediaType = "text/html", params (string Name, string Value)[] headers)
    {
        var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, mediaType) };
        foreach (var (name, value) in headers)
        {
            response.Headers.TryAddWithoutValidation(name, value);
        }

        return response;
    }

    public static HttpResponseMessage EvsError(string code, string message, int status) =>
        Json($$$"""{"error":{"message":"{{{message}}}","code":"{{{code}}}"}}""", status, ("X-Request-Id", "req-1"));

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken);
        var headers = request.Headers.ToDictionary(header => header.Key, header => string.Join(",", header.Value), StringComparer.OrdinalIgnoreCase);
        var sent = new SentRequest(request.Method.Method, request.RequestUri!, body, headers);
        _requests.Enqueue(sent);
        return await _answer(sent, Interlocked.Increment(ref _count), cancellationToken);
    }
}
