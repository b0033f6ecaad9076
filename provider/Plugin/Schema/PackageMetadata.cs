using System.Collections.Immutable;
using System.Reflection;

namespace PulumiEvs.Plugin.Schema;

/// <summary>What a schema says about the package as a published thing, beside what its resources are.</summary>
/// <param name="Version">SemVer without a leading v.</param>
/// <param name="GoImportPath">What a Go program imports.</param>
/// <param name="LanguageJson">The <c>language</c> section, as JSON.</param>
internal sealed record PackageMetadata(
    string Version,
    ImmutableArray<string> Keywords,
    string Homepage,
    string License,
    string Repository,
    string PluginDownloadUrl,
    string Publisher,
    string GoImportPath,
    string LanguageJson)
{
    private const string GoModule = "github.com/pulumi-evs/pulumi-evs/sdk/go/evs";

    public static readonly PackageMetadata Current = new(
        Version: ProductVersion,
        Keywords: ["pulumi", "evs", "huaweicloud", "opentelekomcloud", "kind/native", "category/cloud"],
        Homepage: "https://github.com/pulumi-evs/pulumi-evs",
        License: "Apache-2.0",
        Repository: "https://github.com/pulumi-evs/pulumi-evs",
        PluginDownloadUrl: "github://api.github.com/pulumi-evs",
        Publisher: "pulumi-evs contributors",
        GoImportPath: GoModule,
        LanguageJson: $$"""
            {
                "csharp": {
                  "packageReferences": { "Pulumi": "[3.76.1,4)" },
                  "namespaces": { "evs": "Evs" },
                  "respectSchemaVersion": true
                },
                "nodejs": { "respectSchemaVersion": true },
                "python": { "respectSchemaVersion": true, "pyproject": { "enabled": true } },
                "go": { "importBasePath": "{{GoModule}}", "respectSchemaVersion": true },
                "java": { "buildFiles": "gradle" }
              }
            """);

    /// <summary>The version that the build gave the executable: the one in Directory.Build.props.</summary>
    private static string ProductVersion =>
        typeof(PackageMetadata).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
