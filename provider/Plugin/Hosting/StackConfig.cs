using System.Text.Json;
using PulumiEvs.Resources;
using PulumiEvs.Resources.Values;

namespace PulumiEvs.Plugin.Hosting;

/// <summary>Reads what <c>pulumi config --show-secrets --json</c> prints: <c>{"evs:region": {"value": "eu-de", "secret": false}}</c>.</summary>
internal static class StackConfig
{
    /// <param name="json">The text.</param>
    /// <param name="source">What it is called, for errors.</param>
    /// <returns>The provider's part of it, without its prefix.</returns>
    /// <exception cref="FormatException">It is something else; the message shows nothing of what it has.</exception>
    public static PropertyMap Read(string json, string source)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new FormatException($"{source} is not the JSON object that `pulumi config --show-secrets --json` prints");
            }

            var configuration = PropertyMap.Empty;
            const string prefix = EvsPackage.Name + ":";
            foreach (var entry in document.RootElement.EnumerateObject().Where(entry => entry.Name.StartsWith(prefix, StringComparison.Ordinal)))
            {
                configuration = configuration.With(entry.Name[prefix.Length..], ValueOf(entry, source));
            }

            return configuration;
        }
        catch (JsonException e)
        {
            // The message of the parser may quote the text, which holds secrets: only the place is told.
            throw new FormatException($"{source} is not JSON in line {e.LineNumber + 1}; give it what `pulumi config --show-secrets --json` prints", e);
        }
    }

    private static PropertyValue ValueOf(JsonProperty entry, string source)
    {
        if (entry.Value.ValueKind != JsonValueKind.Object)
        {
            return JsonValues.From(entry.Value);
        }

        var isSecret = entry.Value.TryGetProperty("secret", out var secret) && secret.ValueKind == JsonValueKind.True;
        return entry.Value.TryGetProperty("value", out var value)
            ? isSecret ? JsonValues.From(value).AsSecret() : JsonValues.From(value)
            : throw new FormatException($"{source} has {entry.Name} without its value: add --show-secrets to the command that printed it");
    }
}
