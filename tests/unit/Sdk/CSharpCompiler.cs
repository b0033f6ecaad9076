using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace PulumiEvs.Tests.Unit.Sdk;

/// <summary>Compiles C# in memory, as a user's compiler would with nullable references on and warnings as errors.</summary>
internal static class CSharpCompiler
{
    private static readonly ImmutableArray<MetadataReference> Framework =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => path.StartsWith(Path.GetDirectoryName(typeof(object).Assembly.Location)!, StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path)),
        Reference(typeof(global::Pulumi.Output)),
    ];

    private static readonly MetadataReference Sdk = Reference(typeof(global::Pulumi.Evs.Volume));

    /// <summary>What the .NET SDK silences in every project: a library for an older framework refers to the older framework's assemblies.</summary>
    private static readonly Dictionary<string, ReportDiagnostic> Silenced = new() { ["CS1701"] = ReportDiagnostic.Suppress };

    /// <summary>All that is wrong with a program that uses the SDK, a line each.</summary>
    public static IEnumerable<string> Problems(string program) => Problems([("Program.cs", program)]);

    /// <summary>The same of a program that consists of several files.</summary>
    public static IEnumerable<string> Problems(IEnumerable<(string Path, string Text)> files) =>
        Problems(files, OutputKind.ConsoleApplication, Framework.Add(Sdk), DocumentationMode.None);

    /// <summary>All that is wrong with a library that is made like the SDK, missing documentation included.</summary>
    public static IEnumerable<string> LibraryProblems(IEnumerable<(string Path, string Text)> files) =>
        Problems(files, OutputKind.DynamicallyLinkedLibrary, Framework, DocumentationMode.Diagnose);

    private static IEnumerable<string> Problems(
        IEnumerable<(string Path, string Text)> files, OutputKind kind, ImmutableArray<MetadataReference> references, DocumentationMode documentation)
    {
        var parsing = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Latest).WithDocumentationMode(documentation);
        var compilation = CSharpCompilation.Create(
            "Compiled",
            files.Select(file => CSharpSyntaxTree.ParseText(file.Text, parsing, file.Path)),
            references,
            new CSharpCompilationOptions(kind, nullableContextOptions: NullableContextOptions.Enable, specificDiagnosticOptions: Silenced));
        return compilation.GetDiagnostics()
            .Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)
            .Select(diagnostic => diagnostic.ToString());
    }

    private static PortableExecutableReference Reference(Type type) => MetadataReference.CreateFromFile(type.Assembly.Location);
}
