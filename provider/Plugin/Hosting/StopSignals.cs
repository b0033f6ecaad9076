using System.Runtime.InteropServices;

namespace PulumiEvs.Plugin.Hosting;

/// <summary>Calls <c>stop</c> when the operating system, or the engine by means of it, asks the process to end.</summary>
internal sealed class StopSignals : IDisposable
{
    private const int SigInt = 2;
    private const nint DefaultHandler = 0;

    private readonly PosixSignalRegistration[] _registrations;

    public StopSignals(Action stop)
    {
        // A script that runs a command in the background has it ignore SIGINT, and so do all processes below it. The
        // runtime would respect that; but SIGINT is the engine's word for the end, and it kills who does not listen.
        if (!OperatingSystem.IsWindows())
        {
            SetHandler(SigInt, DefaultHandler);
        }

        PosixSignal[] signals = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGQUIT];
        _registrations = [.. signals.Select(signal => PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            stop();
        }))];
    }

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }
    }

    [DllImport("libc", EntryPoint = "signal")]
    private static extern nint SetHandler(int signal, nint handler);
}
