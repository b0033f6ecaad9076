namespace Pulumi;

/// <summary>Marks a property that is filled from an output of the resource.</summary>
/// <param name="name">The name on the wire.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OutputAttribute(string? name = null) : Attribute
{
    public string? Name { get; } = name;
}

/// <summary>Marks a property or field that is sent as an input.</summary>
/// <param name="name">The name on the wire.</param>
/// <param name="required">Whether it must be set.</param>
/// <param name="json">Whether it is sent as a string that holds JSON, which is how providers take their configuration.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class InputAttribute(string name, bool required = false, bool json = false) : Attribute
{
    internal (string Name, bool Required, bool Json) Declared { get; } = (name, required, json);
}

/// <summary>Marks a class whose values are read from outputs.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OutputTypeAttribute : Attribute;

/// <summary>Marks the constructor that builds a value from outputs; its parameters have the names on the wire.</summary>
[AttributeUsage(AttributeTargets.Constructor)]
public sealed class OutputConstructorAttribute : Attribute;

/// <summary>Gives a parameter of an output constructor another name on the wire.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class OutputConstructorParameterAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}

/// <summary>Marks a struct that stands for one of a set of strings or numbers.</summary>
[AttributeUsage(AttributeTargets.Struct)]
public sealed class EnumTypeAttribute : Attribute;

/// <summary>Ties a class to a resource type of a version of a package.</summary>
[AttributeUsage(AttributeTargets.Class)]
public class ResourceTypeAttribute(string type, string? version) : Attribute
{
    public string Type { get; } = type;

    public string? Version { get; } = version;
}
