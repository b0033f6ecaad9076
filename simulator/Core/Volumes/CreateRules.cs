using System.Collections.Immutable;
using System.Text;
using EvsSimulator.Core.Catalog;
using EvsSimulator.Core.Errors;

namespace EvsSimulator.Core.Volumes;

/// <summary>What a create request comes to once it is found right: its source and its size.</summary>
internal sealed record CreatePlan(int Size, Snapshot? Snapshot, ImageEntry? Image, BackupEntry? Backup);

/// <summary>
/// The rules of the create request (EVS API reference, create), in the order in which they are checked: the request by
/// itself, the catalogue, the source, the size, then the quota.
/// </summary>
internal static class CreateRules
{
    public const int MinDataDisk = 10;
    public const int MaxDataDisk = 32768;
    public const int MaxSystemDisk = 1024;

    private const int MaxCount = 100;
    private const int MaxMetadataBytes = 1048576;
    private const int KeyIdLength = 36;

    /// <summary>Keys that a volume inherits from its snapshot or image, so that they cannot be given with one.</summary>
    private static readonly ImmutableArray<string> InheritedKeys =
        [MetadataKeys.Encrypted, MetadataKeys.KeyId, MetadataKeys.Passthrough];

    public static Outcome<CreatePlan> Check(CreateRequest request, World world, string projectId, int minSize = MinDataDisk)
    {
        var settings = world.Settings;
        var refusal = CheckCount(request)
            ?? TextRules.CheckName(request.Name, request.Count > 1 ? TextRules.MaxBatchName : TextRules.MaxName)
            ?? TextRules.CheckDescription(request.Description)
            ?? CheckSources(request)
            ?? CheckMetadata(request, settings)
            ?? TagRules.Check(request.Tags, settings.Cloud)
            ?? CheckEnterpriseProject(request.EnterpriseProjectId)
            ?? CheckTypeAndZone(request.Type, request.Zone, settings);
        if (refusal is not null)
        {
            return refusal;
        }

        if (!FindSource(request, world, projectId).Succeeded(out var plan, out refusal))
        {
            return refusal;
        }

        var size = request.Size ?? plan.Backup?.Size;
        if (size is not { } gib || SizeIsWrong(gib, plan, minSize))
        {
            return Refusal.Of(plan.Backup is { } backup && request.Size < backup.Size ? "EVS.1022" : "EVS.1010");
        }

        var usage = world.Store.Project(projectId).Usage;
        refusal = PerformanceRules.Check(request.Type!, gib, request.Iops, request.Throughput)
            ?? QuotaRules.CheckVolumes(settings, usage, request.Type!, request.Count)
            ?? QuotaRules.CheckGigabytes(settings, usage, request.Type!, gib * request.Count, gib);
        return refusal is null ? plan with { Size = gib } : refusal;
    }

    /// <summary>Whether a type can be had in a zone now.</summary>
    public static Refusal? CheckTypeAndZone(string? type, string? zone, Settings settings)
    {
        if (string.IsNullOrEmpty(type) || string.IsNullOrEmpty(zone))
        {
            return Refusal.Of("EVS.2083");
        }

        if (!settings.Zones.Contains(zone))
        {
            return Refusal.Of("EVS.1036");
        }

        if (settings.Type(type) is not { } offer)
        {
            return Refusal.Of("EVS.2070");
        }

        if (!offer.Zones.Contains(zone))
        {
            return Refusal.Of("EVS.2071", zone, type);
        }

        return settings.IsSoldOut(type, zone)
            ? Refusal.WithText("EVS.2072", $"Volume type [{type}] in availability zone [{zone}] is sold out !")
            : null;
    }

    private static Refusal? CheckCount(CreateRequest request) =>
        request.Count is < 1 or > MaxCount ? Refusal.Of("EVS.1021")
        : request.Count == 1 ? null
        : request.BackupId is not null ? Refusal.Of("EVS.1051")
        : request.SnapshotId is not null ? Refusal.Of("EVS.1021")
        : null;

    private static Refusal? CheckSources(CreateRequest request) =>
        new[] { request.SnapshotId, request.ImageId, request.BackupId }.Count(id => id is not null) > 1 ? Refusal.Of("EVS.1016") : null;

