using PulumiEvs.Harness;
using PulumiEvs.Resources.Values;

namespace PulumiEvs.Tests.Functional.Configuration;

/// <summary>One way to get the configuration wrong, and the whole of what the user is told.</summary>
internal sealed record Misconfiguration(string What)
{
    /// <summary>The configuration; <c>CLOUD</c>, <c>TLS</c>, <c>CLOSED</c> and <c>HOME</c> stand for what differs from run to run.</summary>
    public (string Key, PropertyValue Value)[] Configuration { get; init; } = [];

    public (string Name, string Value)[] Variables { get; init; } = [];

    /// <summary>By path within the home folder.</summary>
    public (string Path, string Text)[] Files { get; init; } = [];

    /// <summary>What the cloud is like, as a set-up of the local EVS.</summary>
    public string? SetUp { get; init; }

    /// <summary>A fault of the local EVS.</summary>
    public string? Fault { get; init; }

    public required string Message { get; init; }

    /// <summary>A configuration that works, with changes; null takes a key out.</summary>
    public static (string, PropertyValue)[] Good(params (string Key, PropertyValue Value)[] changes) =>
    [
        .. PropertyMap.Of(
                ("endpoint", "CLOUD"),
                ("region", "local-1"),
                ("accessKey", SimulatorProcess.AccessKey),
                ("secretKey", SimulatorProcess.SecretKey),
                ("metadataEndpoint", "CLOSED"),
                ("maxRetries", 0))
            .With(PropertyMap.Of(changes)).WithoutNulls().Select(entry => (entry.Key, entry.Value)),
    ];

    /// <summary>As <see cref="Good"/>, without any credentials in the configuration.</summary>
    public static (string, PropertyValue)[] Bare(params (string Key, PropertyValue Value)[] changes) =>
        Good([("accessKey", PropertyValue.Null.Instance), ("secretKey", PropertyValue.Null.Instance), .. changes]);
}
