using PulumiEvs.Evs.Models;
using PulumiEvs.Resources.Values;
using static PulumiEvs.Resources.VolumeAttachments.AttachmentDeclaration;

namespace PulumiEvs.Resources.VolumeAttachments;

/// <summary>An attachment's outputs, from the disk's own list of its attachments.</summary>
internal static class AttachmentOutputs
{
    /// <summary>The disk's attachment to a server, or null when it has none.</summary>
    public static VolumeAttachment? Find(Volume? volume, string serverId) =>
        volume?.Attachments.FirstOrDefault(attachment => attachment.ServerId == serverId);

    public static PropertyMap Of(AttachmentId id, VolumeAttachment attachment, PropertyMap inputs, PropertyValue jobId) => new PropertyMap.Builder(6)
        .Set(VolumeId, SecretMarks.Carry(inputs[VolumeId], id.VolumeId))
        .Set(ServerId, SecretMarks.Carry(inputs[ServerId], id.ServerId))
        .SetIfPresent(Device, string.IsNullOrEmpty(attachment.Device) ? inputs[Device] : SecretMarks.Carry(inputs[Device], attachment.Device))
        .SetIfPresent(AttachmentDeclaration.AttachmentId, NotEmpty(attachment.AttachmentId))
        .SetIfPresent(AttachedAt, NotEmpty(attachment.AttachedAt))
        .SetIfPresent(JobId, jobId)
        .Build();

    /// <summary>What is sure before the disk is attached: not the device, which the cloud may name otherwise.</summary>
    public static PropertyMap Expected(PropertyMap inputs) => inputs.Without(Device);

    private static PropertyValue? NotEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
