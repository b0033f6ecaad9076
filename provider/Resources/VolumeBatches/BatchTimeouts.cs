using System.Collections.Immutable;
using PulumiEvs.Resources.Declarations;
using PulumiEvs.Resources.Volumes;

namespace PulumiEvs.Resources.VolumeBatches;

/// <summary>How long operations on batches may take without <c>customTimeouts</c>: up to a hundred disks, which the service may make one after the other.</summary>
internal static class BatchTimeouts
{
    public static readonly TimeSpan Create = TimeSpan.FromHours(1);

    public static readonly TimeSpan Update = TimeSpan.FromHours(1);

    public static readonly TimeSpan Read = VolumeTimeouts.Read;

    public static readonly TimeSpan Delete = TimeSpan.FromHours(1);

    public static readonly ImmutableArray<TimeoutDeclaration> Declared =
    [
        new("create", Create, ""),
        new("update", Update, $"{VolumeTimeouts.Retype.TotalHours:0} hours when `volumeType` changes"),
        new("read", Read, ""),
        new("delete", Delete, ""),
    ];
}
