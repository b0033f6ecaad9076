using System.Text.Json.Nodes;
using PulumiEvs.Resources.Previews;
using PulumiEvs.Resources.Values;
using PulumiEvs.Resources.Volumes;
using PulumiEvs.Tests.Unit.Resources.Support;
using PulumiEvs.Tests.Unit.Support;

namespace PulumiEvs.Tests.Unit.Resources.Previews;

/// <summary>A preflight over a scripted cloud of two zones, one of them without SSD, and quotas to be set.</summary>
internal sealed class PreflightRig : IDisposable
{
    public const string Zones = "GET /v2/os-availability-zone";
    public const string Types = "GET /v2/types";
    public const string Quotas = "GET /v2/os-quota-sets";

    public PreflightRig(params (string Line, Func<SentRequest, HttpResponseMessage> Answer)[] rules)
        : this(PreflightMode.Warn, rules)
    {
    }

    /// <param name="rules">Before those of the plain cloud.</param>
    public PreflightRig(PreflightMode mode, params (string Line, Func<SentRequest, HttpResponseMessage> Answer)[] rules)
        : this(mode, new StubHttp(request => Answer(rules, request)))
    {
    }

    public PreflightRig(PreflightMode mode, StubHttp http)
    {
        Cloud = new StubCloud(http);
        Preflight = new Preflight(new PreflightOptions(mode, TimeSpan.FromSeconds(10)), Cloud.Open);
    }

    public StubCloud Cloud { get; }

    public Preflight Preflight { get; }

    public IReadOnlyList<string> Warnings => Cloud.Log.Warnings;

    /// <summary>How often the cloud was asked for each thing.</summary>
    public IReadOnlyDictionary<string, int> Asked =>
        Cloud.Lines.Select(line => line.Split('?')[0].Replace("/" + TestClient.ProjectId, "", StringComparison.Ordinal)).CountBy(line => line).ToDictionary();

    public Task ReviewAsync(PreflightPlan plan, string name = "data") =>
        Cloud.RunAsync(() => Preflight.ReviewAsync($"urn:{name}", plan, Cloud.Log, CancellationToken.None));

    public Task NewAsync(params (string Name, PropertyValue Value)[] changes) => ReviewAsync(VolumePlan.New(Given.Inputs(changes)));

    /// <summary>So many new disks of 40 GiB, one after the other.</summary>
    public async Task NewAsync(int count)
    {
        for (var number = 1; number <= count; number++)
        {
            await ReviewAsync(VolumePlan.New(Given.Inputs()), $"data-{number}");
        }
    }

    public void Dispose() => Cloud.Dispose();

    public static Func<SentRequest, HttpResponseMessage> QuotaSet(params (string Name, long Limit, long InUse)[] quotas)
    {
        var set = new JsonObject { ["id"] = TestClient.ProjectId };
        foreach (var (name, limit, inUse) in quotas)
        {
            set[name] = new JsonObject { ["limit"] = limit, ["in_use"] = inUse, ["reserved"] = 0 };
        }

        var body = new JsonObject { ["quota_set"] = set }.ToJsonString();
        return _ => StubHttp.Json(body);
    }

    public static Func<SentRequest, HttpResponseMessage> TypeList(params (string Name, string? Zones, string? SoldOut)[] types)
    {
        var list = types.Select((type, index) =>
        {
            var specs = new JsonObject();
            if (type.Zones is not null)
            {
                specs["RESKEY:availability_zones"] = type.Zones;
            }

            if (type.SoldOut is not null)
            {
                specs["os-vendor-extended:sold_out_availability_zones"] = type.SoldOut;
            }

            return (JsonNode)new JsonObject { ["id"] = $"type-{index}", ["name"] = type.Name, ["extra_specs"] = specs };
        });
        var body = new JsonObject { ["volume_types"] = new JsonArray([.. list]) }.ToJsonString();
        return _ => StubHttp.Json(body);
    }

    public static Func<SentRequest, HttpResponseMessage> ZoneList(params (string Name, bool Available)[] zones)
    {
        var list = zones.Select(zone => (JsonNode)new JsonObject { ["zoneName"] = zone.Name, ["zoneState"] = new JsonObject { ["available"] = zone.Available } });
        var body = new JsonObject { ["availabilityZoneInfo"] = new JsonArray([.. list]) }.ToJsonString();
        return _ => StubHttp.Json(body);
    }

    private static HttpResponseMessage Answer((string Line, Func<SentRequest, HttpResponseMessage> Answer)[] rules, SentRequest request)
    {
        // The project stands in the path of the quotas twice, in the others once.
        var line = $"{request.Method} {request.Uri.AbsolutePath.Replace("/" + TestClient.ProjectId, "", StringComparison.Ordinal)}";
        foreach (var (expected, answer) in rules)
        {
            if (line == expected)
            {
                return answer(request);
            }
        }

        return line switch
        {
            Zones => ZoneList(("eu-test-1a", true), ("eu-test-1b", true))(request),
            Types => TypeList(("SSD", "eu-test-1a", null), ("SAS", "eu-test-1a,eu-test-1b", null), ("SAS", "eu-test-1b", null))(request),
            Quotas => QuotaSet(("volumes", -1, 0), ("gigabytes", -1, 0))(request),
            _ => throw new InvalidOperationException($"no rule for {line}"),
        };
    }
}
