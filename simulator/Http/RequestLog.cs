using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EvsSimulator.Http;

/// <summary>One request as the log keeps it, without secrets.</summary>
internal sealed record LoggedRequest
{
    /// <summary>Counts all requests from 1, also those that were dropped from the log since.</summary>
    public required long Index { get; init; }

    public required DateTimeOffset Time { get; init; }

    public required string RequestId { get; init; }

    public required string Method { get; init; }

    /// <summary>Path and query.</summary>
    public required string Path { get; init; }

    public required string Operation { get; init; }

    /// <summary>How the request was authenticated: <c>aksk</c>, <c>token</c> or <c>none</c>.</summary>
    public required string Auth { get; init; }

    public string? ClientToken { get; init; }

    public string? UserAgent { get; init; }

    public string? Body { get; init; }

    /// <summary>The status answered; 0 while there is no answer, or when the connection was cut.</summary>
    public int Status { get; init; }

    public double DurationMs { get; init; }

    /// <summary>The faults that struck.</summary>
    public IReadOnlyList<string> Faults { get; init; } = [];
}

/// <summary>Keeps the last requests, and counts all of them. Thread-safe.</summary>
internal sealed class RequestLog(int capacity)
{
    private const int LongestBody = 16 * 1024;
    private static readonly string[] SecretNames = ["password", "secret", "token", "auth_key", "securitytoken", "passcode"];

    private readonly Lock gate = new();
    private readonly LoggedRequest?[] ring = new LoggedRequest?[capacity];
    private readonly SortedDictionary<string, SortedDictionary<int, long>> counts = new(StringComparer.Ordinal);
    private long last;
    private long clearedAt;

    /// <summary>The index of the next request.</summary>
    public long NextIndex() => Interlocked.Increment(ref last);

    /// <summary>Keeps a request, first without and then with its answer.</summary>
    public void Keep(LoggedRequest request)
    {
        lock (gate)
        {
            if (request.Index > clearedAt)
            {
                ring[request.Index % capacity] = request;
            }
        }
    }

    /// <summary>Keeps the answered request and counts it.</summary>
    public void Finish(LoggedRequest request)
    {
        lock (gate)
        {
            if (request.Index <= clearedAt)
            {
                return;
            }

            if (ring[request.Index % capacity]?.Index == request.Index)
            {
                ring[request.Index % capacity] = request;
            }

            if (!counts.TryGetValue(request.Operation, out var byStatus))
            {
                byStatus = [];
                counts.Add(request.Operation, byStatus);
            }

            byStatus[request.Status] = byStatus.GetValueOrDefault(request.Status) + 1;
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            Array.Clear(ring);
            counts.Clear();
            clearedAt = Interlocked.Read(ref last);
        }
    }

    /// <summary>The kept requests after an index, oldest first.</summary>
    public IReadOnlyList<LoggedRequest> After(long index, string? operation)
    {
        lock (gate)
        {
            return
            [
                .. ring.OfType<LoggedRequest>()
                    .Where(request => request.Index > index && (operation is null || Glob.Matches(operation, request.Operation)))
                    .OrderBy(request => request.Index),
            ];
        }
    }

    /// <summary>How many requests were answered since the log was cleared, by operation and status.</summary>
    public IReadOnlyList<(string Operation, int Status, long Count)> Counts()
    {
        lock (gate)
        {
            return [.. counts.SelectMany(row => row.Value.Select(cell => (row.Key, cell.Key, cell.Value)))];
        }
    }

    /// <summary>A body as the log may keep it: as text, not too long, its secrets blacked out.</summary>
    public static string? Redact(ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty)
        {
            return null;
        }

        var text = Encoding.UTF8.GetString(body.Span);
        if (Array.Exists(SecretNames, name => text.Contains(name, StringComparison.OrdinalIgnoreCase)))
        {
            text = RedactJson(text);
        }

        return text.Length <= LongestBody ? text : text[..LongestBody];
    }

    private static string RedactJson(string text)
    {
        try
        {
            var node = JsonNode.Parse(text);
            BlackOut(node);
            return node?.ToJsonString() ?? text;
        }
        catch (JsonException)
        {
            return "(not JSON, and it may hold a secret)";
        }
    }

    private static void BlackOut(JsonNode? node)
    {
        if (node is JsonArray items)
        {
            foreach (var item in items)
            {
                BlackOut(item);
            }
        }
        else if (node is JsonObject members)
        {
            foreach (var (name, value) in members.ToArray())
            {
                if (value is JsonValue && (IsSecret(name) || (name == "id" && members is { Parent: JsonObject } && members.GetPropertyName() == "token")))
                {
                    members[name] = "(redacted)";
                }
                else
                {
                    BlackOut(value);
                }
            }
        }
    }

    private static bool IsSecret(string name) => SecretNames.Contains(name, StringComparer.OrdinalIgnoreCase);
}
