using System.ComponentModel;
using System.Diagnostics;

namespace PulumiEvs.Resources.Journal;

/// <summary>The processes of this machine.</summary>
internal interface IProcessTable
{
    ProcessIdentity Self { get; }

    bool IsAlive(ProcessIdentity process);
}

/// <summary>The real ones.</summary>
internal sealed class ProcessTable : IProcessTable
{
    /// <summary>Start times of one process differ by rounding only.</summary>
    private static readonly TimeSpan SameStart = TimeSpan.FromSeconds(2);

    private readonly Lazy<ProcessIdentity> _self = new(() =>
    {
        using var self = Process.GetCurrentProcess();
        return new ProcessIdentity(self.Id, self.StartTime.ToUniversalTime());
    });

    public ProcessIdentity Self => _self.Value;

    public bool IsAlive(ProcessIdentity process)
    {
        try
        {
            using var found = Process.GetProcessById(process.Id);
            return !found.HasExited && (found.StartTime.ToUniversalTime() - process.Started).Duration() < SameStart;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // No process has the number any more.
            return false;
        }
        catch (Win32Exception)
        {
            // There is one, but it is another user's: then it cannot be the writer of a file of ours.
            return false;
        }
    }
}
