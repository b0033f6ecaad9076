namespace PulumiEvs.Evs.Auth.Sources;

/// <summary>What the credential sources may see of the machine.</summary>
/// <param name="Variable">The value of an environment variable, or null.</param>
/// <param name="ReadFile">A file's text, null when there is no such file; throws an <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/> when it cannot be read.</param>
/// <param name="Home">The user's own folder, or null.</param>
internal sealed record Host(Func<string, string?> Variable, Func<string, string?> ReadFile, string? Home)
{
    /// <summary>Whether there is a file at a path.</summary>
    public Func<string, bool> FileExists { get; init; } = _ => false;

    /// <summary>The folder that this program is in; null when that is not known.</summary>
    public string? Programs { get; init; }

    /// <summary>The real machine.</summary>
    /// <param name="variable">The value of an environment variable, or null.</param>
    /// <param name="programs">The folder that this program is in.</param>
    public static Host Of(Func<string, string?> variable, string programs) =>
        new(variable, path => File.Exists(path) ? File.ReadAllText(path) : null, variable("HOME") ?? variable("USERPROFILE"))
        {
            FileExists = File.Exists,
            Programs = programs,
        };

    /// <summary>A path with <c>~</c> replaced.</summary>
    public string Expand(string path) => Home is { } home && (path == "~" || path.StartsWith("~/", StringComparison.Ordinal) || path.StartsWith("~\\", StringComparison.Ordinal))
        ? Path.Join(home, path[1..])
        : path;

    /// <summary>A path within the user's own folder; null when there is none.</summary>
    public string? InHome(string path) => Home is { } home ? Path.Join(home, path) : null;

    /// <summary>A variable's value; null also when it is empty.</summary>
    public string? Get(string name) => Variable(name) is { Length: > 0 } value ? value : null;
}
