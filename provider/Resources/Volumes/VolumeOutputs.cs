using PulumiEvs.Evs.Models;
using PulumiEvs.Resources.Values;
using static PulumiEvs.Resources.Volumes.VolumeProperties;

namespace PulumiEvs.Resources.Volumes;

/// <summary>A volume's outputs: what the cloud has, and, for the few things it does not tell, what the program gave.</summary>
internal static class VolumeOutputs
{
    /// <summary>The outputs of a disk as it was read.</summary>
    /// <param name="inputs">The checked inputs; secret marks of theirs are carried over.</param>
    /// <param name="jobId">The job that created the disk, when known.</param>
    public static PropertyMap Of(Volume volume, PropertyMap inputs, PropertyValue jobId)
    {
        var live = VolumeFacts.Of(volume);
        var outputs = new PropertyMap.Builder(32);
        foreach (var property in VolumeDeclaration.Declaration.Inputs)
        {
            // What the answer left out is what was asked for: not every cloud returns every field.
            var value = live[property.Name].IsAbsent ? Kept(property.Name, inputs) : live[property.Name];
            if (value.IsAbsent && property is { AlwaysReturned: true, ImpliedValue: { } implied })
            {
                value = implied;
            }

            outputs.SetIfPresent(property.Name, SecretMarks.Carry(inputs[property.Name], value));
        }

        return outputs
            .Set(VolumeId, volume.Id)
            .SetIfPresent(JobId, jobId)
            .Set(Status, volume.Status)
            .SetIfPresent(Bootable, volume.Bootable is { } bootable ? bootable : null)
            .Set(Encrypted, live[KmsKeyId] is PropertyValue.Text || volume.Encrypted is true || VolumeFacts.IsMarkedEncrypted(volume))
            .SetIfPresent(Wwn, NotEmpty(volume.Wwn))
            .SetIfPresent(SerialNumber, NotEmpty(volume.SerialNumber))
            .SetIfPresent(CreatedAt, NotEmpty(volume.CreatedAt))
            .SetIfPresent(UpdatedAt, NotEmpty(volume.UpdatedAt))
            .Set(Attachments, new PropertyValue.List([.. volume.Attachments.Select(Attachment)]))
            .Build();
    }

    /// <summary>What a preview can be sure of: the inputs that come back as outputs. Everything else is left out: not known yet.</summary>
    public static PropertyMap Expected(PropertyMap inputs)
    {
        var outputs = new PropertyMap.Builder(inputs.Count);
        foreach (var property in VolumeDeclaration.Declaration.Inputs)
        {
            outputs.SetIfPresent(property.Name, Kept(property.Name, inputs));
        }

        return outputs.Build();
    }

    /// <summary>An input as an output of its own: empty texts and maps are not there at all. An empty name is a name.</summary>
    private static PropertyValue Kept(string name, PropertyMap inputs) => inputs[name] switch
    {
        { Bare: PropertyValue.Text { Value: "" } } when name != Name => PropertyValue.Null.Instance,
        { Bare: PropertyValue.Map { Entries.Count: 0 } } => PropertyValue.Null.Instance,
        var value => value,
    };

    private static PropertyValue Attachment(VolumeAttachment attachment) => new PropertyMap.Builder(4)
        .Set("serverId", attachment.ServerId ?? "")
        .SetIfPresent("attachmentId", NotEmpty(attachment.AttachmentId))
        .SetIfPresent("device", NotEmpty(attachment.Device))
        .SetIfPresent("attachedAt", NotEmpty(attachment.AttachedAt))
        .Build();

    private static PropertyValue NotEmpty(string? text) => string.IsNullOrEmpty(text) ? PropertyValue.Null.Instance : text;
}
