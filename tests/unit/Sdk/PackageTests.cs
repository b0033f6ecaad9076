using System.IO.Compression;
using System.Reflection;
using System.Text.Json;
using System.Xml.Linq;
using PulumiEvs.Generator.CSharp;
using PulumiEvs.Tests.Unit.Support;

namespace PulumiEvs.Tests.Unit.Sdk;

/// <summary>The NuGet package of the SDK, as the build of these tests has packed it.</summary>
public sealed class PackageTests : IDisposable
{
    private static readonly string Version = typeof(Generator.GeneratedFiles).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    private readonly ZipArchive _package = ZipFile.OpenRead(
        Repository.Path(Path.Combine("artifacts", "package", Configuration(), $"Pulumi.Evs.{Version}.nupkg")));

    public void Dispose() => _package.Dispose();

    [Fact]
    public void It_holds_the_library_with_its_documentation_and_nothing_of_the_reference_assembly()
    {
        _package.Entries.Select(entry => entry.FullName).Where(name => !IsPackaging(name)).ShouldBe(
        [
            "Pulumi.Evs.nuspec",
            "README.md",
            "content/pulumi-plugin.json",
            "content/version.txt",
            "lib/net8.0/Pulumi.Evs.dll",
            "lib/net8.0/Pulumi.Evs.pdb",
            "lib/net8.0/Pulumi.Evs.xml",
            "logo.png",
        ], ignoreOrder: true);
        _package.Entries.ShouldAllBe(entry => IsPackaging(entry.FullName) || entry.Length > 0);
    }

    [Fact]
    public void The_language_host_finds_there_which_plugin_to_run_and_where_it_comes_from()
    {
        using var json = JsonDocument.Parse(Text("content/pulumi-plugin.json"));
        var plugin = json.RootElement;

        plugin.GetProperty("resource").GetBoolean().ShouldBeTrue();
        plugin.GetProperty("name").GetString().ShouldBe("evs");
        plugin.GetProperty("version").GetString().ShouldBe(Version);
        plugin.GetProperty("server").GetString().ShouldBe("github://api.github.com/pulumi-evs");
        Text("content/version.txt").ShouldBe(Version);
    }

    [Fact]
    public void It_depends_on_the_real_pulumi_by_a_range_and_on_nothing_else()
    {
        var group = Nuspec().Descendants().Single(element => element.Name.LocalName == "group");
        group.Attribute("targetFramework")!.Value.ShouldBe(SdkFiles.TargetFramework);

        var dependency = group.Elements().ShouldHaveSingleItem();
        dependency.Attribute("id")!.Value.ShouldBe("Pulumi");
        dependency.Attribute("version")!.Value.ShouldMatch(@"^\[3\.\d+\.\d+, ?4(\.0\.0)?\)$");
    }

    [Fact]
    public void The_library_refers_to_a_pulumi_that_is_older_than_every_real_one()
    {
        var pulumi = typeof(global::Pulumi.Evs.Volume).Assembly.GetReferencedAssemblies().Single(assembly => assembly.Name == "Pulumi");

        // The runtime takes a newer assembly for an older reference, and never the other way round.
        pulumi.Version.ShouldNotBeNull().ShouldBeLessThan(new Version(3, 0));
    }

    [Theory]
    [InlineData("id", "Pulumi.Evs")]
    [InlineData("license", "Apache-2.0")]
    [InlineData("readme", "README.md")]
    [InlineData("icon", "logo.png")]
    [InlineData("authors", "pulumi-evs contributors")]
    public void Its_metadata_is_what_a_gallery_shows(string name, string value)
    {
        Metadata(name).ShouldBe(value);
    }

    [Fact]
    public void Its_version_and_description_are_those_of_the_schema()
    {
        using var schema = JsonDocument.Parse(Repository.Read(Generator.GeneratedFiles.SchemaPath));

        Metadata("version").ShouldBe(schema.RootElement.GetProperty("version").GetString());
        Metadata("description").ShouldBe(schema.RootElement.GetProperty("description").GetString());
        Metadata("projectUrl").ShouldBe(schema.RootElement.GetProperty("homepage").GetString());
    }

    private string Metadata(string name) => Nuspec().Descendants().Single(element => element.Name.LocalName == name).Value;

    private XDocument Nuspec() => XDocument.Parse(Text("Pulumi.Evs.nuspec"));

    private string Text(string name)
    {
        using var reader = new StreamReader(_package.GetEntry(name).ShouldNotBeNull().Open());
        return reader.ReadToEnd();
    }

    /// <summary>What every package has, for the format's own sake.</summary>
    private static bool IsPackaging(string name) =>
        name is "[Content_Types].xml" or "_rels/.rels" || name.StartsWith("package/", StringComparison.Ordinal);

    private static string Configuration() => new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)).Name;
}
