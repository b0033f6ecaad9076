namespace Pulumi;

/// <summary>What the engine shall do with a resource, beside its inputs.</summary>
public abstract class ResourceOptions
{
    private protected ResourceOptions() => throw ReferenceOnly.Exception;

    public Input<string>? Id { get; set; }

    public Resource? Parent { get; set; }

    public InputList<Resource> DependsOn { get; set; } = null!;

    public bool? Protect { get; set; }

    public List<string> IgnoreChanges { get; set; } = null!;

    public string? Version { get; set; }

    public ProviderResource? Provider { get; set; }

    public CustomTimeouts? CustomTimeouts { get; set; }

    public List<Input<Alias>> Aliases { get; set; } = null!;

    public string? Urn { get; set; }

    public List<string> ReplaceOnChanges { get; set; } = null!;

    public string? PluginDownloadURL { get; set; }

    public bool? RetainOnDelete { get; set; }

    public Resource? DeletedWith { get; set; }
}

/// <summary>Options of a resource that a provider manages.</summary>
public sealed class CustomResourceOptions : ResourceOptions
{
    public bool? DeleteBeforeReplace { get; set; }

    public List<string> AdditionalSecretOutputs { get; set; } = null!;

    /// <summary>Id of an existing thing that becomes this resource.</summary>
    public string? ImportId { get; set; }

    public static CustomResourceOptions Merge(CustomResourceOptions? options1, CustomResourceOptions? options2) => throw ReferenceOnly.Exception;
}

/// <summary>Options of a component.</summary>
public sealed class ComponentResourceOptions : ResourceOptions
{
    /// <summary>Providers for the resources within.</summary>
    public List<ProviderResource> Providers { get; set; } = null!;
}

/// <summary>How long operations may take; null leaves it to the provider.</summary>
public sealed class CustomTimeouts
{
    public TimeSpan? Create { get; set; }

    public TimeSpan? Update { get; set; }

    public TimeSpan? Delete { get; set; }
}

/// <summary>A former name, type or parent of a resource, so that a renamed one is not replaced.</summary>
public sealed class Alias
{
    public string? Urn { get; set; }

    public Input<string>? Name { get; set; }

    public Input<string>? Type { get; set; }
}
