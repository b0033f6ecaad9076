namespace Pulumi;

/// <summary>How a function is called.</summary>
public class InvokeOptions
{
    public Resource? Parent { get; set; }

    public ProviderResource? Provider { get; set; }

    public string? Version { get; set; }

    public string? PluginDownloadURL { get; set; }
}

/// <summary>How a function is called whose result is an output: it can wait for resources.</summary>
public class InvokeOutputOptions : InvokeOptions
{
    public InputList<Resource> DependsOn { get; set; } = null!;
}
