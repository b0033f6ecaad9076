namespace PulumiEvs.Generator.Schema;

/// <summary>The type of a property as the schema writes it.</summary>
internal abstract record SchemaType
{
    private SchemaType()
    {
    }

    internal sealed record Text : SchemaType;

    internal sealed record Boolean : SchemaType;

    internal sealed record Integer : SchemaType;

    internal sealed record Number : SchemaType;

    internal sealed record Any : SchemaType;

    internal sealed record List(SchemaType Item) : SchemaType;

    internal sealed record Map(SchemaType Value) : SchemaType;

    /// <summary>An object type of the package.</summary>
    internal sealed record Named(string Token) : SchemaType;

    /// <summary>One of the strings of an enum.</summary>
    internal sealed record Choice(string Token) : SchemaType;

    /// <summary>A string of an enum, or any other string.</summary>
    internal sealed record OpenChoice(string Token) : SchemaType;

    /// <summary>A value of one of two types.</summary>
    internal sealed record Either(SchemaType First, SchemaType Second) : SchemaType;
}
