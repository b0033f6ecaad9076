using PulumiEvs.Evs.Jobs;
using PulumiEvs.Evs.Models;
using PulumiEvs.Resources.Provider;

namespace PulumiEvs.Resources.VolumeAttachments;

/// <summary>
/// Attachments of a shared disk get in each other's way: each needs the disk at rest. A refusal that met another one passes, be the
/// other still under way or over already by the time of the look.
/// </summary>
internal static class Crossing
{
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>True when the same request may be accepted now, or soon: after a pause where the disk is on its way.</summary>
    /// <param name="before">The disk as it was when the request was sent.</param>
    /// <param name="onMoving">Told of the status that is waited for.</param>
    public static async Task<bool> PassesAsync(EvsSession session, Volume before, Action<string> onMoving, CancellationToken cancellationToken)
    {
        if (await session.Client.FindVolumeAsync(before.Id, cancellationToken) is not { } now)
        {
            return false;
        }

        if (VolumeStatus.GroupOf(now.Status) != StatusGroup.Moving)
        {
            return now.Status != before.Status || !Servers(now).SetEquals(Servers(before));
        }

        onMoving(now.Status);
        await Task.Delay(Pause, session.Time, cancellationToken);
        return true;
    }

    private static HashSet<string?> Servers(Volume volume) => [.. volume.Attachments.Select(attachment => attachment.ServerId)];
}
