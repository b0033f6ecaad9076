using PulumiEvs.Resources.Declarations;
using PulumiEvs.Resources.Values;

namespace PulumiEvs.Plugin.Schema;

/// <summary>In which place of the schema a property stands.</summary>
internal enum PropertyView
{
    Input,
    Output,
    Type,
    Configuration,
    Argument,
}

/// <summary>A property in words: its description, its rules and what a change of it does.</summary>
internal static class PropertyText
{
    public static string Describe(PropertyDeclaration property, PropertyView view)
    {
        var sentences = new List<string> { property.Description };
        if (view is PropertyView.Input or PropertyView.Argument or PropertyView.Configuration)
        {
            sentences.AddRange(property.Rules.Select(rule => rule.Statement).Where(statement => statement.Length > 0));
            if (property.ImpliedValue is { } implied and not PropertyValue.Text { Value: "" } && !property.Description.Contains("default", StringComparison.Ordinal))
            {
                sentences.Add($"Default: `{Plain(implied)}`.");
            }
        }

        if (view == PropertyView.Input && property.Change is { } change)
        {
            sentences.Add(change.Statement);
        }

        if (view == PropertyView.Input && !property.ReadBack)
        {
            sentences.Add("The cloud does not tell it, so an import or a refresh cannot fill it in.");
        }

        if (view == PropertyView.Configuration && !property.Environment.IsEmpty)
        {
            sentences.Add($"Also from the environment: {string.Join(", ", property.Environment.Select(variable => $"`{variable}`"))}.");
        }

        return string.Join(' ', sentences);
    }

    private static string Plain(PropertyValue value) => value is PropertyValue.Text text ? text.Value : value.ToString();
}
