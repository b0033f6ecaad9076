namespace PulumiEvs.Tests.Functional.Support;

/// <summary>The working tree of the repository that the tests were built from.</summary>
internal static class WorkingTree
{
    private static readonly string Root = FindRoot();

    public static string Path(string path) => System.IO.Path.Combine(Root, path);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Provider.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"{AppContext.BaseDirectory} lies in no working tree of the repository.");
    }
}
