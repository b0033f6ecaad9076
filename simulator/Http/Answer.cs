using System.Buffers;
using System.Text;
using System.Text.Json;

namespace EvsSimulator.Http;

/// <summary>An answer before it goes out, so that a fault can still replace or lose it.</summary>
internal sealed record Answer(int Status, ReadOnlyMemory<byte> Body, string? ContentType)
{
    private const string JsonType = "application/json;charset=utf-8";

    /// <summary>Headers beside the usual ones.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    public static Answer Empty(int status) => new(status, ReadOnlyMemory<byte>.Empty, null);

    public static Answer Text(int status, string body, string contentType) => new(status, Encoding.UTF8.GetBytes(body), contentType);

    public static Answer Json(int status, string body) => Text(status, body, JsonType);

    public static Answer Json(int status, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, JsonWriting.Options))
        {
            write(writer);
        }

        return new Answer(status, buffer.WrittenMemory, JsonType);
    }

    /// <summary>An object with one text member, the form of a job's id.</summary>
    public static Answer Member(int status, string name, string value) => Json(status, json =>
    {
        json.WriteStartObject();
        json.WriteString(name, value);
        json.WriteEndObject();
    });

    public Answer With(string header, string value) => this with { Headers = [.. Headers, KeyValuePair.Create(header, value)] };
}
