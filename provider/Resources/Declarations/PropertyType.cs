namespace PulumiEvs.Resources.Declarations;

/// <summary>The type of a property, as the package schema knows types.</summary>
internal abstract record PropertyType
{
    private PropertyType()
    {
    }

    public static readonly PropertyType String = new Text();
    public static readonly PropertyType Bool = new Boolean();
    public static readonly PropertyType Int = new Integer();
    public static readonly PropertyType StringMap = new Map(new Text());
    public static readonly PropertyType StringList = new List(new Text());

    /// <summary>What a value of this type is called in a message.</summary>
    public string Expected => this switch
    {
        Text => "a string",
        Boolean => "true or false",
        Integer => "a whole number",
        Number => "a number",
        List => "a list",
        Map or Object => "an object",
        Choice { IsOpen: true } => "a string",
        Choice choice => "one of " + string.Join(", ", choice.Enum.Values.Select(value => value.Value)),
        Any => "anything",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    internal sealed record Text : PropertyType;

    internal sealed record Boolean : PropertyType;

    internal sealed record Integer : PropertyType;

    internal sealed record Number : PropertyType;

    internal sealed record Any : PropertyType;

    internal sealed record List(PropertyType Item) : PropertyType;

    internal sealed record Map(PropertyType Value) : PropertyType;

    internal sealed record Object(ObjectDeclaration Declaration) : PropertyType;

    /// <param name="IsOpen">True: the service may know more values than we do, so any string is accepted.</param>
    internal sealed record Choice(EnumDeclaration Enum, bool IsOpen) : PropertyType;
}
