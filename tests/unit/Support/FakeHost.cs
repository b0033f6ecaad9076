using PulumiEvs.Evs.Auth.Sources;

namespace PulumiEvs.Tests.Unit.Support;

/// <summary>A machine with just these variables and files.</summary>
internal sealed class FakeHost
{
    public Dictionary<string, string> Variables { get; init; } = [];

    /// <summary>By path; null for a file that cannot be read.</summary>
    public Dictionary<string, string?> Files { get; init; } = [];

    public Host Host => new(
        name => Variables.GetValueOrDefault(name),
        path => !Files.TryGetValue(path, out var text) ? null : text ?? throw new UnauthorizedAccessException("Access to the path is denied."),
        "/home/u")
    {
        FileExists = Files.ContainsKey,
        Programs = "/opt/evs",
    };
}
