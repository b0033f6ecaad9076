namespace PulumiEvs.Tests.Unit.Support;

/// <summary>The recorded bodies and tables beside the tests.</summary>
internal static class Fixtures
{
    public static string Directory { get; } = Path.Combine(AppContext.BaseDirectory, "fixtures");

    public static string ErrorCodes => Path.Combine(Directory, "evs-error-codes.json");

    public static IEnumerable<string> RecordedNames =>
        System.IO.Directory.EnumerateFiles(Path.Combine(Directory, "recorded"), "*.json").Select(path => Path.GetFileNameWithoutExtension(path)!).Order();

    public static byte[] Recorded(string name) => File.ReadAllBytes(Path.Combine(Directory, "recorded", name + ".json"));
}
