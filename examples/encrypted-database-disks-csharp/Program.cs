using Pulumi;

return await Deployment.RunAsync(() =>
{
    var config = new Config();

    var disks = new DatabaseDisks("orders", new DatabaseDisksArgs
    {
        Application = "orders",
        AvailabilityZone = config.Get("availabilityZone") ?? "local-1a",

        // Which key it is, is no secret: only who may use it is.
        KmsKeyId = config.Require("kmsKeyId"),
        DataSize = 500,
    });

    return new Dictionary<string, object?>
    {
        ["dataVolumeId"] = disks.DataVolumeId,
        ["logVolumeId"] = disks.LogVolumeId,
        ["snapshotId"] = disks.SnapshotId,
    };
});
