using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace PulumiEvs.Evs.Clouds;

/// <summary>
/// The one table of clouds: where they are, which version each operation has there, which disk types they have (EVS API reference of
/// each cloud; endpoints as in their SDKs and documents).
/// </summary>
internal static partial class KnownClouds
{
    public const string Default = "huaweicloud";

    private static readonly ApiVersions OpenTelekom = new();

    public static readonly IReadOnlyList<Cloud> All =
    [
        new Cloud
        {
            Name = "huaweicloud",
            Title = "Huawei Cloud",
            EvsPattern = "https://evs.{region}.myhuaweicloud.com",
            EcsPattern = "https://ecs.{region}.myhuaweicloud.com",
            IamPattern = "https://iam.{region}.myhuaweicloud.com",
            ServicePattern = "https://{service}.{region}.myhuaweicloud.com",
            Regions =
            [
                "af-south-1", "ae-ad-1", "ap-southeast-1", "ap-southeast-2", "ap-southeast-3", "ap-southeast-4",
                "cn-east-2", "cn-east-3", "cn-east-4", "cn-east-5", "cn-north-1", "cn-north-4", "cn-north-9", "cn-north-11",
                "cn-south-1", "cn-south-2", "cn-south-4", "cn-southwest-2", "eu-west-101", "la-north-2", "la-south-2", "me-east-1",
                "my-kualalumpur-1", "na-mexico-1", "ru-moscow-1", "ru-northwest-2", "sa-brazil-1", "tr-west-1",
            ],
            // Create stays at v3, as on the other clouds; v2.1, which takes a client token, is one setting away.
            Versions = new ApiVersions { Create = "v3", Extend = "v2.1", Qos = "v5" },
            TagsSegment = "cloudvolumes",
            VolumeTypes = ["SATA", "SAS", "GPSSD", "SSD", "ESSD", "GPSSD2", "ESSD2"],
            TellsVolumeIds = true,
        },
        new Cloud
        {
            Name = "opentelekomcloud",
            Title = "Open Telekom Cloud",
            EvsPattern = "https://evs.{region}.otc.t-systems.com",
            EcsPattern = "https://ecs.{region}.otc.t-systems.com",
            IamPattern = "https://iam.{region}.otc.t-systems.com",
            ServicePattern = "https://{service}.{region}.otc.t-systems.com",
            Regions = ["eu-de", "eu-nl"],
            Versions = OpenTelekom,
            TagsSegment = "os-vendor-volumes",
            TagsSnapshots = true,
            VolumeTypes = ["SATA", "SAS", "GPSSD", "SSD", "ESSD"],
        },
        new Cloud
        {
            Name = "opentelekomcloud-swiss",
            Title = "Open Telekom Cloud, Swiss",
            EvsPattern = "https://evs.{region}.sc.otc.t-systems.com",
            EcsPattern = "https://ecs.{region}.sc.otc.t-systems.com",
            IamPattern = "https://iam-pub.{region}.sc.otc.t-systems.com",
            ServicePattern = "https://{service}.{region}.sc.otc.t-systems.com",
            Regions = ["eu-ch2"],
            Versions = OpenTelekom,
            TagsSegment = "os-vendor-volumes",
            TagsSnapshots = true,
            VolumeTypes = ["SATA", "SAS", "GPSSD", "SSD", "ESSD"],
        },
        new Cloud
        {
            Name = "flexibleengine",
            Title = "Flexible Engine",
            EvsPattern = "https://evs.{region}.prod-cloud-ocb.orange-business.com",
            EcsPattern = "https://ecs.{region}.prod-cloud-ocb.orange-business.com",
            IamPattern = "https://iam.{region}.prod-cloud-ocb.orange-business.com",
            ServicePattern = "https://{service}.{region}.prod-cloud-ocb.orange-business.com",
            Regions = ["eu-west-0"],
            Versions = OpenTelekom,
            TagsSegment = "os-vendor-volumes",
            TagsSnapshots = true,
            VolumeTypes = ["SATA", "SAS", "GPSSD", "SSD", "ESSD"],
        },
        new Cloud
        {
            Name = "local",
            Title = "local EVS",
            EvsPattern = "http://evs.{region}.localhost",
            DefaultRegion = "local-1",
            Versions = new ApiVersions { Create = "v3", Extend = "v2.1", Qos = "v5" },
            TagsSegment = "cloudvolumes",
            VolumeTypes = ["SATA", "SAS", "GPSSD", "SSD", "ESSD", "GPSSD2", "ESSD2"],
            TellsVolumeIds = true,
            IsLocal = true,
        },
    ];

    public static bool TryFind(string name, [NotNullWhen(true)] out Cloud? cloud)
    {
        cloud = All.FirstOrDefault(candidate => candidate.Name == name);
        return cloud is not null;
    }

    /// <summary>Why a region cannot be one of this cloud, to follow its setting's name; null when it may be.</summary>
    public static string? RegionProblem(Cloud cloud, string region)
    {
        if (cloud.IsLocal)
        {
            return LocalRegion().IsMatch(region)
                ? null
                : $"\"{region}\" cannot be one of the local EVS: use up to 40 letters, digits and hyphens, such as {cloud.DefaultRegion} or eu-de";
        }

        if (cloud.Regions.Contains(region))
        {
            return null;
        }

        var owner = All.FirstOrDefault(candidate => candidate.Regions.Contains(region));
        return owner is null
            ? null
            : $"\"{region}\" belongs to {owner.Title}, not to {cloud.Title}: set {Setting.Cloud} to \"{owner.Name}\", or choose another region";
    }

    /// <summary>What can be both a folder and a part of a host's name.</summary>
    [GeneratedRegex("^[A-Za-z0-9]([A-Za-z0-9-]{0,38}[A-Za-z0-9])?\\z", RegexOptions.None, 200)]
    private static partial Regex LocalRegion();
}
