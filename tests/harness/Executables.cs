namespace PulumiEvs.Harness;

/// <summary>Where the built executables are.</summary>
internal static class Executables
{
    /// <summary>A folder that has both executables; takes precedence over the build's own output.</summary>
    public const string FolderVariable = "PULUMI_EVS_BIN";

    public static string Plugin => Find("Provider", "pulumi-resource-evs");

    public static string Simulator => Find("Simulator", "evs-simulator");

    private static string Find(string project, string name)
    {
        var file = OperatingSystem.IsWindows() ? name + ".exe" : name;
        if (Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } folder)
        {
            return Existing(Path.Combine(folder, file));
        }

        // The build's output lies side by side: artifacts/bin/PROJECT/CONFIGURATION.
        var own = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        return Existing(Path.Combine(own.Parent!.Parent!.FullName, project, own.Name, file));
    }

    private static string Existing(string path) => File.Exists(path)
        ? path
        : throw new FileNotFoundException($"{path} does not exist: build the solution first, or set {FolderVariable}.", path);
}
