using Pulumi;
using Evs = Pulumi.Evs;

return await Deployment.RunAsync(() =>
{
    // The id of a disk that someone made by hand. Once it is in the state, `ImportId` may stay or go: it has no effect any more.
    var volumeId = new Config().Require("volumeId");

    var legacy = new Evs.Volume("legacy", new()
    {
        AvailabilityZone = "local-1a",
        VolumeType = Evs.VolumeType.SAS,
        Size = 100,
        Name = "made-by-hand",
    }, new CustomResourceOptions { ImportId = volumeId, Protect = true });

    return new Dictionary<string, object?>
    {
        ["volumeId"] = legacy.VolumeId,
        ["createdAt"] = legacy.CreatedAt,
    };
});
