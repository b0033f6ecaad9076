namespace Pulumi;

/// <summary>A bag of inputs.</summary>
public abstract class InputArgs
{
    protected InputArgs() => throw ReferenceOnly.Exception;
}

/// <summary>The inputs of a resource.</summary>
public abstract class ResourceArgs : InputArgs
{
    /// <summary>No inputs at all.</summary>
    public static readonly ResourceArgs Empty = null!;
}

/// <summary>The arguments of a function.</summary>
public abstract class InvokeArgs : InputArgs
{
    /// <summary>No arguments at all.</summary>
    public static readonly InvokeArgs Empty = null!;
}
