using System.Text.Json;
using EvsSimulator.Core;
using EvsSimulator.Core.Catalog;
using EvsSimulator.Core.Errors;

namespace EvsSimulator.Http.Routes;

/// <summary>What the cloud offers: API versions, volume types, zones, quotas.</summary>
internal static class CatalogRoutes
{
    private static readonly string[] Versions = ["v2", "v3"];
    private static readonly string[] PlainQuotaKeys =
        [QuotaUsage.Volumes, QuotaUsage.Gigabytes, QuotaUsage.Snapshots, "backups", "backup_gigabytes", QuotaUsage.PerVolumeGigabytes];

    private static readonly string[] QuotaKeysOfTypes = [QuotaUsage.Volumes, QuotaUsage.Gigabytes, QuotaUsage.Snapshots];

    public static IEnumerable<Route> All() =>
    [
        .. Versions.SelectMany(version => (Route[])
        [
            Cinder($"/{version}/{{project}}/types", "listVolumeTypes", ListTypes),
            Cinder($"/{version}/{{project}}/types/{{id}}", "getVolumeType", GetType),
            Cinder($"/{version}/{{project}}/os-availability-zone", "listZones", ListZones),
            Cinder($"/{version}/{{project}}/os-quota-sets/{{target}}", "getQuotas", GetQuotas),
        ]),
        Cinder("/", "listApiVersions", call => ListVersions(call, "v1.0", "v2.0", "v3.0")) with { IsOpen = true },
        Cinder("/v2", "listApiVersions", call => ListVersions(call, "v2.0")) with { IsOpen = true },
        Cinder("/v3", "listApiVersions", call => ListVersions(call, "v3.0")) with { IsOpen = true },
    ];

    private static Route Cinder(string template, string operation, Handler handle) =>
        Route.Get(template, operation, handle) with { Shape = ErrorShape.Cinder };

    private static Outcome<Answer> ListTypes(Call call)
    {
        var settings = call.Cloud.Settings;
        return Answer.Json(200, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("volume_types");
            foreach (var offer in settings.Types)
            {
                WriteType(json, offer, settings);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private static Outcome<Answer> GetType(Call call)
    {
        var settings = call.Cloud.Settings;
        return settings.Types.FirstOrDefault(offer => offer.Id == call["id"]) is { } offer
            ? Answer.Json(200, json =>
            {
                json.WriteStartObject();
                json.WritePropertyName("volume_type");
                WriteType(json, offer, settings);
                json.WriteEndObject();
            })
            : new Refusal(404, "EVS.5404", $"Volume type {call["id"]} could not be found.");
    }

    private static void WriteType(Utf8JsonWriter json, VolumeTypeOffer offer, Settings settings)
    {
        json.WriteStartObject();
        json.WriteStartObject("extra_specs");
        json.WriteString("volume_backend_name", offer.Name);
        json.WriteString("availability-zone", offer.Zones.FirstOrDefault());
        json.WriteString("RESKEY:availability_zones", string.Join(',', offer.Zones));
        if (settings.SoldOut.TryGetValue(offer.Name, out var soldOut) && !soldOut.IsEmpty)
        {
            json.WriteString("os-vendor-extended:sold_out_availability_zones", string.Join(',', soldOut));
        }

        json.WriteEndObject();
        json.WriteString("name", offer.Name);
        json.WriteNull("qos_specs_id");
        json.WriteString("id", offer.Id);
        json.WriteBoolean("is_public", true);
        json.WriteNull("description");
        json.WriteEndObject();
    }

    private static Outcome<Answer> ListZones(Call call)
    {
        var zones = call.Cloud.Settings.Zones;
        return Answer.Json(200, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("availabilityZoneInfo");
            foreach (var zone in zones)
            {
                json.WriteStartObject();
                json.WriteStartObject("zoneState");
                json.WriteBoolean("available", true);
                json.WriteEndObject();
                json.WriteString("zoneName", zone);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private static Outcome<Answer> GetQuotas(Call call) => call.Run<Outcome<Answer>>(world =>
    {
        if (call["target"] != call.ProjectId)
        {
            return Refusal.Of("EVS.5403");
        }

        var usage = world.Store.Project(call.ProjectId).Usage;
        var withUsage = call.QueryValue("usage") is { } asked && asked.Equals("true", StringComparison.OrdinalIgnoreCase);
        var keys = PlainQuotaKeys.Concat(world.Settings.Types.SelectMany(offer =>
            QuotaKeysOfTypes.Select(key => QuotaUsage.OfType(key, offer.Name))));
        return Answer.Json(200, json =>
        {
            json.WriteStartObject();
            json.WriteStartObject("quota_set");
            json.WriteString("id", call.ProjectId);
            foreach (var key in keys)
            {
                var limit = world.Settings.Quotas.GetValueOrDefault(key, -1);
                if (!withUsage)
                {
                    json.WriteNumber(key, limit);
                    continue;
                }

                json.WriteStartObject(key);
                json.WriteNumber("reserved", 0);
                json.WriteNumber("limit", limit);
                json.WriteNumber("in_use", usage[key]);
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        });
    });

    private static Outcome<Answer> ListVersions(Call call, params string[] ids) => Answer.Json(200, json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("versions");
        foreach (var id in ids)
        {
            var isV3 = id == "v3.0";
            json.WriteStartObject();
            json.WriteString("id", id);
            json.WriteString("status", isV3 ? "CURRENT" : "SUPPORTED");
            json.WriteString("min_version", isV3 ? "3.0" : "");
            json.WriteString("version", isV3 ? "3.50" : "");
            json.WriteString("updated", "2014-06-28T12:20:21Z");
            json.WriteStartArray("links");
            WriteDocumentationLink(json);
            json.WriteStartObject();
            json.WriteString("href", $"{call.BaseUrl}/{id[..2]}");
            json.WriteString("rel", "self");
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteStartArray("media-types");
            json.WriteStartObject();
            json.WriteString("type", "application/vnd.openstack.volume+json;version=1");
            json.WriteString("base", "application/json");
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static void WriteDocumentationLink(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("rel", "describedby");
        json.WriteString("href", "http://docs.openstack.org/");
        json.WriteString("type", "text/html");
        json.WriteEndObject();
    }
}
