namespace Pulumi;

/// <summary>Something that a stack consists of.</summary>
public class Resource
{
    private protected Resource() => throw ReferenceOnly.Exception;

    /// <summary>The name by which the engine knows it.</summary>
    public Output<string> Urn { get; private protected set; } = null!;

    public string GetResourceType() => throw ReferenceOnly.Exception;

    public string GetResourceName() => throw ReferenceOnly.Exception;
}

/// <summary>A resource that a provider creates, reads, updates and deletes.</summary>
public class CustomResource : Resource
{
    public CustomResource(string type, string name, ResourceArgs? args, CustomResourceOptions? options = null) => throw ReferenceOnly.Exception;

    /// <summary>The id that the provider gave it.</summary>
    public Output<string> Id { get; private protected set; } = null!;
}

/// <summary>A configured provider, for the resources that shall not use the stack's default one.</summary>
public class ProviderResource : CustomResource
{
    public ProviderResource(string package, string name, ResourceArgs args, CustomResourceOptions? options = null)
        : base(package, name, args, options) => throw ReferenceOnly.Exception;
}

/// <summary>A group of resources under one name.</summary>
public class ComponentResource : Resource
{
    public ComponentResource(string type, string name, ComponentResourceOptions? options = null) => throw ReferenceOnly.Exception;

    public ComponentResource(string type, string name, ResourceArgs? args, ComponentResourceOptions? options = null, bool remote = false) =>
        throw ReferenceOnly.Exception;

    protected void RegisterOutputs() => throw ReferenceOnly.Exception;

    protected void RegisterOutputs(IDictionary<string, object?> outputs) => throw ReferenceOnly.Exception;
}
