using System.Collections.Immutable;
using PulumiEvs.Resources.Declarations;

namespace PulumiEvs.Resources.Volumes;

/// <summary>How long operations on volumes may take without <c>customTimeouts</c>.</summary>
internal static class VolumeTimeouts
{
    /// <summary>A blank disk is there within seconds as a rule.</summary>
    public static readonly TimeSpan CreateBlank = TimeSpan.FromMinutes(15);

    /// <summary>Data has to be copied: users of other tools found ten minutes too short for large images.</summary>
    public static readonly TimeSpan CreateFromSource = TimeSpan.FromHours(1);

    public static readonly TimeSpan Update = TimeSpan.FromMinutes(30);

    /// <summary>The user guide says of a type change that it may take several hours.</summary>
    public static readonly TimeSpan Retype = TimeSpan.FromHours(12);

    public static readonly TimeSpan Read = TimeSpan.FromMinutes(5);

    public static readonly TimeSpan Delete = TimeSpan.FromMinutes(15);

    public static readonly ImmutableArray<TimeoutDeclaration> Declared =
    [
        new("create", CreateBlank, $"{CreateFromSource.TotalMinutes:0} minutes from a snapshot, image or backup"),
        new("update", Update, $"{Retype.TotalHours:0} hours when `volumeType` changes"),
        new("read", Read, ""),
        new("delete", Delete, ""),
    ];
}
