using PulumiEvs.Resources.Declarations;
using PulumiEvs.Resources.Functions;
using PulumiEvs.Resources.Provider;
using PulumiEvs.Resources.Snapshots;
using PulumiEvs.Resources.VolumeAttachments;
using PulumiEvs.Resources.VolumeBatches;
using PulumiEvs.Resources.Volumes;

namespace PulumiEvs.Resources;

/// <summary>The package as a whole: schema, documents and SDK are made from this.</summary>
internal static class EvsPackage
{
    public const string Name = "evs";

    public static readonly PackageDeclaration Declaration = new(
        Name,
        "EVS (Huawei Cloud, Open Telekom Cloud)",
        "Disks of the Elastic Volume Service (EVS), the block storage of Huawei Cloud and Open Telekom Cloud.",
        ProviderDeclaration.Properties,
        [VolumeDeclaration.Declaration, BatchDeclaration.Declaration, AttachmentDeclaration.Declaration, SnapshotDeclaration.Declaration, RollbackDeclaration.Declaration],
        [.. Lookups.All.Select(lookup => lookup.Declaration)])
    {
        Listings = [.. Listings.Listings.All.Select(listing => listing.Declaration)],
    };
}
