using System.Globalization;

namespace PulumiEvs.Chaos;

/// <summary>A command and its settings, written <c>name=value</c>; an empty value is the default.</summary>
internal sealed record Arguments(string Command, IReadOnlyDictionary<string, string> Settings)
{
    public const string Usage = """
        chaos [runs=100] [seed=1] [break=none|journal|retry|id] [workers=2] [seconds=N]
        kills [runs=200] [seed=1]
        fuzz  [inputs=100000] [seed=1]
        """;

    public int Seed => Number("seed", 1);

    /// <summary>After this no further run is begun; null = no bound.</summary>
    public TimeSpan? Bound => Settings.ContainsKey("seconds") ? TimeSpan.FromSeconds(Number("seconds", 0)) : null;

    public static Arguments Read(string[] args) => new(
        args.FirstOrDefault() ?? "",
        args.Skip(1).Select(arg => arg.Split('=', 2)).Where(parts => parts is [_, { Length: > 0 }]).ToDictionary(parts => parts[0], parts => parts[1]));

    public int Number(string name, int byDefault) =>
        Settings.TryGetValue(name, out var text) ? int.Parse(text, NumberStyles.Integer, CultureInfo.InvariantCulture) : byDefault;

    public string Text(string name, string byDefault) => Settings.GetValueOrDefault(name, byDefault);
}
