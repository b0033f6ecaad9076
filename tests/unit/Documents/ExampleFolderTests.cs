using System.Text.RegularExpressions;
using System.Xml.Linq;
using PulumiEvs.Tests.Unit.Sdk;
using PulumiEvs.Tests.Unit.Support;
using YamlDotNet.RepresentationModel;

namespace PulumiEvs.Tests.Unit.Documents;

/// <summary>Each example is a folder that a user can copy: it compiles against the SDK, asks for packages that fit, and has a manual.</summary>
public sealed partial class ExampleFolderTests
{
    /// <summary>What a project with <c>ImplicitUsings</c> has on top of its own text.</summary>
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static readonly string[] Names =
        [.. Directory.EnumerateDirectories(Repository.Path("examples")).Select(folder => new DirectoryInfo(folder).Name).Order(StringComparer.Ordinal)];

    public static TheoryData<string> All => [.. Names];

    public static TheoryData<string> CSharp => [.. Names.Where(name => name.EndsWith("-csharp", StringComparison.Ordinal))];

    [Fact]
    public void There_is_one_of_every_kind() => Names.ShouldBe(
    [
        "ci-github-actions", "ci-gitlab", "encrypted-database-disks-csharp", "fleet-csharp", "import-csharp", "volume-csharp", "volume-yaml",
    ]);

    [Theory]
    [MemberData(nameof(CSharp))]
    public void It_compiles_without_a_warning(string name)
    {
        var files = Directory.EnumerateFiles(Repository.Path($"examples/{name}"), "*.cs", SearchOption.AllDirectories)
            .Select(path => (path, File.ReadAllText(path))).ToArray();

        files.ShouldNotBeEmpty();
        CSharpCompiler.Problems([.. files, ("ImplicitUsings.cs", ImplicitUsings)]).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(CSharp))]
    public void Its_project_asks_for_the_sdk_and_for_pulumi_and_is_what_was_compiled(string name)
    {
        var project = XDocument.Parse(Repository.Read($"examples/{name}/{name}.csproj"));

        project.Descendants("PackageReference").Select(package => (string?)package.Attribute("Include")).ShouldBe(["Pulumi", "Pulumi.Evs"]);
        project.Descendants("PackageReference").Last().Attribute("Version")!.Value.ShouldBe($"{Version().Split('.')[0]}.*");
        project.Descendants("Nullable").Single().Value.ShouldBe("enable");
        project.Descendants("ImplicitUsings").Single().Value.ShouldBe("enable");
        Yaml($"examples/{name}/Pulumi.yaml")["runtime"].ToString().ShouldBe("dotnet");
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Its_manual_says_how_to_run_it_and_what_the_preview_prints(string name)
    {
        var manual = Repository.Read($"examples/{name}/README.md");

        manual.ShouldContain("## What the preview says");
        Manuals.Code($"examples/{name}/README.md").ShouldContain(block => block.Language == "text" && block.Text.Contains("evs:index:Volume:", StringComparison.Ordinal));
        manual.ShouldMatch("## (Run it|Set-up)");
    }

    [Theory]
    [InlineData("examples/ci-github-actions/.github/workflows/infrastructure.yml")]
    [InlineData("examples/ci-gitlab/.gitlab-ci.yml")]
    public void A_pipeline_takes_its_keys_from_secrets_of_the_service_and_has_none_in_itself(string path)
    {
        var root = Yaml(path);
        var variables = (YamlMappingNode)root[root.Children.ContainsKey("env") ? "env" : "variables"];

        foreach (var secret in (string[])["HW_ACCESS_KEY", "HW_SECRET_KEY"])
        {
            variables[secret].ToString().ShouldMatch(@"^\$(\{\{ secrets\.)?EVS_(ACCESS|SECRET)_KEY( \}\})?$");
        }

        LongSecret().Matches(Repository.Read(path)).ShouldBeEmpty();
    }

    private static YamlMappingNode Yaml(string path)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(Repository.Read(path)));
        return (YamlMappingNode)stream.Documents.ShouldHaveSingleItem().RootNode;
    }

    private static string Version() => XDocument.Parse(Repository.Read("Directory.Build.props")).Descendants("Version").Single().Value;

    /// <summary>An access key, a secret key, a token of Pulumi.</summary>
    [GeneratedRegex(@"\bpul-[0-9a-f]{10,}|\b[A-Z0-9]{20}\b|\b[A-Za-z0-9]{40}\b")]
    private static partial Regex LongSecret();
}
