using System.ComponentModel;
using System.Diagnostics;

namespace PulumiEvs.Evs.Local;

/// <summary>
/// Starts real ones. They have streams of their own: whoever reads this process's output to its end must not wait for theirs. A
/// program that is to outlive this one must leave its session by itself.
/// </summary>
internal sealed class ProgramStarter(TimeProvider time) : IProgramStarter
{
    public async Task<ProgramStart> StartAsync(string program, IEnumerable<string> arguments, string folder, TimeSpan patience)
    {
        using var process = Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        });
        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(patience, time);
        try
        {
            if (await process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
            {
                return new ProgramStart(line, "");
            }

            var errors = await process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            var said = string.Join(' ', errors.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
            return new ProgramStart(null, said.Length > 0 ? said : $"it ended with exit code {process.ExitCode} and said nothing");
        }
        catch (OperationCanceledException)
        {
            // It would come up later, when nobody expects it any more.
            process.Kill();
            return new ProgramStart(null, $"it did not come up within {patience.TotalSeconds:0} s");
        }
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start) ?? throw new IOException($"{start.FileName} did not start");
        }
        catch (Win32Exception e)
        {
            throw new IOException(e.Message, e);
        }
    }
}
