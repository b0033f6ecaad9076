using PulumiEvs.Harness;

namespace PulumiEvs.Tests.Functional.Doctor;

/// <summary>A set-up that the doctor is to look at.</summary>
/// <param name="Arguments">Given the address of EVS.</param>
internal sealed record Setup(Func<string, string[]> Arguments)
{
    /// <summary>Changes to the good environment; null removes.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>A change to the local EVS, as its manual describes it.</summary>
    public string? Change { get; init; }

    /// <summary>What is at the address instead of a local EVS.</summary>
    public Func<IStandIn>? StandIn { get; init; }

    public int ExitCode { get; init; } = 1;
}

/// <summary>Something that is not EVS, at an address.</summary>
internal interface IStandIn : IAsyncDisposable
{
    string Url { get; }
}

/// <summary>The set-ups that the manual shows, by the names that it has for them.</summary>
internal static class Setups
{
    public const string WrongSecret = "not-the-secret-key";

    /// <summary>What a user has set who has everything right.</summary>
    public static readonly IReadOnlyDictionary<string, string?> Environment = new Dictionary<string, string?>
    {
        ["HW_ACCESS_KEY"] = SimulatorProcess.AccessKey,
        ["HW_SECRET_KEY"] = SimulatorProcess.SecretKey,
    };

    public static readonly string[] LocalEvs = ["--region", "eu-de", "--cloud", "opentelekomcloud"];

    public static readonly IReadOnlyDictionary<string, Setup> All = new Dictionary<string, Setup>
    {
        ["well"] = new(At) { ExitCode = 0 },
        ["json"] = new(url => [.. At(url), "--project-id", SimulatorProcess.ProjectId, "--json"]) { ExitCode = 0 },
        ["wrong secret key"] = new(At) { Environment = new Dictionary<string, string?> { ["HW_SECRET_KEY"] = WrongSecret } },
        ["unknown project"] = new(url => [.. At(url), "--project-id", "ffffffffffffffffffffffffffffffff"]),
        ["project that cannot be found"] = new(url => [.. At(url), "--project-name", "eu-de_storage"]),
        ["clock that is off"] = new(At) { Change = """{"clockOffsetSeconds": 2400}""" },
        ["unreachable endpoint"] = new(At) { StandIn = () => new ClosedPort() },
        ["untrusted certificate"] = new(At) { StandIn = () => new SelfSigned() },
        ["no permission"] = new(At)
        {
            Change = """{"users": [{"name": "local-user", "password": "local-password", "domain": "local-domain", "deny": ["listSnapshots*", "*tags*", "*Tags*"]}]}""",
        },
        ["missing region"] = new(_ => ["--cloud", "opentelekomcloud"]) { StandIn = () => new ClosedPort() },
        ["half a key pair"] = new(url => [.. At(url), "--project-id", SimulatorProcess.ProjectId, "--metadata-endpoint", "http://127.0.0.1:65535"])
        {
            Environment = new Dictionary<string, string?> { ["HW_SECRET_KEY"] = null },
        },
    };

    private static string[] At(string url) => ["--cloud", "opentelekomcloud", "--region", "eu-de", "--endpoint", url];
}
