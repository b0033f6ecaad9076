using PulumiEvs.Evs.Models;
using PulumiEvs.Resources.Declarations;
using PulumiEvs.Resources.Values;
using static PulumiEvs.Resources.Volumes.VolumeProperties;

namespace PulumiEvs.Resources.Volumes;

/// <summary>A disk read back as the inputs that Check would return for it.</summary>
internal static class VolumeReadBack
{
    /// <summary>
    /// The inputs of a disk that is imported: all that the cloud tells and that is not a default, so that a program with
    /// these inputs shows no change. What a source passes on (encryption, device type) is not an input of its own.
    /// </summary>
    public static PropertyMap Import(Volume volume)
    {
        var live = VolumeFacts.Of(volume);
        var source = Source(live);
        var inputs = new PropertyMap.Builder(16);
        foreach (var property in VolumeDeclaration.Declaration.Inputs)
        {
            var value = live[property.Name];
            var isOtherSource = Sources.Contains(property.Name) && property.Name != source;
            var isInherited = property.Name is KmsKeyId or DeviceType && source is SnapshotId or ImageId;
            var isCloneOfNothing = property.Name == LinkedClone && source != SnapshotId;
            if (!isOtherSource && !isInherited && !isCloneOfNothing && !value.Equals(property.ImpliedValue) && Applies(property.Name, live))
            {
                inputs.SetIfPresent(property.Name, value);
            }
        }

        // A disk without a name must not be given one by the next Check.
        return inputs.Set(Name, volume.Name ?? "").Build();
    }

    /// <summary>
    /// The inputs of a known disk, brought up to date: what the program manages gets the live value; what it does not manage
    /// appears when it was changed outside and can be changed back in place. A change that only a replacement could undo is
    /// no drift of something that the program never asked for.
    /// </summary>
    public static PropertyMap Refresh(Volume volume, PropertyMap inputs, PropertyMap oldOutputs)
    {
        var live = VolumeFacts.Of(volume);
        var refreshed = inputs.ToBuilder();
        foreach (var property in VolumeDeclaration.Declaration.Inputs)
        {
            if (!property.ReadBack)
            {
                continue;
            }

            var (known, now) = (inputs[property.Name], live[property.Name]);
            if (!known.IsAbsent)
            {
                RefreshManaged(refreshed, property, known, now);
            }
            else if (property.Name is Description or Tags && !now.Equals(oldOutputs[property.Name].Unmarked()))
            {
                refreshed.SetIfPresent(property.Name, now);
            }
        }

        return refreshed.Build();
    }

    private static void RefreshManaged(PropertyMap.Builder refreshed, PropertyDeclaration property, PropertyValue known, PropertyValue now)
    {
        var wished = known.Unmarked();
        if (now.IsAbsent)
        {
            // Not told at all: for what the service always tells when it is there, that means it is gone.
            if (property.Name == Description && wished is PropertyValue.Text { Value.Length: > 0 })
            {
                refreshed.Set(property.Name, SecretMarks.Carry(known, ""));
            }
            else if (property.Name == Tags && wished is PropertyValue.Map { Entries.Count: > 0 })
            {
                refreshed.Set(property.Name, PropertyMap.Empty);
            }

            return;
        }

        if (!wished.Equals(now))
        {
            refreshed.Set(property.Name, SecretMarks.Carry(known, now));
        }
    }

    /// <summary>The source that the disk was made from. A copy of a system disk still names the image: the nearer source counts.</summary>
    private static string? Source(PropertyMap live) =>
        !live[SnapshotId].IsAbsent ? SnapshotId
        : !live[BackupId].IsAbsent ? BackupId
        : !live[ImageId].IsAbsent ? ImageId
        : null;

    /// <summary>Performance figures are inputs only of the types for which they can be set.</summary>
    private static bool Applies(string property, PropertyMap live)
    {
        if (property is not (Iops or Throughput) || live[VolumeProperties.VolumeType] is not PropertyValue.Text { Value: var name })
        {
            return true;
        }

        return VolumeTypes.Find(name) is not { } type || (property == Iops ? type.Iops : type.Throughput) is not null;
    }
}
