using System.Text;
using PulumiEvs.Plugin.Schema.Examples;
using PulumiEvs.Resources.Declarations;

namespace PulumiEvs.Plugin.Schema;

/// <summary>A resource or function in words, in the Markdown dialect that registry pages are made from (protocol C2.2).</summary>
internal sealed class ResourceText(ExampleText examples)
{
    public string Describe(ResourceDeclaration resource)
    {
        var text = new StringBuilder(resource.Description);
        examples.Append(text, resource.Examples);
        if (resource.Rules.Length > 0)
        {
            text.Append("\n\n## Rules\n");
            foreach (var rule in resource.Rules)
            {
                text.Append("\n- ").Append(rule.Statement);
            }
        }

        if (resource.Timeouts.Length > 0)
        {
            text.Append("\n\n## Timeouts\n\nWithout `customTimeouts` an operation may take:\n");
            foreach (var timeout in resource.Timeouts)
            {
                text.Append("\n- `").Append(timeout.Operation).Append("`: ").Append(Words(timeout.Default));
                if (timeout.Note.Length > 0)
                {
                    text.Append(" (").Append(timeout.Note).Append(')');
                }
            }
        }

        if (resource.ImportIdExample is null)
        {
            return text.ToString();
        }

        text.Append("\n\n## Import\n\n```sh\n$ pulumi import ").Append(resource.Token).Append(" name ").Append(resource.ImportIdExample).Append("\n```\n");
        return text.ToString();
    }

    public string Describe(FunctionDeclaration function)
    {
        var text = new StringBuilder(function.Description);
        examples.Append(text, function.Examples);
        return text.ToString();
    }

    private static string Words(TimeSpan time) => time.TotalHours >= 2 ? $"{time.TotalHours:0} hours" : $"{time.TotalMinutes:0} minutes";
}
