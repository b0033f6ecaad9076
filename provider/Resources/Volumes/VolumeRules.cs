using System.Collections.Immutable;
using System.Globalization;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Declarations;
using PulumiEvs.Resources.Values;
using static PulumiEvs.Resources.Volumes.VolumeProperties;

namespace PulumiEvs.Resources.Volumes;

/// <summary>
/// The documented rules over several properties of a volume. Where the documents are ambiguous (the size range of a disk made
/// from an image, performance of types not in the table) nothing is refused here: the cloud decides.
/// </summary>
internal static class VolumeRules
{
    public static readonly ImmutableArray<CrossRule> All = For(Sources);

    /// <summary>The rules of disks that can be made from these sources.</summary>
    public static ImmutableArray<CrossRule> For(ImmutableArray<string> sources)
    {
        var inheriting = sources.Intersect([SnapshotId, ImageId]).ToImmutableArray();
        var anyInheriting = Words(inheriting, "or");
        var rules = ImmutableArray.CreateBuilder<CrossRule>();
        if (sources.Length > 1)
        {
            rules.Add(new($"At most one of {Words(sources, "and")}.", sources, OneSource));
        }

        if (sources.Contains(BackupId))
        {
            rules.Add(new("`size` is required unless `backupId` is given.", [Size, BackupId], SizeGiven));
        }

        rules.Add(new(
            $"A data disk has {VolumeDeclaration.MinDataDiskGiB} to {VolumeDeclaration.MaxDataDiskGiB} GiB.", [Size, .. sources], DataDiskSize));
        rules.Add(new($"`kmsKeyId` cannot be given with {anyInheriting}.", [KmsKeyId, .. inheriting], KeyNotWithSource));
        rules.Add(new($"`deviceType: SCSI` cannot be given with {anyInheriting}.", [DeviceType, .. inheriting], ScsiNotWithSource));
        if (sources.Contains(SnapshotId))
        {
            rules.Add(new("`linkedClone` needs `snapshotId`.", [LinkedClone, SnapshotId], CloneFromSnapshot));
        }

        rules.AddRange(
            new("`iops` is for types whose IOPS can be set, and is required there.", [VolumeProperties.VolumeType, Iops], IopsByType),
            new("`iops` lies within the type's limits.", [VolumeProperties.VolumeType, Iops, Size], IopsWithinLimits),
            new("`throughput` is for types whose throughput can be set, and is required there.", [VolumeProperties.VolumeType, Throughput], ThroughputByType),
            new("`throughput` lies within the type's limits.", [VolumeProperties.VolumeType, Throughput, Iops], ThroughputWithinLimits));
        return rules.ToImmutable();
    }

    /// <summary>Names in a sentence: <c>`a`, `b` and `c`</c>.</summary>
    private static string Words(ImmutableArray<string> names, string last) => names switch
    {
        [var only] => $"`{only}`",
        [.. var first, var end] => $"{string.Join(", ", first.Select(name => $"`{name}`"))} {last} `{end}`",
        _ => "",
    };

    private static CheckFailure? OneSource(PropertyMap inputs)
    {
        var given = Sources.Where(source => !inputs[source].IsAbsent).ToArray();
        return given.Length < 2
            ? null
            : new CheckFailure(given[1], $"a volume is made from one source at most, but {string.Join(" and ", given)} are set; keep one of them");
    }

    private static CheckFailure? SizeGiven(PropertyMap inputs) =>
        inputs[Size].IsAbsent && inputs[BackupId].IsAbsent
            ? new CheckFailure(Size, "is required, but is not set; only a volume made from a backup can go without")
            : null;

