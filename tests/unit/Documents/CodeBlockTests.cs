using System.Text.Json;
using System.Xml.Linq;
using PulumiEvs.Tests.Unit.Sdk;
using YamlDotNet.RepresentationModel;

namespace PulumiEvs.Tests.Unit.Documents;

/// <summary>
/// Every block of code in every document is what it says it is. C# is compiled; what other languages say is parsed, those of which
/// .NET has no parser among the interop tests (documents.test.js).
/// </summary>
public sealed class CodeBlockTests
{
    private static readonly string[] ParsedElsewhere = ["sh", "typescript", "python", "go"];

    /// <summary>What a program prints.</summary>
    private const string Output = "text";

    public static TheoryData<string> Documents => [.. Manuals.Paths];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Code_says_in_which_language_it_is(string path)
    {
        foreach (var block in Manuals.Code(path))
        {
            ParsedElsewhere.Concat(["csharp", "yaml", "json", "xml", Output]).ShouldContain(block.Language, block.Place);
        }
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void CSharp_compiles_without_a_warning(string path)
    {
        foreach (var block in In(path, "csharp"))
        {
            CSharpCompiler.Problems(block.Text).ShouldBeEmpty(block.Place);
        }
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Yaml_is_yaml(string path)
    {
        foreach (var block in In(path, "yaml"))
        {
            Should.NotThrow(() => new YamlStream().Load(new StringReader(block.Text)), block.Place);
        }
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Json_is_json(string path)
    {
        foreach (var block in In(path, "json"))
        {
            Should.NotThrow(() => JsonDocument.Parse(block.Text).Dispose(), block.Place);
        }
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Xml_is_xml(string path)
    {
        foreach (var block in In(path, "xml"))
        {
            Should.NotThrow(() => XDocument.Parse($"<fragment>{block.Text}</fragment>"), block.Place);
        }
    }

    [Fact]
    public void There_is_code_of_every_kind()
    {
        // What reads no block at all would find nothing wrong.
        Manuals.Paths.SelectMany(Manuals.Code).Select(block => block.Language).Distinct()
            .ShouldBe(["csharp", "yaml", "json", "xml", "sh", "typescript", "python", "go", Output], ignoreOrder: true);
    }

    private static IEnumerable<CodeBlock> In(string path, string language) => Manuals.Code(path).Where(block => block.Language == language);
}
