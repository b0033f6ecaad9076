using System.Text.RegularExpressions;
using PulumiEvs.Resources;
using PulumiEvs.Resources.Declarations;
using PulumiEvs.Resources.Provider;

namespace PulumiEvs.Tests.Unit.Documents;

/// <summary>What the README says that there is, is what the provider declares.</summary>
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

    [Fact]
    public void Every_resource_and_function_of_the_package_is_named_and_no_other()
    {
        var text = string.Join('\n', Document.Read("README.md").Lines);
        var named = Regex.Matches(text, "evs:index:[A-Z][A-Za-z]+|`get[A-Z][A-Za-z]+`").Select(match => match.Value.Trim('`')).Distinct();

        var declared = EvsPackage.Declaration.Resources.Select(resource => resource.Token)
            .Concat(EvsPackage.Declaration.Functions.Select(function => function.Token[(function.Token.LastIndexOf(':') + 1)..]));

        named.ShouldBe(declared, ignoreOrder: true);
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
