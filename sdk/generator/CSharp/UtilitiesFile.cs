using PulumiEvs.Generator.Schema;

namespace PulumiEvs.Generator.CSharp;

/// <summary>What all generated classes share: version, defaults of calls, the environment.</summary>
internal static class UtilitiesFile
{
    public static string Write(PackageSchema schema, string rootNamespace)
    {
        var code = new CodeWriter(rootNamespace, "System", "System.IO");
        code.Line();
        var url = Literals.Text(schema.PluginDownloadUrl);
        code.Lines($$"""
            internal static class Utilities
            {
                /// <summary>The version of the package, which is also the version of the plugin to run.</summary>
                public static string Version { get; } = ReadVersion();

                public static string? GetEnv(params string[] names)
                {
                    foreach (var name in names)
                    {
                        if (Environment.GetEnvironmentVariable(name) is { } value)
                        {
                            return value;
                        }
                    }

                    return null;
                }

                public static bool? GetEnvBoolean(params string[] names) => GetEnv(names) switch
                {
                    "1" or "t" or "T" or "true" or "TRUE" or "True" => true,
                    "0" or "f" or "F" or "false" or "FALSE" or "False" => false,
                    _ => null,
                };

                public static int? GetEnvInt32(params string[] names) => int.TryParse(GetEnv(names), out var value) ? value : null;

                public static double? GetEnvDouble(params string[] names) => double.TryParse(GetEnv(names), out var value) ? value : null;

                public static global::Pulumi.InvokeOptions WithDefaults(this global::Pulumi.InvokeOptions? options) =>
                    Complete(options ?? new global::Pulumi.InvokeOptions());

                public static global::Pulumi.InvokeOutputOptions WithDefaults(this global::Pulumi.InvokeOutputOptions? options) =>
                    Complete(options ?? new global::Pulumi.InvokeOutputOptions());

                private static T Complete<T>(T options)
                    where T : global::Pulumi.InvokeOptions
                {
                    options.Version ??= Version;
                    options.PluginDownloadURL ??= {{url}};
                    return options;
                }

                private static string ReadVersion()
                {
                    const string Resource = "{{rootNamespace}}.version.txt";
                    using var stream = typeof(Utilities).Assembly.GetManifestResourceStream(Resource)
                        ?? throw new NotSupportedException("The assembly lacks its resource " + Resource + ".");
                    using var reader = new StreamReader(stream);
                    return reader.ReadToEnd().Trim();
                }
            }

            internal sealed class {{schema.CSharpName}}ResourceTypeAttribute : global::Pulumi.ResourceTypeAttribute
            {
                public {{schema.CSharpName}}ResourceTypeAttribute(string type)
                    : base(type, Utilities.Version)
                {
                }
            }
            """.Split('\n'));
        return code.ToString();
    }
}
