namespace PulumiEvs.Generator.CSharp;

/// <summary>The mark on what the schema calls deprecated.</summary>
internal static class Obsolete
{
    public static void Write(CodeWriter code, string? deprecation)
    {
        if (deprecation is not null)
        {
            code.Line($"[Obsolete({Literals.Text(deprecation)})]");
        }
    }
}
