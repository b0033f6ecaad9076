using EvsSimulator.Core.Volumes;

namespace EvsSimulator.Core;

/// <summary>What a project uses, by quota key, kept up to date with every change.</summary>
internal sealed class QuotaUsage
{
    public const string Volumes = "volumes";
    public const string Gigabytes = "gigabytes";
    public const string Snapshots = "snapshots";
    public const string PerVolumeGigabytes = "per_volume_gigabytes";

    private readonly Dictionary<string, long> inUse = new(StringComparer.Ordinal);

    public static string OfType(string key, string volumeType) => $"{key}_{volumeType}";

    public long this[string key] => inUse.GetValueOrDefault(key);

    /// <summary>Adds a volume (sign 1) or takes it away (sign -1).</summary>
    public void Count(Volume volume, int sign)
    {
        Add(Volumes, volume.Type, sign);
        Add(Gigabytes, volume.Type, sign * volume.Size);
    }

    public void Count(Snapshot snapshot, int sign) => Add(Snapshots, snapshot.VolumeType, sign);

    private void Add(string key, string volumeType, long amount)
    {
        inUse[key] = this[key] + amount;
        var typed = OfType(key, volumeType);
        inUse[typed] = this[typed] + amount;
    }
}
