using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace PulumiEvs.Resources.Values;

/// <summary>
/// An immutable map of property names to values, compared by content. The order of entries carries no meaning:
/// the protocol's structs have none.
/// </summary>
internal sealed class PropertyMap : IReadOnlyDictionary<string, PropertyValue>, IEquatable<PropertyMap>
{
    public static readonly PropertyMap Empty = new(new Dictionary<string, PropertyValue>(0, StringComparer.Ordinal));

    private readonly Dictionary<string, PropertyValue> _entries;

    private PropertyMap(Dictionary<string, PropertyValue> entries) => _entries = entries;

    public int Count => _entries.Count;

    public IEnumerable<string> Keys => _entries.Keys;

    public IEnumerable<PropertyValue> Values => _entries.Values;

    /// <summary>The value under <paramref name="key"/>; <see cref="PropertyValue.Null"/> when there is none: null and absent are the same.</summary>
    public PropertyValue this[string key] => _entries.TryGetValue(key, out var value) ? value : PropertyValue.Null.Instance;

    PropertyValue IReadOnlyDictionary<string, PropertyValue>.this[string key] => _entries[key];

    public static PropertyMap Of(params ReadOnlySpan<(string Key, PropertyValue Value)> entries)
    {
        var builder = new Builder(entries.Length);
        foreach (var (key, value) in entries)
        {
            builder.Set(key, value);
        }

        return builder.Build();
    }

    public static PropertyMap From(IEnumerable<KeyValuePair<string, PropertyValue>> entries)
    {
        var builder = new Builder();
        foreach (var (key, value) in entries)
        {
            builder.Set(key, value);
        }

        return builder.Build();
    }

    public bool ContainsKey(string key) => _entries.ContainsKey(key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out PropertyValue value) => _entries.TryGetValue(key, out value);

    /// <summary>This map with <paramref name="key"/> set to <paramref name="value"/>.</summary>
    public PropertyMap With(string key, PropertyValue value) => ToBuilder().Set(key, value).Build();

    /// <summary>This map without <paramref name="key"/>.</summary>
    public PropertyMap Without(string key) => _entries.ContainsKey(key) ? ToBuilder().Remove(key).Build() : this;

    /// <summary>This map with every entry of <paramref name="other"/> set over it.</summary>
    public PropertyMap With(PropertyMap other)
    {
        var builder = ToBuilder();
        foreach (var (key, value) in other._entries)
        {
            builder.Set(key, value);
        }

        return builder.Build();
    }

    /// <summary>This map without entries that are null, at the top level.</summary>
    public PropertyMap WithoutNulls() =>
        _entries.Values.Any(value => value.IsAbsent) ? From(_entries.Where(entry => !entry.Value.IsAbsent)) : this;

    public Builder ToBuilder()
    {
        var builder = new Builder(_entries.Count + 4);
        foreach (var (key, value) in _entries)
        {
            builder.Set(key, value);
        }

        return builder;
    }

    public Dictionary<string, PropertyValue>.Enumerator GetEnumerator() => _entries.GetEnumerator();

    IEnumerator<KeyValuePair<string, PropertyValue>> IEnumerable<KeyValuePair<string, PropertyValue>>.GetEnumerator() => _entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _entries.GetEnumerator();

    public bool Equals(PropertyMap? other)
    {
        if (ReferenceEquals(this, other))
        {
            return true;
        }

        if (other is null || other.Count != Count)
        {
            return false;
        }

        foreach (var (key, value) in _entries)
        {
            if (!other._entries.TryGetValue(key, out var theirs) || !value.Equals(theirs))
            {
                return false;
            }
        }

        return true;
    }

    public override bool Equals(object? obj) => Equals(obj as PropertyMap);

    public override int GetHashCode()
    {
        // Order-free, as equality is.
        var hash = _entries.Count;
        foreach (var (key, value) in _entries)
        {
            hash ^= HashCode.Combine(key, value);
        }

        return hash;
    }

    public override string ToString() => PropertyValueText.Describe(this);

    /// <summary>Collects entries for one map. Not to be used again after <see cref="Build"/>.</summary>
    internal sealed class Builder(int capacity = 8)
    {
        private Dictionary<string, PropertyValue>? _entries = new(capacity, StringComparer.Ordinal);

        private Dictionary<string, PropertyValue> Entries =>
            _entries ?? throw new InvalidOperationException("A property map builder was used after Build.");

        public Builder Set(string key, PropertyValue value)
        {
            Entries[key] = value;
            return this;
        }

        /// <summary>Sets the entry only when the value is there: an absent output is left out, not null.</summary>
        public Builder SetIfPresent(string key, PropertyValue? value) => value is null || value.IsAbsent ? this : Set(key, value);

        public Builder Remove(string key)
        {
            Entries.Remove(key);
            return this;
        }

        public PropertyMap Build()
        {
            var built = Entries;
            _entries = null;
            return built.Count == 0 ? Empty : new PropertyMap(built);
        }
    }
}
