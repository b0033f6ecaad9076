using System.Text.Json;

namespace PulumiEvs.Evs.Auth.Sources;

/// <summary>The profiles of Huawei Cloud's command line tool: <c>~/.hcloud/config.json</c>.</summary>
internal static class CommandLineProfile
{
    private static readonly (CredentialField Field, string Name)[] Fields =
    [
        (CredentialField.AccessKey, "accessKeyId"),
        (CredentialField.SecretKey, "secretAccessKey"),
        (CredentialField.SecurityToken, "securityToken"),
        (CredentialField.Region, "region"),
        (CredentialField.ProjectId, "projectId"),
        (CredentialField.DomainId, "domainId"),
        (CredentialField.AgencyName, "agencyName"),
        (CredentialField.AgencyDomainName, "agencyDomainName"),
    ];

    /// <param name="host">Has the file and the variables.</param>
    /// <param name="profile">Its name; the current one of the file when null.</param>
    /// <param name="required">The profile was asked for by name.</param>
    public static SourceOutcome Read(Host host, string? profile, bool required)
    {
        var named = host.Get("HW_SHARED_CONFIG_FILE");
        var path = named is not null ? host.Expand(named) : host.InHome(".hcloud/config.json");
        return path is null ? SourceOutcome.Nothing : SourceOutcome.Of(host, path, named is not null, text => Parse(text, path, profile, required));
    }

    private static SourceOutcome Parse(string text, string path, string? profile, bool required)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                throw new FormatException("it is not a JSON object");
            }

            var name = profile ?? Text(root, "current");
            var profiles = root.TryGetProperty("profiles", out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : Array.Empty<JsonElement>();
            var chosen = profiles.Where(candidate => candidate.ValueKind == JsonValueKind.Object && Text(candidate, "name") == name).Take(1).ToArray();
            if (chosen is not [var entry])
            {
                var names = profiles.Select(candidate => candidate.ValueKind == JsonValueKind.Object ? Text(candidate, "name") : null);
                return new SourceOutcome(null, required || name is not null ? $"the file {path} has no profile \"{name}\"{SourceOutcome.Others(names)}" : null);
            }

            var values = Fields
                .Select(row => (row.Field, Value: Text(entry, row.Name)))
                .Where(row => row.Value is not null)
                .ToDictionary(row => row.Field, row => row.Value!);
            var title = $"profile \"{name}\" in {path}";
            return new SourceOutcome(
                new CredentialSet(title, values, field => $"{Array.Find(Fields, row => row.Field == field).Name ?? field.ToString()} of {title}"), null);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The message of the parser may quote the text, which holds secrets: only the place is told.
            throw new FormatException(e is JsonException { LineNumber: { } line } ? $"line {line + 1} is not JSON" : "it has a text that cannot be read");
        }
    }

    private static string? Text(JsonElement value, string name) =>
        value.TryGetProperty(name, out var field) && field.ValueKind == JsonValueKind.String && field.GetString() is { Length: > 0 } text ? text : null;
}
