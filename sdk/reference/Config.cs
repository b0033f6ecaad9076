namespace Pulumi;

/// <summary>Reads a stack's configuration.</summary>
public sealed class Config
{
    /// <param name="name">The namespace of the keys; null is the project's.</param>
    public Config(string? name = null) => throw ReferenceOnly.Exception;

    public string? Get(string key) => throw ReferenceOnly.Exception;

    public bool? GetBoolean(string key) => throw ReferenceOnly.Exception;

    public int? GetInt32(string key) => throw ReferenceOnly.Exception;

    public double? GetDouble(string key) => throw ReferenceOnly.Exception;

    [return: System.Diagnostics.CodeAnalysis.MaybeNull]
    public T GetObject<T>(string key) => throw ReferenceOnly.Exception;

    public Output<string>? GetSecret(string key) => throw ReferenceOnly.Exception;

    public string Require(string key) => throw ReferenceOnly.Exception;

    public bool RequireBoolean(string key) => throw ReferenceOnly.Exception;

    public int RequireInt32(string key) => throw ReferenceOnly.Exception;

    public T RequireObject<T>(string key) => throw ReferenceOnly.Exception;

    public Output<string> RequireSecret(string key) => throw ReferenceOnly.Exception;
}
