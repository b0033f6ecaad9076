using System.Collections.Immutable;
using PulumiEvs.Resources.Declarations;

namespace PulumiEvs.Resources.Snapshots;

/// <summary>How long operations on snapshots may take without <c>customTimeouts</c>.</summary>
internal static class SnapshotTimeouts
{
    public static readonly TimeSpan Create = TimeSpan.FromMinutes(30);

    public static readonly TimeSpan Update = TimeSpan.FromMinutes(30);

    public static readonly TimeSpan Read = TimeSpan.FromMinutes(5);

    public static readonly TimeSpan Delete = TimeSpan.FromMinutes(30);

    /// <summary>All data of the disk may have to be copied back.</summary>
    public static readonly TimeSpan Rollback = TimeSpan.FromHours(1);

    public static readonly ImmutableArray<TimeoutDeclaration> Declared =
    [
        new("create", Create, ""),
        new("update", Update, ""),
        new("read", Read, ""),
        new("delete", Delete, ""),
    ];

    public static readonly ImmutableArray<TimeoutDeclaration> DeclaredOfRollback = [new("create", Rollback, ""), new("update", Rollback, "")];
}
