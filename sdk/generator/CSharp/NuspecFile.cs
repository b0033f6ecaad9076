using System.Text;
using System.Xml;
using System.Xml.Linq;
using PulumiEvs.Generator.Schema;

namespace PulumiEvs.Generator.CSharp;

/// <summary>
/// What the NuGet package is: written out because the package must depend on the real Pulumi by a range, while the project is
/// compiled against a description of its API.
/// </summary>
internal static class NuspecFile
{
    private static readonly XNamespace Namespace = "http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd";

    public static string Write(PackageSchema schema, string packageId, string targetFramework)
    {
        XElement Element(string name, params object[] content) => new(Namespace + name, content);
        XElement File(string source, string target) => Element("file", new XAttribute("src", source), new XAttribute("target", target));
        var library = $"lib/{targetFramework}";
        var nuspec = Element(
            "package",
            Element(
                "metadata",
                Element("id", packageId),
                Element("version", schema.Version),
                Element("title", schema.DisplayName),
                Element("authors", schema.Publisher),
                Element("description", schema.Description),
                Element("license", new XAttribute("type", "expression"), schema.License),
                Element("projectUrl", schema.Homepage),
                Element("repository", new XAttribute("type", "git"), new XAttribute("url", schema.Repository)),
                Element("readme", "README.md"),
                Element("icon", "logo.png"),
                Element("tags", string.Join(' ', schema.Keywords)),
                Element(
                    "dependencies",
                    Element(
                        "group",
                        new XAttribute("targetFramework", targetFramework),
                        Element("dependency", new XAttribute("id", "Pulumi"), new XAttribute("version", schema.PulumiRange))))),
            Element(
                "files",
                File($"$output${packageId}.dll", library),
                File($"$output${packageId}.xml", library),
                File($"$output${packageId}.pdb", library),
                File("pulumi-plugin.json", "content"),
                File("version.txt", "content"),
                File("README.md", ""),
                File("logo.png", "")));
        return ToText(new XDocument(new XComment(" Made from the package schema by `make sdk`. "), nuspec));
    }

    private static string ToText(XDocument document)
    {
        var text = new StringBuilder();
        using (var writer = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, NewLineChars = "\n", OmitXmlDeclaration = true }))
        {
            document.Save(writer);
        }

        return text.Append('\n').ToString();
    }
}