    private static Refusal? CheckMetadata(CreateRequest request, Settings settings)
    {
        var metadata = request.Metadata;
        if (metadata.Sum(entry => Encoding.UTF8.GetByteCount(entry.Key) + Encoding.UTF8.GetByteCount(entry.Value)) >= MaxMetadataBytes)
        {
            return Refusal.Of("EVS.1005");
        }

        if ((request.SnapshotId ?? request.ImageId) is not null && InheritedKeys.Any(metadata.ContainsKey))
        {
            return Refusal.Of("EVS.1043");
        }

        if (metadata.GetValueOrDefault(MetadataKeys.Passthrough) is not (null or "true" or "false"))
        {
            return Refusal.Of("EVS.1057");
        }

        if (metadata.GetValueOrDefault(MetadataKeys.FullClone) is not (null or "0" or "1"))
        {
            return Refusal.Of("EVS.1063");
        }

        return CheckEncryption(metadata, settings);
    }

    private static Refusal? CheckEncryption(ImmutableSortedDictionary<string, string> metadata, Settings settings)
    {
        var encrypted = metadata.GetValueOrDefault(MetadataKeys.Encrypted);
        var keyId = metadata.GetValueOrDefault(MetadataKeys.KeyId);
        if (encrypted is not (null or "0" or "1") || (keyId is not null && keyId.Length != KeyIdLength))
        {
            return Refusal.Of("EVS.2041");
        }

        if (encrypted != "1")
        {
            return null;
        }

        return keyId is null || settings.Sources.Key(keyId) is not { } key ? Refusal.Of("EVS.2041")
            : key.Enabled ? null
            : Refusal.Of("EVS.2040");
    }

    private static Refusal? CheckEnterpriseProject(string? id) =>
        id is null or "" or "0" || Guid.TryParseExact(id, "D", out _) ? null : Refusal.Of("EVS.2059");

    private static Outcome<CreatePlan> FindSource(CreateRequest request, World world, string projectId)
    {
        var sources = world.Settings.Sources;
        if (request.SnapshotId is { } snapshotId)
        {
            return world.Store.Snapshot(snapshotId) is { } snapshot && snapshot.ProjectId == projectId
                ? CheckSnapshot(request, snapshot)
                : Refusal.Of("EVS.2045");
        }

        if (request.ImageId is { } imageId)
        {
            return sources.Image(imageId) is not { } image ? Refusal.Of("EVS.2046")
                : image.System && request.Multiattach ? Refusal.Of("EVS.2094")
                : new CreatePlan(0, null, image, null);
        }

        if (request.BackupId is { } backupId)
        {
            return sources.Backup(backupId) is not { } backup ? Refusal.Of("EVS.1006")
                : backup.Status != "available" ? Refusal.Of("EVS.1044")
                : backup.Zone is { } zone && zone != request.Zone ? Refusal.Of("EVS.1049")
                : new CreatePlan(0, null, null, backup);
        }

        return new CreatePlan(0, null, null, null);
    }

    private static Outcome<CreatePlan> CheckSnapshot(CreateRequest request, Snapshot snapshot) =>
        snapshot.Status is not (SnapshotStatus.Available or SnapshotStatus.BackingUp) ? Refusal.Of("EVS.2043")
        : snapshot.VolumeType != request.Type ? Refusal.Of("EVS.2096", request.Type!, snapshot.VolumeType)
        : snapshot.Zone != request.Zone ? Refusal.Of("EVS.2054")
        : new CreatePlan(0, snapshot, null, null);

    private static bool SizeIsWrong(int size, CreatePlan plan, int minSize) => plan switch
    {
        { Image: { System: true } image } => size < image.MinDisk || size > MaxSystemDisk,
        { Image: { } image } => size < Math.Max(image.MinDisk, minSize) || size > MaxDataDisk,
        { Snapshot: { } snapshot } => size < snapshot.Size || size > MaxDataDisk,
        { Backup: { } backup } => size < backup.Size || size > MaxDataDisk,
        _ => size < minSize || size > MaxDataDisk,
    };
}
