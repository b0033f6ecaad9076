using PulumiEvs.Plugin.Protos;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Values;

namespace PulumiEvs.Plugin.Engine;

/// <summary>What one operation tells its user.</summary>
/// <param name="underWay">Told when the operation is under way.</param>
internal sealed class OperationLog(EngineLog log, string urn, Action? underWay = null) : IOperationLog
{
    /// <summary>How long an answer may be held up so that the lines kept with it arrive before it.</summary>
    private static readonly TimeSpan DrainPatience = TimeSpan.FromMilliseconds(250);

    private readonly Lock _order = new();
    private readonly SecretTexts _secrets = new();
    private string _shownStatus = "";
    private bool _hasKeptLines;

    /// <summary>Keeps what is marked secret in these properties out of every line from now on.</summary>
    public void Hide(params ReadOnlySpan<PropertyMap?> properties)
    {
        foreach (var map in properties)
        {
            _secrets.Collect(map);
            HoldsSecrets |= map?.Values.Any(value => value.HasSecret) ?? false;
        }
    }

    public bool HoldsSecrets { get; private set; }

    public string Redact(string text) => _secrets.Redact(text);

    /// <remarks>Only a change is sent: where the engine's output is no terminal, each one prints a line (protocol B8).</remarks>
    public void Status(string text)
    {
        var line = FirstLine(Redact(text));
        lock (_order)
        {
            if (line == _shownStatus)
            {
                return;
            }

            _shownStatus = line;
            log.Write(LogSeverity.Info, urn, line, ephemeral: true);
        }
    }

    public void Info(string text) => Keep(LogSeverity.Info, text);

    public void Warning(string text) => Keep(LogSeverity.Warning, text);

    public void Debug(string text) => log.Write(LogSeverity.Debug, urn, Redact(text));

    public void UnderWay() => underWay?.Invoke();

    /// <summary>Takes the status line off the resource's row, and sees that kept lines come before the operation's answer.</summary>
    public Task CompleteAsync()
    {
        Status("");
        return Volatile.Read(ref _hasKeptLines) ? log.DrainAsync(DrainPatience) : Task.CompletedTask;
    }

    private void Keep(LogSeverity severity, string text)
    {
        Volatile.Write(ref _hasKeptLines, true);
        log.Write(severity, urn, Redact(text));
    }

    private static string FirstLine(string text) => text.AsSpan().IndexOfAny('\r', '\n') is var end and >= 0 ? text[..end] : text;
}
