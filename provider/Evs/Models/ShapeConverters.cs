using System.Text.Json;
using System.Text.Json.Serialization;

namespace PulumiEvs.Evs.Models;

// Values that come in more than one shape, or whose field names are data.

/// <summary>A figure as <c>{frozened, id, total_val}</c>, or the bare number.</summary>
internal sealed class QosValueConverter : JsonConverter<QosValue>
{
    public override QosValue? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var value = document.RootElement;
        if (value.ValueKind != JsonValueKind.Object)
        {
            return new QosValue { TotalVal = value.Deserialize(EvsJson.Default.NullableInt32) };
        }

        return new QosValue
        {
            TotalVal = Field(value, "total_val")?.Deserialize(EvsJson.Default.NullableInt32),
            Frozened = Field(value, "frozened")?.Deserialize(EvsJson.Default.NullableBoolean),
            Id = Field(value, "id")?.Deserialize(EvsJson.Default.String),
            VolumeId = Field(value, "volume_id")?.Deserialize(EvsJson.Default.String),
        };
    }

    public override void Write(Utf8JsonWriter writer, QosValue value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        if (value.TotalVal is { } total)
        {
            writer.WriteNumber("total_val", total);
        }

        if (value.Frozened is { } frozened)
        {
            writer.WriteBoolean("frozened", frozened);
        }

        if (value.Id is { } id)
        {
            writer.WriteString("id", id);
        }

        if (value.VolumeId is { } volumeId)
        {
            writer.WriteString("volume_id", volumeId);
        }

        writer.WriteEndObject();
    }

    private static JsonElement? Field(JsonElement value, string name) => value.TryGetProperty(name, out var field) ? field : null;
}

/// <summary>The <c>error</c> of a job query: an object, or its text alone as the older documents have it.</summary>
internal sealed class JobErrorConverter : JsonConverter<JobError>
{
    public override JobError? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var value = document.RootElement;
        if (value.ValueKind != JsonValueKind.Object)
        {
            var text = value.Deserialize(EvsJson.Default.String);
            return string.IsNullOrEmpty(text) ? null : new JobError { Message = text };
        }

        return new JobError
        {
            Code = value.TryGetProperty("code", out var code) ? code.Deserialize(EvsJson.Default.String) : null,
            Message = value.TryGetProperty("message", out var message) ? message.Deserialize(EvsJson.Default.String) : null,
        };
    }

    public override void Write(Utf8JsonWriter writer, JobError value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("code", value.Code);
        writer.WriteString("message", value.Message);
        writer.WriteEndObject();
    }
}

/// <summary>Every field of the set that is an object is a quota of that name.</summary>
internal sealed class QuotaSetConverter : JsonConverter<QuotaSet>
{
    public override QuotaSet? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw new JsonException($"expected a set of quotas, found {document.RootElement.ValueKind}");
        }

        string? id = null;
        var quotas = new Dictionary<string, Quota>(StringComparer.Ordinal);
        foreach (var property in document.RootElement.EnumerateObject())
        {
            if (property.Value.ValueKind == JsonValueKind.Object)
            {
                quotas[property.Name] = new Quota
                {
                    InUse = Number(property.Value, "in_use"),
                    Limit = Number(property.Value, "limit"),
                    Reserved = Number(property.Value, "reserved"),
                };
            }
            else if (property.NameEquals("id"))
            {
                id = property.Value.Deserialize(EvsJson.Default.String);
            }
            else if (property.Value.ValueKind == JsonValueKind.Number)
            {
                // Without usage the service answers with the limits alone.
                quotas[property.Name] = new Quota { Limit = Whole(property.Value) };
            }
        }

        return new QuotaSet { Id = id, Quotas = quotas };
    }

    public override void Write(Utf8JsonWriter writer, QuotaSet value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("id", value.Id);
        foreach (var (name, quota) in value.Quotas)
        {
            writer.WriteStartObject(name);
            writer.WriteNumber("in_use", quota.InUse);
            writer.WriteNumber("limit", quota.Limit);
            writer.WriteNumber("reserved", quota.Reserved);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static long Number(JsonElement quota, string name) =>
        quota.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? Whole(value) : 0;

    private static long Whole(JsonElement number) =>
        number.TryGetInt64(out var whole) ? whole : throw new JsonException($"expected a whole number, found {number.GetRawText()}");
}
