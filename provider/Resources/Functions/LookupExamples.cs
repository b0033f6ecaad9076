using System.Collections.Immutable;
using PulumiEvs.Resources.Declarations;

namespace PulumiEvs.Resources.Functions;

/// <summary>Programs that show what the look-up functions are used for.</summary>
internal static class LookupExamples
{
    private const string VolumeId = "591ac654-26d8-41be-bb77-4f90699d2d41";

    public static readonly ImmutableArray<ExampleDeclaration> AvailabilityZones = Show(
        "The zones to choose from", Call("zones", "getAvailabilityZones"), "names");

    public static readonly ImmutableArray<ExampleDeclaration> Job = Show(
        "How a job stands", Call("job", "getJob", ("jobId", "ff80808288d41e1b018990260955686a")), "status", "failReason");

    public static readonly ImmutableArray<ExampleDeclaration> Quotas = Show("How much is left", Call("limits", "getQuotas"), "quotas");

    public static readonly ImmutableArray<ExampleDeclaration> Snapshots = Show(
        "The snapshots of a disk", Call("backups", "getSnapshots", ("volumeId", VolumeId)), "snapshotIds");

    public static readonly ImmutableArray<ExampleDeclaration> Tags = Show("The tags of a disk", Call("found", "getTags", ("volumeId", VolumeId)), "tags");

    public static readonly ImmutableArray<ExampleDeclaration> Volume = Show(
        "A disk that another stack made", Call("shared", "getVolume", ("name", "shared-data")), "volumeId", "size");

    public static readonly ImmutableArray<ExampleDeclaration> VolumeTypes = Show(
        "The types that a zone has", Call("types", "getVolumeTypes", ("availabilityZone", "eu-de-01")), "names");

    public static readonly ImmutableArray<ExampleDeclaration> Volumes =
    [
        .. Show(
            "All disks of a team that nothing uses",
            Call("unused", "getVolumes", ("status", "available"), ("tags", new ExampleValue.Map(("team", "storage")))),
            "volumeIds"),
        .. Show(
            "Disks of a server, the largest first",
            Call(
                "attached",
                "getVolumes",
                ("serverId", "0a3b2f1e-6f5c-4d0e-9c57-5b8b2f0a6d11"),
                ("volumeType", "SSD"),
                ("sortKey", "size"),
                ("sortDirection", "desc")),
            "volumeIds"),
    ];

    private static ExampleStep.Call Call(string name, string function, params ImmutableArray<(string Property, ExampleValue Value)> arguments) =>
        new(name, $"{EvsPackage.Name}:index:{function}", arguments);

    /// <summary>A call whose results become outputs of the stack.</summary>
    private static ImmutableArray<ExampleDeclaration> Show(string title, ExampleStep.Call call, params ReadOnlySpan<string> results)
    {
        var steps = ImmutableArray.Create<ExampleStep>(call);
        foreach (var result in results)
        {
            steps = steps.Add(new ExampleStep.Output(result, new ExampleValue.Reference(call.Name, result)));
        }

        return [new ExampleDeclaration(title, steps)];
    }
}
