using System.Collections.Immutable;
using PulumiEvs.Resources.Checking;
using PulumiEvs.Resources.Declarations;

namespace PulumiEvs.Resources.VolumeAttachments;

/// <summary>
/// What an attachment of a disk to a server is: the one place where its properties are declared. Sources: ECS API reference,
/// attaching and detaching a disk; EVS API reference, disk details.
/// </summary>
internal static class AttachmentDeclaration
{
    public const string Token = "evs:index:VolumeAttachment";

    public const string VolumeId = "volumeId";
    public const string ServerId = "serverId";
    public const string Device = "device";
    public const string AttachmentId = "attachmentId";
    public const string AttachedAt = "attachedAt";
    public const string JobId = "jobId";

    public static readonly TimeSpan CreateTimeout = TimeSpan.FromMinutes(15);

    public static readonly TimeSpan ReadTimeout = TimeSpan.FromMinutes(5);

    public static readonly TimeSpan DeleteTimeout = TimeSpan.FromMinutes(15);

    private static readonly ChangeEffect Replaces = ChangeEffect.Replaces("attachment");

    private static readonly ImmutableArray<TimeoutDeclaration> Timeouts =
        [new("create", CreateTimeout, ""), new("update", CreateTimeout, ""), new("read", ReadTimeout, ""), new("delete", DeleteTimeout, "")];

    public static readonly ResourceDeclaration Declaration = new()
    {
        Token = Token,
        Noun = "attachment",
        Description =
            "A disk attached to a server (ECS). Creating it attaches the disk by a job of ECS and waits for that; deleting it detaches the disk. "
            + "The server must be in the disk's availability zone. A shared disk (`multiattach`) can have several attachments. "
            + "The address of ECS comes from the cloud and region; the provider's `ecsEndpoint` overrides it.",
        ImportIdExample = "d43f9c7e-1d1c-4a3b-9a6e-3d6f0a5c7b21/591ac654-26d8-41be-bb77-4f90699d2d41",
        Examples = AttachmentExamples.All,
        Timeouts = Timeouts,
        Properties =
        [
            new PropertyDeclaration
            {
                Name = VolumeId,
                Type = PropertyType.String,
                Description = "ID of the disk.",
                Required = true,
                AlwaysReturned = true,
                Rules = [ValueRules.NotEmpty],
                Change = Replaces,
            },
            new PropertyDeclaration
            {
                Name = ServerId,
                Type = PropertyType.String,
                Description = "ID of the server (ECS).",
                Required = true,
                AlwaysReturned = true,
                Rules = [ValueRules.NotEmpty],
                Change = Replaces,
            },
            new PropertyDeclaration
            {
                Name = Device,
                Type = PropertyType.String,
                Description =
                    "Device name on the server, such as `/dev/vdb`. Chosen by the cloud when not given, which is right for most servers; Xen servers need one. "
                    + "The output is the name that the cloud tells, which may differ from the one asked for.",
                Rules = [ValueRules.NotEmpty],
                Change = Replaces,
            },
            Output(AttachmentId, "ID of the attachment itself."),
            Output(AttachedAt, "When the disk was attached: UTC, `YYYY-MM-DDTHH:MM:SS.ffffff`."),
            Output(JobId, "ID of the ECS job that attached the disk; not known of imported attachments."),
        ],
    };

    private static PropertyDeclaration Output(string name, string description) =>
        new() { Name = name, Type = PropertyType.String, Description = description, Role = PropertyRole.Output, Stable = true };
}
