using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace PulumiEvs.Harness;

/// <summary>A process of ours, started and ended by a test: its first line of output, its errors, its end.</summary>
internal sealed partial class ChildProcess : IAsyncDisposable
{
    private const int SigInt = 2;
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();

    private ChildProcess(Process process) => _process = process;

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    /// <summary>The first line on standard output.</summary>
    public string FirstLine { get; private set; } = "";

    /// <summary>All it has written so far, standard output after its first line and standard error.</summary>
    public IReadOnlyCollection<string> Output => _output;

    /// <param name="environment">Variables to set, or to remove when null.</param>
    public static async Task<ChildProcess> StartAsync(
        string executable, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var start = new ProcessStartInfo(executable, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
        {
            if (value is null)
            {
                start.Environment.Remove(name);
            }
            else
            {
                start.Environment[name] = value;
            }
        }

        var process = Process.Start(start) ?? throw new InvalidOperationException($"{executable} did not start");
        var child = new ChildProcess(process);
        var firstLine = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.ErrorDataReceived += (_, line) => child.Keep(line.Data);
        process.OutputDataReceived += (_, line) =>
        {
            if (!firstLine.TrySetResult(line.Data))
            {
                child.Keep(line.Data);
            }
        };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        try
        {
            child.FirstLine = await firstLine.Task.WaitAsync(StartTimeout)
                ?? throw new InvalidOperationException($"{executable} ended without a line; it wrote: {string.Join('\n', child.Output)}");
        }
        catch
        {
            await child.DisposeAsync();
            throw;
        }

        return child;
    }

    /// <summary>Sends SIGINT, as an engine does at the end of a command.</summary>
    public void Interrupt()
    {
        if (Kill(_process.Id, SigInt) != 0)
        {
            throw new InvalidOperationException($"process {_process.Id} could not be sent SIGINT (error {Marshal.GetLastPInvokeError()})");
        }
    }

    /// <summary>Ends it at once, as SIGKILL does.</summary>
    public void KillAtOnce()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: false);
        }
    }

    public Task WaitForExitAsync(CancellationToken cancellationToken) => _process.WaitForExitAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        KillAtOnce();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);

    private void Keep(string? line)
    {
        if (line is not null)
        {
            _output.Enqueue(line);
        }
    }
}
