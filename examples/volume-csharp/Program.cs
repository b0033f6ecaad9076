using Pulumi;
using Evs = Pulumi.Evs;

return await Deployment.RunAsync(() =>
{
    var config = new Config();

    var data = new Evs.Volume("data", new()
    {
        // A zone of the local EVS; on a cloud one of its own, such as eu-de-01.
        AvailabilityZone = config.Get("availabilityZone") ?? "local-1a",
        VolumeType = Evs.VolumeType.SSD,
        Size = config.GetInt32("size") ?? 100, // GiB
        Description = "Data of the application",
        Tags =
        {
            ["team"] = "storage",
            ["environment"] = Deployment.Instance.StackName,
        },
    });

    return new Dictionary<string, object?>
    {
        ["volumeId"] = data.VolumeId,
        ["status"] = data.Status,
    };
});
