using EvsSimulator.Core.Catalog;
using EvsSimulator.Faults;
using EvsSimulator.Http.Local;

namespace EvsSimulator.Options;

/// <summary>What the program was started with.</summary>
internal sealed record SimulatorOptions
{
    public required int Port { get; init; }

    public string? StateFile { get; init; }

    /// <summary>How long to wait for another process to let go of the state file.</summary>
    public TimeSpan StateWait { get; init; }

    /// <summary>A file that trouble is written to, besides the error output.</summary>
    public string? LogFile { get; init; }

    /// <summary>Leave the session of whoever started the program.</summary>
    public bool Detach { get; init; }

    /// <summary>A file that holds the address while the program runs.</summary>
    public string? UrlFile { get; init; }

    /// <summary>Null: another one each time.</summary>
    public ulong? Seed { get; init; }

    public required CloudProfile Cloud { get; init; }

    public required string Region { get; init; }

    public required string ProjectId { get; init; }

    public required string AccessKey { get; init; }

    public required string SecretKey { get; init; }

    public required string Token { get; init; }

    public required string UserName { get; init; }

    public required string Password { get; init; }

    public required string DomainName { get; init; }

    /// <summary>Set-ups in the order in which they apply: the file, then the single options.</summary>
    public required IReadOnlyList<ConfigDocument> Configs { get; init; }

    public required IReadOnlyList<FaultSpec> Faults { get; init; }

    public required int RequestLog { get; init; }

    public TimeSpan? IdleExit { get; init; }
}
