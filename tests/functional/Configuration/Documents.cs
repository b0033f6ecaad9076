namespace PulumiEvs.Tests.Functional.Configuration;

/// <summary>The documents of the repository.</summary>
internal static class Documents
{
    public static string[] Lines(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Provider.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("the tests do not run within the repository");
        }

        return File.ReadAllLines(Path.Combine(folder.FullName, "docs", name));
    }
}
