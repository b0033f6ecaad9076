using System.Collections.Immutable;
using System.Diagnostics;

namespace PulumiEvs.Resources.Values;

/// <summary>
/// One value of a property as the Pulumi engine knows it: JSON-like data plus secrets, unknowns, outputs, references,
/// assets and byte strings. Immutable and compared by content.
/// </summary>
internal abstract record PropertyValue
{
    private PropertyValue()
    {
    }

    /// <summary>True for null, which is the same as the property not being there.</summary>
    public bool IsAbsent => this is Null;

    public static implicit operator PropertyValue(string? value) => value is null ? Null.Instance : new Text(value);

    public static implicit operator PropertyValue(bool value) => value ? Bool.True : Bool.False;

    public static implicit operator PropertyValue(double value) => new Number(value);

    public static implicit operator PropertyValue(PropertyMap value) => new Map(value);

    /// <summary>
    /// The value below secret marks and known outputs, at this level only. An output without a value is an unknown.
    /// Comparisons and rules look at this: being secret is no difference.
    /// </summary>
    public PropertyValue Bare
    {
        get
        {
            var value = this;
            while (true)
            {
                switch (value)
                {
                    case Secret secret:
                        value = secret.Value;
                        break;
                    case Output { Value: { } inner }:
                        value = inner;
                        break;
                    case Output:
                        return Unknown.Plain;
                    default:
                        return value;
                }
            }
        }
    }

    /// <summary>True when this value itself is unknown (looking through secret marks and outputs).</summary>
    public bool IsUnknown => Bare is Unknown;

    /// <summary>True when this value or anything in it is unknown.</summary>
    public bool HasUnknown => Bare switch
    {
        Unknown => true,
        List list => list.Items.Any(item => item.HasUnknown),
        Map map => map.Entries.Values.Any(entry => entry.HasUnknown),
        ResourceReference { Id: { } id } => id.HasUnknown,
        Archive { Assets: { } assets } => assets.Values.Any(asset => asset.HasUnknown),
        _ => false,
    };

    /// <summary>True when this value itself is marked secret.</summary>
    public bool IsSecret => this switch
    {
        Secret => true,
        Output { IsMarkedSecret: true } => true,
        Output { Value: { } inner } => inner.IsSecret,
        _ => false,
    };

    /// <summary>True when this value or anything in it is marked secret.</summary>
    public bool HasSecret => IsSecret || Bare switch
    {
        List list => list.Items.Any(item => item.HasSecret),
        Map map => map.Entries.Values.Any(entry => entry.HasSecret),
        ResourceReference { Id: { } id } => id.HasSecret,
        Archive { Assets: { } assets } => assets.Values.Any(asset => asset.HasSecret),
        _ => false,
    };

    /// <summary>This value with every secret mark and output wrapper taken off, at every level.</summary>
    public PropertyValue Unmarked() => Bare switch
    {
        List list => new List([.. list.Items.Select(item => item.Unmarked())]),
        Map map => new Map(PropertyMap.From(map.Entries.Select(entry => KeyValuePair.Create(entry.Key, entry.Value.Unmarked())))),
        var bare => bare,
    };

    /// <summary>This value marked secret (once).</summary>
    public PropertyValue AsSecret() => IsSecret ? this : new Secret(this);

    /// <summary>What kind of value this is, in words a user knows: "a string", "a number".</summary>
    public string KindName => Bare switch
    {
        Null => "nothing",
        Bool => "a boolean",
        Number => "a number",
        Text => "a string",
        List => "a list",
        Map => "an object",
        Unknown => "a value not known yet",
        ResourceReference => "a resource",
        Asset => "an asset",
        Archive => "an archive",
        ByteString => "a byte string",
        _ => throw new UnreachableException(),
    };

    public sealed override string ToString() => PropertyValueText.Describe(this);

    internal sealed record Null : PropertyValue
    {
        public static readonly Null Instance = new();

        private Null()
        {
        }
    }

    internal sealed record Bool(bool Value) : PropertyValue
    {
        public static readonly Bool True = new(true);
        public static readonly Bool False = new(false);
    }

    /// <summary>A double, as on the wire: integers from 2^53 on lose bits.</summary>
    internal sealed record Number(double Value) : PropertyValue;

    internal sealed record Text(string Value) : PropertyValue;

    internal sealed record List(ImmutableArray<PropertyValue> Items) : PropertyValue
    {
        public bool Equals(List? other) => other is not null && Items.AsSpan().SequenceEqual(other.Items.AsSpan());

        public override int GetHashCode()
        {
            var hash = default(HashCode);
            foreach (var item in Items)
            {
                hash.Add(item);
            }

            return hash.ToHashCode();
        }
    }

    internal sealed record Map(PropertyMap Entries) : PropertyValue;

    internal sealed record Secret(PropertyValue Value) : PropertyValue;

    /// <summary>A value that only the real run will know.</summary>
    internal sealed record Unknown(UnknownKind Kind) : PropertyValue
    {
        /// <summary>The string kind: by far the commonest, and fine at any place when returned.</summary>
        public static readonly Unknown Plain = new(UnknownKind.Text);
    }

    /// <summary>An output with its dependencies. <paramref name="Value"/> null = not known yet.</summary>
    internal sealed record Output(PropertyValue? Value, bool IsMarkedSecret, ImmutableArray<string> Dependencies) : PropertyValue
    {
        public bool Equals(Output? other) =>
            other is not null
            && Equals(Value, other.Value)
            && IsMarkedSecret == other.IsMarkedSecret
            && Dependencies.AsSpan().SequenceEqual(other.Dependencies.AsSpan());

        public override int GetHashCode() => HashCode.Combine(Value, IsMarkedSecret, Dependencies.Length);
    }

    /// <summary>A reference to another resource. <paramref name="Id"/>: null = none given, an <see cref="Unknown"/> or a <see cref="Text"/>.</summary>
    internal sealed record ResourceReference(
        string Urn, PropertyValue? Id, string? PackageVersion, string? ResourceName = null, string? ResourceType = null) : PropertyValue;

    /// <summary>An asset: its hash and at most one of text, path, URI. Contents may be left out by the engine.</summary>
    internal sealed record Asset(string? Hash, string? Content, string? Path, string? Uri) : PropertyValue;

    /// <summary>An archive: its hash and at most one of assets, path, URI.</summary>
    internal sealed record Archive(string? Hash, PropertyMap? Assets, string? Path, string? Uri) : PropertyValue;

    internal sealed record ByteString(ImmutableArray<byte> Bytes) : PropertyValue
    {
        public bool Equals(ByteString? other) => other is not null && Bytes.AsSpan().SequenceEqual(other.Bytes.AsSpan());

        public override int GetHashCode()
        {
            var hash = default(HashCode);
            hash.AddBytes(Bytes.AsSpan());
            return hash.ToHashCode();
        }
    }
}
