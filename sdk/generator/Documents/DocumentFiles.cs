using PulumiEvs.Generator.CSharp;
using PulumiEvs.Generator.Schema;

namespace PulumiEvs.Generator.Documents;

/// <summary>All generated documents, by their path within the folder of documents.</summary>
internal sealed class DocumentFiles(PackageSchema schema)
{
    private const string Resources = "resources";
    private const string Functions = "functions";

    /// <summary>Where nothing but generated documents lies.</summary>
    public static IEnumerable<string> Folders => [Resources, Functions];

    public IEnumerable<(string Path, string Text)> All()
    {
        var reference = new ReferenceDocument(schema);
        return
        [
            .. schema.Resources.Select(resource => ($"{Resources}/{Names.Token(resource.Token)}.md", reference.Resource(resource))),
            .. schema.Functions.Select(function => ($"{Functions}/{Names.Token(function.Token)}.md", reference.Function(function))),
            ("installation-configuration.md", Template.Fill("installation-configuration.md", ("version", schema.Version), ("configuration", ConfigurationTable.Write()))),
            ("troubleshooting.md", Template.Fill("troubleshooting.md", ("errors", ErrorTables.Write()))),
        ];
    }
}
