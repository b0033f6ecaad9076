using PulumiEvs.Resources.Contracts;

namespace PulumiEvs.Resources.VolumeAttachments;

/// <summary>The id of an attachment: <c>SERVER_ID/VOLUME_ID</c>. A server has a disk attached once at most.</summary>
internal readonly record struct AttachmentId(string ServerId, string VolumeId)
{
    public override string ToString() => $"{ServerId}/{VolumeId}";

    /// <exception cref="ResourceException">It is not of that form.</exception>
    public static AttachmentId Parse(string id) => id.Split('/') switch
    {
        [{ Length: > 0 } server, { Length: > 0 } volume] => new AttachmentId(server, volume),
        _ => throw new ResourceException(
            FailureKind.InvalidRequest, $"\"{id}\" is not the id of a volume attachment; it must be the server's id and the volume's with a slash between: SERVER_ID/VOLUME_ID"),
    };
}
