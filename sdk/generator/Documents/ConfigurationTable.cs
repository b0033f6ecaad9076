using PulumiEvs.Resources.Declarations;
using PulumiEvs.Resources.Provider;

namespace PulumiEvs.Generator.Documents;

/// <summary>The provider's configuration as a table. Made from the declaration, because the schema has no place for the variables of secrets.</summary>
internal static class ConfigurationTable
{
    public static string Write() => Markdown.Table(["Property", "Meaning", "Secret", "Environment"], ProviderDeclaration.Properties.Select(Row));

    private static IReadOnlyList<string> Row(PropertyDeclaration property) =>
    [
        $"`{property.Name}`",
        property.Description + Choices(property.Type) + (property.ImpliedValue is { } implied ? $" Default: `{implied.ToString().Trim('"')}`." : ""),
        property.Secret ? "yes" : "",
        string.Join(", ", property.Environment.Select(variable => $"`{variable}`")),
    ];

    private static string Choices(PropertyType type) => type is PropertyType.Choice { Enum.Values: var values }
        ? " One of " + string.Join(", ", values.Select(value => $"`{value.Value}`")) + "."
        : "";
}
