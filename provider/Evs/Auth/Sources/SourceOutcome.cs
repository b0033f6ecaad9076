namespace PulumiEvs.Evs.Auth.Sources;

/// <summary>What came of asking one file.</summary>
/// <param name="Set">What it has; null when there is nothing.</param>
/// <param name="Problem">Why it could not be used although it is there or was asked for, as a sentence without its full stop.</param>
internal readonly record struct SourceOutcome(CredentialSet? Set, string? Problem)
{
    public static readonly SourceOutcome Nothing;

    /// <summary>What a file has in place of an entry that it does not have, to follow the problem.</summary>
    public static string Others(IEnumerable<string?> names) => names.OfType<string>().ToList() is { Count: > 0 } known ? $" (it has {string.Join(", ", known)})" : "";

    /// <summary>Reads and understands a file; what goes wrong becomes the problem.</summary>
    /// <param name="host">Has the files.</param>
    /// <param name="path">Which.</param>
    /// <param name="required">Somebody asked for it, so that its absence is a problem too.</param>
    /// <param name="parse">Understands the text; throws a <see cref="FormatException"/> with the reason when it cannot.</param>
    public static SourceOutcome Of(Host host, string path, bool required, Func<string, SourceOutcome> parse)
    {
        try
        {
            return host.ReadFile(path) is { } text ? parse(text) : required ? new SourceOutcome(null, $"the file {path} does not exist") : Nothing;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new SourceOutcome(null, $"the file {path} could not be read: {e.Message.TrimEnd('.')}");
        }
        catch (FormatException e)
        {
            return new SourceOutcome(null, $"the file {path} is not well-formed: {e.Message.TrimEnd('.')}");
        }
    }
}
