using System.Collections.Immutable;
using System.Text;
using PulumiEvs.Generator.CSharp;
using PulumiEvs.Generator.Documents;
using PulumiEvs.Generator.Schema;
using PulumiEvs.Plugin.Schema;
using PulumiEvs.Resources;

namespace PulumiEvs.Generator;

/// <summary>
/// Every file of the repository that is made from the declarations of the provider: the schema, what is made from the schema (the
/// SDK, the documents of resources and functions), and the documents about what no schema says (configuration, errors).
/// </summary>
internal static class GeneratedFiles
{
    /// <summary>Where the package schema is kept, as GetSchema serves it.</summary>
    public const string SchemaPath = "sdk/schema.json";

    private const string SdkFolder = "sdk/dotnet/";

    private const string DocumentFolder = "docs/";

    /// <summary>The files by their path from the root of the repository, with forward slashes.</summary>
    public static ImmutableSortedDictionary<string, string> All()
    {
        var json = SchemaWriter.Write(EvsPackage.Declaration, PackageMetadata.Current);
        var schema = SchemaReader.Read(json);
        var files = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        files.Add(SchemaPath, Encoding.UTF8.GetString(json.Span) + "\n");
        foreach (var (path, text) in new SdkFiles(schema).All())
        {
            files.Add(SdkFolder + path, text);
        }

        foreach (var (path, text) in new DocumentFiles(schema).All())
        {
            files.Add(DocumentFolder + path, text);
        }

        return files.ToImmutable();
    }

    /// <summary>Files that lie where only generated ones may lie, but are not generated (any more).</summary>
    public static IEnumerable<string> Stale(string root, ImmutableSortedDictionary<string, string> files) =>
        from file in Directory.EnumerateFiles(Path.Combine(root, SdkFolder), "*.cs", SearchOption.AllDirectories)
            .Concat(DocumentFiles.Folders.SelectMany(folder => Documents(Path.Combine(root, DocumentFolder, folder))))
        let path = Path.GetRelativePath(root, file).Replace('\\', '/')
        where !files.ContainsKey(path) && !path.Contains("/obj/", StringComparison.Ordinal)
        select path;

    private static IEnumerable<string> Documents(string folder) => Directory.Exists(folder) ? Directory.EnumerateFiles(folder) : [];

    public static void Write(string root)
    {
        var files = All();
        foreach (var path in Stale(root, files).ToArray())
        {
            File.Delete(Path.Combine(root, path));
        }

        foreach (var (path, text) in files)
        {
            var file = Path.Combine(root, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }
    }
}
