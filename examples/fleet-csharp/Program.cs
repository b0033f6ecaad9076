using System.Text.Json.Serialization;
using Pulumi;
using Evs = Pulumi.Evs;

return await Deployment.RunAsync(() =>
{
    var config = new Config();
    var regions = config.RequireObject<Dictionary<string, Region>>("regions");
    var disksPerRegion = config.GetInt32("disksPerRegion") ?? 3;
    var scratchPerRegion = config.GetInt32("scratchPerRegion") ?? 10;

    var outputs = new Dictionary<string, object?>();
    foreach (var (name, region) in regions)
    {
        // What differs by region is in the provider; credentials come from the environment for all of them.
        var provider = new Evs.Provider(name, new()
        {
            Region = name,
            ProjectId = region.ProjectId,
            Endpoint = region.Endpoint is { } endpoint ? (Input<string>)endpoint : null,
            DefaultTags = { ["fleet"] = "workers" },
        });

        // The engine starts them all at once; the provider keeps to the rate that the cloud accepts.
        var disks = Enumerable.Range(0, disksPerRegion).Select(index => new Evs.Volume($"{name}-worker-{index}", new()
        {
            AvailabilityZone = region.Zones[index % region.Zones.Length],
            VolumeType = Evs.VolumeType.GPSSD,
            Size = 40,
        }, new CustomResourceOptions { Provider = provider })).ToArray();

        // Disks that are equal in everything need no resource each: one request makes them all.
        var scratch = new Evs.VolumeBatch($"{name}-scratch", new()
        {
            Count = scratchPerRegion,
            AvailabilityZone = region.Zones[0],
            VolumeType = Evs.VolumeType.SSD,
            Size = 20,
        }, new CustomResourceOptions { Provider = provider });

        outputs[name] = Output.All(disks.Select(disk => disk.VolumeId));
        outputs[$"{name}-scratch"] = scratch.VolumeIds;
    }

    return outputs;
});

/// <summary>Where disks are to be made: an entry of the configuration `regions`.</summary>
internal sealed class Region
{
    /// <summary>The project of that region.</summary>
    [JsonPropertyName("projectId")]
    public required string ProjectId { get; init; }

    /// <summary>The zones over which the disks are spread.</summary>
    [JsonPropertyName("zones")]
    public required string[] Zones { get; init; }

    /// <summary>Address of the EVS API, where it is not the cloud's own.</summary>
    [JsonPropertyName("endpoint")]
    public string? Endpoint { get; init; }
}
