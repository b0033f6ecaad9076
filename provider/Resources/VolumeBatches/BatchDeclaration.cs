using System.Collections.Immutable;
using PulumiEvs.Resources.Checking;
using PulumiEvs.Resources.Declarations;
using PulumiEvs.Resources.Volumes;
using static PulumiEvs.Resources.VolumeBatches.BatchProperties;
using static PulumiEvs.Resources.Volumes.VolumeProperties;

namespace PulumiEvs.Resources.VolumeBatches;

/// <summary>
/// What a batch of volumes is: a number of equal volumes made by one request. Its properties are those of a volume, from the volume's
/// declaration; here stands only what differs. Source: EVS API reference, creating disks (count).
/// </summary>
internal static class BatchDeclaration
{
    public const string Token = "evs:index:VolumeBatch";

    public const int MaxCount = 100;

    public const int MaxNameBytes = VolumeDeclaration.MaxNameBytes - NumberedName.SuffixBytes;

    /// <summary>What a batch can be made from: the service refuses to make several disks from one snapshot or backup (EVS.1021, EVS.1051).</summary>
    public static readonly ImmutableArray<string> Sources = [ImageId];

    private static readonly string[] OfOneVolumeOnly = [SnapshotId, BackupId, LinkedClone];

    /// <summary>The inputs that a batch has in common with a volume.</summary>
    public static readonly ImmutableArray<PropertyDeclaration> Shared =
        [.. VolumeDeclaration.Declaration.Inputs.Where(input => !OfOneVolumeOnly.Contains(input.Name)).Select(OfSeveral)];

    /// <summary>What can differ from one volume of the batch to the next: its outputs, and what is changed in place.</summary>
    public static readonly ImmutableArray<PropertyDeclaration> OfEach =
    [
        .. VolumeDeclaration.Declaration.Properties
            .Where(property => property.Name != JobId && (!property.IsInput || property is { ReadBack: true, Change.AlwaysReplaces: false }))
            .Select(property => property with
            {
                Role = PropertyRole.Output,
                Required = false,
                AlwaysReturned = property.AlwaysReturned || property.Name is Name or Size,
                Change = null,
            }),
    ];

    public static readonly ObjectDeclaration Member = new(
        "evs:index:VolumeBatchMember",
        "One volume of a batch.",
        [
            Output(Number, PropertyType.Int, "Number of the volume in the batch: its name ends with it.") with { AlwaysReturned = true },
            .. OfEach,
        ]);

    public static readonly ResourceDeclaration Declaration = new()
    {
        Token = Token,
        Noun = "batch of volumes",
        Description =
            "A number of equal disks of the Elastic Volume Service (EVS), made by one request. They are named `NAME-0001`, `NAME-0002` and so on. "
            + "When some of them cannot be made, the others stay in the state, and the next `pulumi up` makes only the missing ones. The id is that "
            + "of the first disk when the batch was made.",
        ImportIdExample = "591ac654-26d8-41be-bb77-4f90699d2d41,0dcd5eb2-7c13-4e39-8a5c-1f0fd8b0c7a1",
        Examples = BatchExamples.All,
        Timeouts = BatchTimeouts.Declared,
        Rules = VolumeRules.For(Sources),
        Properties =
        [
            new PropertyDeclaration
            {
                Name = Count,
                Type = PropertyType.Int,
                Description = $"How many disks there are to be, 1 to {MaxCount}.",
                Required = true,
                AlwaysReturned = true,
                Rules = [ValueRules.Range(1, MaxCount, "")],
                Change = ChangeEffect.InPlace(
                    "new disks by one request; fewer: those with the highest numbers are deleted, unless they are attached or have snapshots"),
            },
            .. Shared,
            Output(BatchProperties.Volumes, new PropertyType.List(new PropertyType.Object(Member)), "The disks, by their numbers.") with { AlwaysReturned = true },
            Output(VolumeIds, PropertyType.StringList, "IDs of the disks, in the order of `volumes`.") with { AlwaysReturned = true },
            Output(JobId, PropertyType.String, "ID of the job that last created disks of the batch; not known of an imported one."),
        ],
    };

    /// <summary>A volume's input as one that holds for several.</summary>
    private static PropertyDeclaration OfSeveral(PropertyDeclaration property)
    {
        property = property.Change is { AlwaysReplaces: true } ? property with { Change = ChangeEffect.Replaces("volumes") } : property;
        return property.Name switch
        {
            Name => property with
            {
                Description =
                    "Name of the disks; each has its number added: `-0001`, `-0002`, …. Made from the resource's name and random digits when not given.",
                Rules = [ValueRules.NotEmpty, ValueRules.MaxBytes(MaxNameBytes)],
                AlwaysReturned = true,
            },
            VolumeProperties.VolumeType => property with { Description = "Type of the disks: what they are made of and how fast they are." },
            Size => property with
            {
                Description =
                    $"Size of each disk in GiB: {VolumeDeclaration.MinDataDiskGiB} to {VolumeDeclaration.MaxDataDiskGiB} for data disks. From an image: at least as large as that.",
                Required = true,
                AlwaysReturned = true,
            },
            DeviceType => property with
            {
                Description = "Device type: `VBD` (the default) or `SCSI` (`hw:passthrough` of the API). Not with `imageId`: inherited.",
            },
            KmsKeyId => property with
            {
                Description =
                    "ID of the KMS key to encrypt the disks with (`__system__cmkid` of the API); giving it turns encryption on. "
                    + "EVS needs an agency that lets it use KMS. Not with `imageId`: inherited.",
            },
            DeleteSnapshots => property with
            {
                Description = "Whether deleting disks may delete their snapshots too. Without it a disk that has snapshots is not deleted.",
            },
            _ => property,
        };
    }

    private static PropertyDeclaration Output(string name, PropertyType type, string description) =>
        new() { Name = name, Type = type, Description = description, Role = PropertyRole.Output };
}
