using System.Globalization;
using System.Text.Json.Nodes;
using PulumiEvs.Resources.Values;
using PulumiEvs.Tests.Unit.Resources.Support;
using PulumiEvs.Tests.Unit.Support;
using static PulumiEvs.Tests.Unit.Resources.Functions.LookupTests;

namespace PulumiEvs.Tests.Unit.Resources.Functions;

/// <summary>Each recorded answer that is of a function's kind, brief lists and older versions among them, is given by it whole.</summary>
public sealed class RecordedLookupTests
{
    /// <summary>An answer to a create, of the same form as one to a query.</summary>
    private const string Created = "hwdoc-evs_04_2065-resp";

    /// <summary>From the wire's names to those of the function, of what is one value in both.</summary>
    private static readonly Dictionary<string, string> VolumeNames = new()
    {
        ["id"] = "volumeId",
        ["name"] = "name",
        ["status"] = "status",
        ["size"] = "size",
        ["description"] = "description",
        ["availability_zone"] = "availabilityZone",
        ["volume_type"] = "volumeType",
        ["multiattach"] = "multiattach",
        ["snapshot_id"] = "snapshotId",
        ["enterprise_project_id"] = "enterpriseProjectId",
        ["created_at"] = "createdAt",
        ["updated_at"] = "updatedAt",
    };

    private static readonly Dictionary<string, string> SnapshotNames = new()
    {
        ["id"] = "snapshotId",
        ["name"] = "name",
        ["status"] = "status",
        ["size"] = "size",
        ["description"] = "description",
        ["volume_id"] = "volumeId",
        ["created_at"] = "createdAt",
        ["updated_at"] = "updatedAt",
        ["os-extended-snapshot-attributes:progress"] = "progress",
    };

    private static readonly Dictionary<string, string> TypeNames = new()
    {
        ["id"] = "volumeTypeId",
        ["name"] = "name",
        ["is_public"] = "isPublic",
        ["qos_specs_id"] = "qosSpecsId",
        ["description"] = "description",
    };

    private static readonly Dictionary<string, string> JobNames = new()
    {
        ["job_id"] = "jobId",
        ["job_type"] = "jobType",
        ["status"] = "status",
        ["begin_time"] = "beginTime",
        ["end_time"] = "endTime",
        ["error_code"] = "errorCode",
        ["fail_reason"] = "failReason",
    };

    public static TheoryData<string> VolumeLists => BodiesWith("volumes");

    public static TheoryData<string> Volumes => BodiesWith("volume");

    public static TheoryData<string> SnapshotLists => BodiesWith("snapshots");

    public static TheoryData<string> TypeLists => BodiesWith("volume_types");

    public static TheoryData<string> ZoneLists => BodiesWith("availabilityZoneInfo");

    public static TheoryData<string> QuotaSets => BodiesWith("quota_set");

    public static TheoryData<string> Jobs => BodiesWith("job_type");

    [Theory]
    [MemberData(nameof(VolumeLists))]
    public async Task A_list_of_volumes(string body)
    {
        using var cloud = new StubCloud(("GET /v2/cloudvolumes/detail", _ => StubHttp.Json(Recorded(body))));

        ShouldBeWhole((await Call(cloud, "getVolumes")).Result["volumes"], Parse(body)["volumes"]!, VolumeNames);
    }

    [Theory]
    [MemberData(nameof(Volumes))]
    public async Task A_volume(string body)
    {
        var wire = Parse(body)["volume"]!.AsObject();
        using var cloud = new StubCloud(($"GET /v2/cloudvolumes/{wire["id"]}", _ => StubHttp.Json(Recorded(body))));

        ShouldBeWhole((await Call(cloud, "getVolume", ("volumeId", wire["id"]!.GetValue<string>()))).Result, wire, VolumeNames);
    }

    [Theory]
    [MemberData(nameof(SnapshotLists))]
    public async Task A_list_of_snapshots(string body)
    {
        using var cloud = new StubCloud(("GET /v2/cloudsnapshots/detail", _ => StubHttp.Json(Recorded(body))));

        ShouldBeWhole((await Call(cloud, "getSnapshots")).Result["snapshots"], Parse(body)["snapshots"]!, SnapshotNames);
    }

