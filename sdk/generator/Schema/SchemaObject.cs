using System.Text.Json;

namespace PulumiEvs.Generator.Schema;

/// <summary>
/// An object of the schema that remembers what was asked of it. A member that nobody asked for ends the generation: better no SDK
/// than one that silently lacks a feature.
/// </summary>
internal sealed class SchemaObject
{
    private readonly Dictionary<string, JsonElement> _members;
    private readonly HashSet<string> _unread;

    public SchemaObject(JsonElement element, string path)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new SchemaException(path, $"an object was expected, not {element.ValueKind}");
        }

        Path = path;
        _members = element.EnumerateObject().ToDictionary(member => member.Name, member => member.Value, StringComparer.Ordinal);
        _unread = [.. _members.Keys];
    }

    public string Path { get; }

    public bool Has(string name) => _members.ContainsKey(name);

    public JsonElement? Find(string name)
    {
        _unread.Remove(name);
        return _members.TryGetValue(name, out var value) ? value : null;
    }

    public string Text(string name) => FindText(name) ?? throw new SchemaException(Path, $"`{name}` is missing");

    public string? FindText(string name) => Find(name)?.GetString();

    public bool Flag(string name) => Find(name)?.GetBoolean() ?? false;

    public IReadOnlyList<string> Texts(string name) => [.. Items(name).Select(item => item.GetString()!)];

    public IEnumerable<JsonElement> Items(string name) => Find(name)?.EnumerateArray() ?? Enumerable.Empty<JsonElement>();

    public SchemaObject? FindObject(string name) => Find(name) is { } value ? new SchemaObject(value, $"{Path}/{name}") : null;

    /// <summary>The members of an object that is used as a map, in the order of the file.</summary>
    public IEnumerable<(string Name, SchemaObject Value)> Entries(string name) =>
        from member in Find(name)?.EnumerateObject() ?? Enumerable.Empty<JsonProperty>()
        select (member.Name, new SchemaObject(member.Value, $"{Path}/{name}/{member.Name}"));

    /// <summary>States that the generated code does not depend on these members.</summary>
    public void Skip(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            _unread.Remove(name);
        }
    }

    /// <summary>To be called when all has been read.</summary>
    public void Close()
    {
        if (_unread.Count > 0)
        {
            throw new SchemaException(Path, $"the generator does not know `{string.Join("`, `", _unread.Order(StringComparer.Ordinal))}`");
        }
    }
}
