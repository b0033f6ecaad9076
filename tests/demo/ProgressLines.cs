using PulumiEvs.Harness;
using PulumiEvs.Plugin.Protos;

namespace PulumiEvs.Demo;

/// <summary>
/// Shows what the plugin logs, as the engine would. Lines of progress only while a command runs: logging has its own connection, so
/// that the last ones can come after the answer.
/// </summary>
internal sealed class ProgressLines(Terminal terminal)
{
    private volatile bool _isOpen;

    public async Task<T> DuringAsync<T>(Func<Task<T>> command)
    {
        _isOpen = true;
        try
        {
            return await command();
        }
        finally
        {
            _isOpen = false;
            terminal.ClearStatus();
        }
    }

    public void Show(LogLine line)
    {
        var name = line.Urn[(line.Urn.LastIndexOf(':') + 1)..];
        switch (line)
        {
            case { IsStatus: true } when !_isOpen:
                break;
            case { IsStatus: true, Text: "" }:
                terminal.ClearStatus();
                break;
            case { IsStatus: true }:
                terminal.Status($"    {name}: {line.Text}");
                break;
            case { Severity: LogSeverity.Info or LogSeverity.Warning }:
                terminal.Line($"    {name}: {line.Text}");
                break;
        }
    }
}