    [Theory]
    [MemberData(nameof(TypeLists))]
    public async Task A_list_of_types(string body)
    {
        using var cloud = new StubCloud(("GET /v2/types", _ => StubHttp.Json(Recorded(body))));

        ShouldBeWhole((await Call(cloud, "getVolumeTypes")).Result["volumeTypes"], Parse(body)["volume_types"]!, TypeNames);
    }

    [Theory]
    [MemberData(nameof(ZoneLists))]
    public async Task A_list_of_zones(string body)
    {
        using var cloud = new StubCloud(("GET /v2/os-availability-zone", _ => StubHttp.Json(Recorded(body))));

        ShouldBeWhole(
            (await Call(cloud, "getAvailabilityZones")).Result["availabilityZones"], Parse(body)["availabilityZoneInfo"]!, new() { ["zoneName"] = "name" });
    }

    [Theory]
    [MemberData(nameof(QuotaSets))]
    public async Task A_set_of_quotas(string body)
    {
        using var cloud = new StubCloud(("GET /v2/os-quota-sets", _ => StubHttp.Json(Recorded(body))));

        var quotas = ((PropertyValue.Map)(await Call(cloud, "getQuotas")).Result["quotas"]).Entries;

        var wire = Parse(body)["quota_set"]!.AsObject().Where(quota => quota.Value is JsonObject).ToDictionary();
        quotas.Keys.ShouldBe(wire.Keys, ignoreOrder: true);
        foreach (var (name, quota) in wire)
        {
            ShouldBeWhole(((PropertyValue.Map)quotas[name]).Entries, quota!.AsObject(), new() { ["limit"] = "limit", ["in_use"] = "inUse", ["reserved"] = "reserved" });
        }
    }

    [Theory]
    [MemberData(nameof(Jobs))]
    public async Task A_job(string body)
    {
        var wire = Parse(body);
        using var cloud = new StubCloud(($"GET /v1/jobs/{wire["job_id"]}", _ => StubHttp.Json(Recorded(body))));

        var job = (await Call(cloud, "getJob", ("jobId", wire["job_id"]!.GetValue<string>()))).Result;

        ShouldBeWhole(job, wire, JobNames);
        if (wire["entities"]!["sub_jobs"] is { } subJobs)
        {
            ShouldBeWhole(((PropertyValue.Map)job["entities"]).Entries["subJobs"], subJobs, JobNames);
        }
    }

    /// <summary>As many as on the wire, each found by the first of the names, in whatever order.</summary>
    private static void ShouldBeWhole(PropertyValue given, JsonNode wire, Dictionary<string, string> names)
    {
        var (wireKey, key) = names.First();
        var byKey = ((PropertyValue.List)given).Items.Select(item => ((PropertyValue.Map)item).Entries).ToDictionary(entry => ((PropertyValue.Text)entry[key]).Value);
        wire.AsArray().Count.ShouldBe(byKey.Count);
        foreach (var entry in wire.AsArray())
        {
            ShouldBeWhole(byKey[entry![wireKey]!.GetValue<string>()], entry.AsObject(), names);
        }
    }

    private static void ShouldBeWhole(PropertyMap given, JsonObject wire, Dictionary<string, string> names)
    {
        foreach (var (wireName, name) in names)
        {
            if (wire[wireName]?.ToString() is { Length: > 0 } value)
            {
                Plain(given[name]).ShouldBe(value, name);
            }
        }
    }

    private static string? Plain(PropertyValue value) => value switch
    {
        PropertyValue.Text text => text.Value,
        PropertyValue.Number number => number.Value.ToString(CultureInfo.InvariantCulture),
        PropertyValue.Bool flag => flag.Value ? "true" : "false",
        _ => null,
    };

    private static JsonObject Parse(string body) => JsonNode.Parse(Fixtures.Recorded(body))!.AsObject();

    private static TheoryData<string> BodiesWith(string member) =>
        [.. Fixtures.RecordedNames.Where(name => name.Contains("-resp", StringComparison.Ordinal) && name != Created && Parse(name).ContainsKey(member))];
}
