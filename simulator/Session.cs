using System.Runtime.InteropServices;

namespace EvsSimulator;

/// <summary>The session that this process belongs to: its terminal, and the signals that are meant for all in it.</summary>
internal static class Session
{
    /// <summary>
    /// Begins a session of its own. A process that leads a group already, as one that a shell has started, cannot, and need not:
    /// what is sent to its starter's group does not reach it.
    /// </summary>
    public static void Leave()
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = SetSession();
        }
    }

    [DllImport("libc", EntryPoint = "setsid")]
    private static extern int SetSession();
}
