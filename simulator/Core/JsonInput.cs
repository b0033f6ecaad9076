using System.Collections.Immutable;
using System.Text.Json;
using EvsSimulator.Core.Errors;

namespace EvsSimulator.Core;

/// <summary>
/// Reads members of a request's JSON object with the types the API reference gives them. The first member of another type
/// is kept as the refusal; a missing member and a JSON null are the same.
/// </summary>
internal ref struct JsonInput(JsonElement json)
{
    private readonly JsonElement json = json;

    public Refusal? Refusal { get; private set; }

    public readonly bool Has(string name) => TryFind(name, out _);

    public string? Text(string name)
    {
        if (!TryFind(name, out var value))
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.String ? value.GetString() : Refuse<string>();
    }

    public bool? Flag(string name)
    {
        if (!TryFind(name, out var value))
        {
            return null;
        }

        return value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => Refuse<bool?>(),
        };
    }

    /// <summary>A whole number; a decimal loses its fraction, as the API reference says.</summary>
    public int? Number(string name)
    {
        if (!TryFind(name, out var value))
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && Math.Abs(number) < int.MaxValue
            ? (int)number
            : Refuse<int?>();
    }

    /// <summary>An object with text values.</summary>
    public ImmutableSortedDictionary<string, string>? Texts(string name)
    {
        if (!TryFind(name, out var value))
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            return Refuse<ImmutableSortedDictionary<string, string>>();
        }

        var texts = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
        {
            if (member.Value.ValueKind != JsonValueKind.String)
            {
                return Refuse<ImmutableSortedDictionary<string, string>>();
            }

            texts[member.Name] = member.Value.GetString()!;
        }

        return texts.ToImmutable();
    }

    public readonly bool TryFind(string name, out JsonElement value)
    {
        value = default;
        return json.ValueKind == JsonValueKind.Object
            && json.TryGetProperty(name, out value)
            && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined);
    }

    private T? Refuse<T>()
    {
        Refusal ??= Refusal.Of("EVS.1018");
        return default;
    }
}
