using System.Text.RegularExpressions;
using PulumiEvs.Resources;

namespace PulumiEvs.Tests.Unit.Documents;

/// <summary>What the README says that there is, is what the provider declares.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public void Every_resource_and_function_of_the_package_is_named_and_no_other()
    {
        var text = string.Join('\n', Document.Read("README.md").Lines);
        var named = Regex.Matches(text, "evs:index:[A-Z][A-Za-z]+|`get[A-Z][A-Za-z]+`").Select(match => match.Value.Trim('`')).Distinct();

        var declared = EvsPackage.Declaration.Resources.Select(resource => resource.Token)
            .Concat(EvsPackage.Declaration.Functions.Select(function => function.Token[(function.Token.LastIndexOf(':') + 1)..]));

        named.ShouldBe(declared, ignoreOrder: true);
    }
}
