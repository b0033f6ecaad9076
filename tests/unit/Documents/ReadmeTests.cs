using PulumiEvs.Resources.Declarations;
using PulumiEvs.Resources.Provider;

namespace PulumiEvs.Tests.Unit.Documents;

/// <summary>What the README says about the configuration is what the provider declares.</summary>
public sealed class ReadmeTests
{
    private const string Heading = "| Property | Meaning | Secret | Environment |";

    [Fact]
    public void The_configuration_table_is_the_declared_configuration()
    {
        var stated = Document.Read("README.md").Lines.SkipWhile(line => line != Heading).TakeWhile(line => line.StartsWith('|'));

        var declared = new[] { Heading, "|---|---|---|---|" }.Concat(ProviderDeclaration.Properties.Select(Row));

        string.Join('\n', stated).ShouldBe(string.Join('\n', declared));
    }

    private static string Row(PropertyDeclaration property) => Row(
        $"`{property.Name}`",
        property.Description + Choices(property.Type) + (property.ImpliedValue is { } implied ? $" Default: `{implied.ToString().Trim('"')}`." : ""),
        property.Secret ? "yes" : "",
        string.Join(", ", property.Environment.Select(variable => $"`{variable}`")));

    private static string Row(params IEnumerable<string> cells) => string.Concat(cells.Select(cell => cell.Length == 0 ? "| " : $"| {cell} ")) + "|";

    private static string Choices(PropertyType type) => type is PropertyType.Choice { Enum.Values: var values }
        ? " One of " + string.Join(", ", values.Select(value => $"`{value.Value}`")) + "."
        : "";
}
