using System.Collections.Immutable;
using System.Text;
using PulumiEvs.Resources.Declarations;

namespace PulumiEvs.Plugin.Schema.Examples;

/// <summary>Examples as the registry's Markdown has them: each with a title and the program in every language.</summary>
/// <param name="package">What the examples use.</param>
/// <param name="goImportPath">Where Go finds the package.</param>
internal sealed class ExampleText(PackageDeclaration package, string goImportPath)
{
    public void Append(StringBuilder text, ImmutableArray<ExampleDeclaration> examples)
    {
        if (examples.IsEmpty)
        {
            return;
        }

        text.Append("\n\n{{% examples %}}\n## Example Usage\n");
        foreach (var example in examples)
        {
            text.Append("{{% example %}}\n### ").Append(example.Title).Append("\n\n");
            foreach (var (language, code) in Write(example))
            {
                text.Append("```").Append(language).Append('\n').Append(code).Append("\n```\n");
            }

            text.Append("{{% /example %}}\n");
        }

        text.Append("{{% /examples %}}");
    }

    /// <summary>The program in every language, by the name that Markdown knows the language by.</summary>
    public IEnumerable<(string Language, string Code)> Write(ExampleDeclaration example)
    {
        var program = new ExampleProgram(package, example);
        yield return ("csharp", CSharpExample.Write(program));
        yield return ("yaml", YamlExample.Write(program));
        yield return ("typescript", TypeScriptExample.Write(program));
        yield return ("python", PythonExample.Write(program));
        yield return ("go", GoExample.Write(program, goImportPath));
    }
}
