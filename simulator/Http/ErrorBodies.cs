using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using EvsSimulator.Core.Errors;

namespace EvsSimulator.Http;

/// <summary>The shapes in which errors come (EVS API references, returned values; gateway's error codes).</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ErrorShape>))]
internal enum ErrorShape
{
    /// <summary><c>{"error":{"message","code"}}</c>, the shape of the service's own API.</summary>
    [JsonStringEnumMemberName("nested")]
    Nested,

    /// <summary><c>{"error_code","error_msg"}</c>.</summary>
    [JsonStringEnumMemberName("flat")]
    Flat,

    /// <summary><c>{"code","message"}</c>.</summary>
    [JsonStringEnumMemberName("codeMessage")]
    CodeMessage,

    /// <summary><c>{"badRequest":{"message","code":400}}</c>: the key follows from the status, the code is a number.</summary>
    [JsonStringEnumMemberName("cinder")]
    Cinder,

    /// <summary><c>{"error_msg","error_code","request_id"}</c>, from the gateway before the service is reached.</summary>
    [JsonStringEnumMemberName("gateway")]
    Gateway,

    /// <summary>Another service's error whose message holds this one as escaped JSON.</summary>
    [JsonStringEnumMemberName("escaped")]
    Escaped,

    /// <summary>The page of a proxy.</summary>
    [JsonStringEnumMemberName("html")]
    Html,

    /// <summary>Plain text.</summary>
    [JsonStringEnumMemberName("text")]
    Text,

    /// <summary>No body.</summary>
    [JsonStringEnumMemberName("empty")]
    Empty,
}

/// <summary>Writes errors in their shapes.</summary>
internal static class ErrorBodies
{
    private const string GatewayPrefix = "APIG";

    /// <summary>The gateway refuses in its own shape, whatever API was asked for.</summary>
    public static Answer Of(Refusal refusal, ErrorShape shapeOfApi, string requestId) =>
        In(refusal.Code.StartsWith(GatewayPrefix, StringComparison.Ordinal) ? ErrorShape.Gateway : shapeOfApi, refusal, requestId);

    /// <summary>Writes an error in exactly this shape.</summary>
    public static Answer In(ErrorShape shape, Refusal refusal, string requestId) => shape switch
    {
        ErrorShape.Nested => Answer.Json(refusal.Status, json =>
        {
            json.WriteStartObject();
            WriteInner(json, "error", refusal);
            json.WriteEndObject();
        }),
        ErrorShape.Flat => Flat(refusal, "error_code", "error_msg", null),
        ErrorShape.CodeMessage => Flat(refusal, "code", "message", null),
        ErrorShape.Cinder => Answer.Json(refusal.Status, json =>
        {
            json.WriteStartObject();
            json.WriteStartObject(CinderKey(refusal.Status));
            json.WriteString("message", refusal.Message);
            json.WriteNumber("code", refusal.Status);
            json.WriteEndObject();
            json.WriteEndObject();
        }),
        ErrorShape.Gateway => Flat(refusal, "error_code", "error_msg", requestId),
        ErrorShape.Escaped => Escaped(refusal),
        ErrorShape.Html => Answer.Text(
            refusal.Status,
            $"<html>\r\n<head><title>{refusal.Status} {refusal.Message}</title></head>\r\n<body>\r\n<center><h1>{refusal.Status} {refusal.Message}</h1></center>\r\n</body>\r\n</html>\r\n",
            "text/html"),
        ErrorShape.Text => Answer.Text(refusal.Status, refusal.Message, "text/plain"),
        ErrorShape.Empty => Answer.Empty(refusal.Status),
        _ => throw new ArgumentOutOfRangeException(nameof(shape), shape, "not a shape of errors"),
    };

    private static Answer Flat(Refusal refusal, string codeName, string messageName, string? requestId) => Answer.Json(refusal.Status, json =>
    {
        json.WriteStartObject();
        json.WriteString(messageName, refusal.Message);
        json.WriteString(codeName, refusal.Code);
        if (requestId is not null)
        {
            json.WriteString("request_id", requestId);
        }

        json.WriteEndObject();
    });

    private static Answer Escaped(Refusal refusal)
    {
        var inner = In(ErrorShape.Nested, refusal, "");
        var text = Encoding.UTF8.GetString(inner.Body.Span);
        return In(ErrorShape.Nested, new Refusal(refusal.Status, "Ecs.0025", $"The volume service refused the request: {text}"), "");
    }

    private static void WriteInner(Utf8JsonWriter json, string name, Refusal refusal)
    {
        json.WriteStartObject(name);
        json.WriteString("message", refusal.Message);
        json.WriteString("code", refusal.Code);
        json.WriteEndObject();
    }

    private static string CinderKey(int status) => status switch
    {
        400 => "badRequest",
        401 => "unauthorized",
        403 => "forbidden",
        404 => "itemNotFound",
        409 => "conflictingRequest",
        413 or 429 => "overLimit",
        501 => "notImplemented",
        503 => "serviceUnavailable",
        _ => "computeFault",
    };
}
