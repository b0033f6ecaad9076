namespace PulumiEvs.Generator.Documents;

/// <summary>A document whose text is written by hand, in the folder of templates, and whose tables are made.</summary>
internal static class Template
{
    /// <summary>Puts values in for their names in double braces.</summary>
    public static string Fill(string name, params ReadOnlySpan<(string Name, string Text)> values)
    {
        using var stream = typeof(Template).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        var text = reader.ReadToEnd();
        foreach (var value in values)
        {
            text = text.Replace("{{" + value.Name + "}}", value.Text, StringComparison.Ordinal);
        }

        return text;
    }
}
