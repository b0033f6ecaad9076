using System.Text.Json;

namespace PulumiEvs.Tests.Unit.Simulator;

/// <summary>Compares a body with a documented one by its members, not by its values.</summary>
internal static class JsonCoverage
{
    /// <summary>
    /// Members that a documented example holds because of its data (keys of metadata, of tags), or that only name where
    /// the example comes from.
    /// </summary>
    private static readonly string[] Free = ["metadata", "tags", "volume_image_metadata"];

    /// <summary>Fails unless every member of the documented body is there, with the same kind of value where it has one.</summary>
    public static void ShouldCover(this JsonElement actual, JsonElement documented, string path = "$")
    {
        switch (documented.ValueKind)
        {
            case JsonValueKind.Object:
                actual.ValueKind.ShouldBe(JsonValueKind.Object, path);
                foreach (var member in documented.EnumerateObject())
                {
                    var at = $"{path}.{member.Name}";
                    actual.TryGetProperty(member.Name, out var held).ShouldBeTrue($"{at} is missing in {actual}");
                    if (!Free.Contains(member.Name))
                    {
                        held.ShouldCover(member.Value, at);
                    }
                }

                break;
            case JsonValueKind.Array:
                actual.ValueKind.ShouldBe(JsonValueKind.Array, path);
                if (documented.GetArrayLength() > 0 && actual.GetArrayLength() > 0)
                {
                    actual[0].ShouldCover(documented[0], $"{path}[0]");
                }

                break;
            case JsonValueKind.String or JsonValueKind.Number:
                (actual.ValueKind == documented.ValueKind || actual.ValueKind == JsonValueKind.Null)
                    .ShouldBeTrue($"{path} is {actual.ValueKind}, documented as {documented.ValueKind}");
                break;
        }
    }
}
