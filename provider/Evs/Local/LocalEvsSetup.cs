namespace PulumiEvs.Evs.Local;

/// <summary>One local EVS of this user, shared by all processes: which program it is, and where it keeps what it has.</summary>
internal sealed record LocalEvsSetup
{
    /// <summary>What the program is called, without a suffix.</summary>
    public const string ProgramName = "evs-simulator";

    /// <summary>The path of the program.</summary>
    public required string Program { get; init; }

    /// <summary>The folder that is this local EVS's own.</summary>
    public required string Folder { get; init; }

    public required string Region { get; init; }

    /// <summary>How long it goes on without being used, as the program's option wants it.</summary>
    public string IdleExit { get; init; } = "30s";

    /// <summary>How often an EVS that is in use is told so: well within <see cref="IdleExit"/>.</summary>
    public TimeSpan UsePeriod { get; init; } = TimeSpan.FromSeconds(10);

    public string StateFile => Path.Combine(Folder, "state.json");

    /// <summary>Has the address while the program runs.</summary>
    public string UrlFile => Path.Combine(Folder, "url");

    public string LogFile => Path.Combine(Folder, "log");

    /// <summary>Held by the one process that starts the program.</summary>
    public string StartLock => Path.Combine(Folder, "start.lock");

    public IEnumerable<string> Arguments =>
    [
        "--region", Region,
        "--project-id", LocalAccount.ProjectId,
        "--access-key", LocalAccount.AccessKey,
        "--secret-key", LocalAccount.SecretKey,
        "--state", StateFile,
        // One that is about to end holds its state for a moment longer than its address.
        "--state-wait", "10s",
        "--url-file", UrlFile,
        "--log", LogFile,
        "--idle-exit", IdleExit,
        "--detach",
    ];

    public string NotThere => $"the file {Program} does not exist";

    /// <summary>What to do then, as a sentence.</summary>
    public const string Remedy = "The plugin looks for it beside itself: install both from the same release, or run `make build`, which puts both into ./bin.";

    /// <summary>The program's path in a folder.</summary>
    public static string ProgramIn(string folder) => Path.Combine(folder, OperatingSystem.IsWindows() ? ProgramName + ".exe" : ProgramName);
}