    private static CheckFailure? DataDiskSize(PropertyMap inputs) =>
        inputs[Size] is PropertyValue.Number { Value: var size and >= 1 }
        && Sources.All(source => inputs[source].IsAbsent)
        && size is < VolumeDeclaration.MinDataDiskGiB or > VolumeDeclaration.MaxDataDiskGiB
            ? new CheckFailure(
                Size,
                $"must be from {VolumeDeclaration.MinDataDiskGiB} to {VolumeDeclaration.MaxDataDiskGiB} GiB for a data disk")
            : null;

    private static CheckFailure? KeyNotWithSource(PropertyMap inputs) =>
        !inputs[KmsKeyId].IsAbsent && Inheriting(inputs) is { } source
            ? new CheckFailure(KmsKeyId, $"cannot be set with {source}: the volume is encrypted as its source is; remove kmsKeyId")
            : null;

    private static CheckFailure? ScsiNotWithSource(PropertyMap inputs) =>
        inputs[DeviceType] is PropertyValue.Text { Value: "SCSI" } && Inheriting(inputs) is { } source
            ? new CheckFailure(DeviceType, $"SCSI cannot be set with {source}: the device type comes from the source; remove deviceType")
            : null;

    private static CheckFailure? CloneFromSnapshot(PropertyMap inputs) =>
        inputs[LinkedClone] is PropertyValue.Bool { Value: true } && inputs[SnapshotId].IsAbsent
            ? new CheckFailure(LinkedClone, "needs snapshotId: only a volume made from a snapshot can be a linked clone")
            : null;

    private static CheckFailure? IopsByType(PropertyMap inputs) => GivenByType(inputs, Iops, type => type.Iops);

    private static CheckFailure? ThroughputByType(PropertyMap inputs) => GivenByType(inputs, Throughput, type => type.Throughput);

    private static CheckFailure? IopsWithinLimits(PropertyMap inputs) => WithinLimits(inputs, Iops, type => type.Iops, Size, "");

    private static CheckFailure? ThroughputWithinLimits(PropertyMap inputs) =>
        WithinLimits(inputs, Throughput, type => type.Throughput, Iops, " MiB/s");

    private static CheckFailure? GivenByType(PropertyMap inputs, string property, Func<VolumeTypeFacts, PerformanceLimits?> limits) =>
        (Type(inputs), inputs[property].IsAbsent) switch
        {
            ({ } type, true) when limits(type) is not null => new CheckFailure(property, $"is required for volumes of type {type.Name}"),
            ({ } type, false) when limits(type) is null => new CheckFailure(
                property,
                $"cannot be set for volumes of type {type.Name}; types that have it: "
                + string.Join(", ", VolumeTypes.All.Where(other => limits(other) is not null).Select(other => other.Name))),
            _ => null,
        };

    private static CheckFailure? WithinLimits(
        PropertyMap inputs, string property, Func<VolumeTypeFacts, PerformanceLimits?> limitsOf, string perUnitProperty, string unit)
    {
        if (Type(inputs) is not { } type || limitsOf(type) is not { } limits || inputs[property] is not PropertyValue.Number { Value: var value })
        {
            return null;
        }

        if (value < limits.Min || value > limits.Max)
        {
            return new CheckFailure(property, $"must be from {limits.Min} to {limits.Max}{unit} for volumes of type {type.Name}");
        }

        if (limits.MaxPerUnit is { } perUnit && inputs[perUnitProperty] is PropertyValue.Number { Value: var units } && value > perUnit * units)
        {
            return new CheckFailure(
                property,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"must be at most {perUnit * units:0.##}{unit} here ({perUnit:0.##} per {limits.PerUnit}, and {perUnitProperty} is {units:0})"));
        }

        return null;
    }

    private static VolumeTypeFacts? Type(PropertyMap inputs) =>
        inputs[VolumeProperties.VolumeType] is PropertyValue.Text { Value: var name } ? VolumeTypes.Find(name) : null;

    private static string? Inheriting(PropertyMap inputs) =>
        !inputs[SnapshotId].IsAbsent ? SnapshotId : !inputs[ImageId].IsAbsent ? ImageId : null;
}
