using System.Text.Json;
using EvsSimulator.Accounts;
using EvsSimulator.Core.Catalog;

namespace EvsSimulator.Http.Local;

/// <summary>Writes the set-up in force, without secrets.</summary>
internal static class ConfigView
{
    public static void Write(Utf8JsonWriter json, Settings settings, AccountSetup accounts)
    {
        json.WriteStartObject();
        json.WriteString("cloud", settings.Cloud.Name);
        json.WriteString("region", settings.Region);
        WriteList(json, "zones", settings.Zones);
        json.WriteStartObject("volumeTypes");
        foreach (var offer in settings.Types)
        {
            WriteList(json, offer.Name, offer.Zones);
        }

        json.WriteEndObject();
        json.WriteStartObject("soldOut");
        foreach (var (type, zones) in settings.SoldOut)
        {
            WriteList(json, type, zones);
        }

        json.WriteEndObject();
        json.WriteStartObject("quotas");
        foreach (var (key, most) in settings.Quotas)
        {
            json.WriteNumber(key, most);
        }

        json.WriteEndObject();
        json.WriteStartObject("jobDurations");
        foreach (var (kind, spec) in settings.Durations)
        {
            json.WriteString(kind, spec.ToString());
        }

        json.WriteEndObject();
        json.WriteNumber("timeScale", settings.TimeScale);
        if (settings.RateLimit is { } limit)
        {
            json.WriteStartObject("rateLimit");
            json.WriteNumber("perSecond", limit.PerSecond);
            json.WriteNumber("burst", limit.Burst);
            if (limit.RetryAfterSeconds is { } seconds)
            {
                json.WriteNumber("retryAfterSeconds", seconds);
            }

            json.WriteEndObject();
        }

        json.WriteString("nameFilter", settings.NameFilter == NameFilter.Exact ? "exact" : "fuzzy");
        json.WriteNumber("clockOffsetSeconds", settings.ClockOffset.TotalSeconds);
        json.WriteNumber("tokenLifetimeSeconds", settings.TokenLifetime.TotalSeconds);
        json.WriteNumber("invalidTokenStatus", settings.InvalidTokenStatus);
        json.WriteBoolean("closedCatalogs", settings.Sources.Closed);
        WriteList(json, "images", settings.Sources.Images.Select(entry => entry.Id));
        WriteList(json, "backups", settings.Sources.Backups.Select(entry => entry.Id));
        WriteList(json, "keys", settings.Sources.Keys.Select(entry => entry.Id));
        WriteList(json, "servers", settings.Sources.Servers.Select(entry => entry.Id));
        WriteList(json, "projects", accounts.Projects.Select(project => project.Id));
        WriteList(json, "users", accounts.Users.Select(user => user.Name));
        json.WriteEndObject();
    }

    private static void WriteList(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}
