using Pulumi;
using Evs = Pulumi.Evs;

/// <summary>What a database needs to know of its disks before they exist.</summary>
internal sealed class DatabaseDisksArgs
{
    /// <summary>Name of the application that the database belongs to.</summary>
    public required string Application { get; init; }

    /// <summary>The zone of the server that will attach the disks.</summary>
    public required Input<string> AvailabilityZone { get; init; }

    /// <summary>ID of the key that encrypts the disks.</summary>
    public required Input<string> KmsKeyId { get; init; }

    /// <summary>Size of the disk for tables, in GiB.</summary>
    public required int DataSize { get; init; }

    /// <summary>Size of the disk for the write-ahead log, in GiB.</summary>
    public int LogSize { get; init; } = 50;
}

/// <summary>The disks of one database: tables and log apart, both encrypted, and a snapshot of the tables.</summary>
internal sealed class DatabaseDisks : ComponentResource
{
    public DatabaseDisks(string name, DatabaseDisksArgs args, ComponentResourceOptions? options = null)
        : base("examples:database:Disks", name, options)
    {
        // Protected: `pulumi destroy` and a change that would replace the disk are refused until someone unprotects it.
        var data = Disk("data", args.DataSize, Evs.VolumeType.SSD, isProtected: true);
        var log = Disk("log", args.LogSize, Evs.VolumeType.GPSSD, isProtected: true);

        var empty = new Evs.Snapshot($"{name}-empty", new()
        {
            VolumeId = data.VolumeId,
            Description = $"{args.Application} before the first table",
        }, new CustomResourceOptions { Parent = this });

        DataVolumeId = data.VolumeId;
        LogVolumeId = log.VolumeId;
        SnapshotId = empty.SnapshotId;
        RegisterOutputs(new Dictionary<string, object?>
        {
            ["dataVolumeId"] = DataVolumeId,
            ["logVolumeId"] = LogVolumeId,
            ["snapshotId"] = SnapshotId,
        });

        Evs.Volume Disk(string role, int size, Evs.VolumeType type, bool isProtected) => new($"{name}-{role}", new()
        {
            AvailabilityZone = args.AvailabilityZone,
            VolumeType = type,
            Size = size,
            KmsKeyId = args.KmsKeyId,
            Description = $"{role} of {args.Application}",
            Tags =
            {
                ["application"] = args.Application,
                ["role"] = role,
            },
        }, new CustomResourceOptions { Parent = this, Protect = isProtected });
    }

    public Output<string> DataVolumeId { get; }

    public Output<string> LogVolumeId { get; }

    public Output<string> SnapshotId { get; }
}
