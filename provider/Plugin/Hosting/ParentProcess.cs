using System.Runtime.InteropServices;

namespace PulumiEvs.Plugin.Hosting;

/// <summary>The process that started this one.</summary>
internal static class ParentProcess
{
    /// <summary>
    /// A question that tells whether the process that is the parent now has ended since. Always false on Windows, where
    /// a process keeps no tie to its parent.
    /// </summary>
    public static Func<bool> HasEnded()
    {
        if (OperatingSystem.IsWindows())
        {
            return static () => false;
        }

        // An orphan is given another parent at once: whoever is responsible for orphans on this machine.
        var parent = GetParentId();
        return () => GetParentId() != parent;
    }

    [DllImport("libc", EntryPoint = "getppid")]
    private static extern int GetParentId();
}
