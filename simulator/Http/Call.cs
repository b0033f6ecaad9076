using System.Text.Json;
using EvsSimulator.Accounts;
using EvsSimulator.Core;
using EvsSimulator.Core.Errors;
using EvsSimulator.Core.Jobs;
using Microsoft.AspNetCore.Http;

namespace EvsSimulator.Http;

/// <summary>One request as a handler sees it: routed, authenticated, with what the faults want of it.</summary>
internal sealed class Call
{
    public required Route Route { get; init; }

    public required Cloud Cloud { get; init; }

    public required AccountDirectory Accounts { get; init; }

    /// <summary>The address this cloud answers at, without a slash at the end.</summary>
    public required string BaseUrl { get; init; }

    public required IReadOnlyDictionary<string, string> RouteValues { get; init; }

    public required IQueryCollection Query { get; init; }

    public required IHeaderDictionary Headers { get; init; }

    public required ReadOnlyMemory<byte> Body { get; init; }

    public required Principal Principal { get; init; }

    public JobFate Fate { get; init; } = JobFate.Usual;

    public string ProjectId => RouteValues["project"];

    public string this[string routeValue] => RouteValues[routeValue];

    public string? QueryValue(string name) => Query.TryGetValue(name, out var values) ? values.ToString() : null;

    /// <summary>Runs an operation on the state of this moment.</summary>
    public T Run<T>(Func<World, T> operation) => Cloud.Run(operation);

    /// <summary>The body as JSON, or the refusal of one that is not.</summary>
    public Refusal? ReadBody(out JsonElement body)
    {
        body = default;
        try
        {
            var reader = new Utf8JsonReader(Body.Span);
            body = JsonElement.ParseValue(ref reader);
            return reader.Read() ? Malformed() : null;
        }
        catch (JsonException)
        {
            return Malformed();
        }
    }

    private Refusal Malformed() => Route.Shape == ErrorShape.Nested ? Refusal.Of("EVS.1052") : Refusal.Of("EVS.5400");
}
