using System.Globalization;

namespace PulumiEvs.Bench;

/// <summary>What to measure, from the command line; an empty value is the default.</summary>
internal sealed record BenchOptions
{
    public const string Usage = """
        [parts=waiting,sample,crowd,startup,calls,micro] [crowd=1000,10000] [starts=25] [rounds=5] [seed=1] [empty=FILE] [output=FILE]
        """;

    private static readonly string[] Known = ["waiting", "sample", "crowd", "startup", "calls", "micro"];

    /// <summary>The parts to run; empty = all.</summary>
    public IReadOnlyList<string> Parts { get; init; } = [];

    /// <summary>How many disks are made at once, run by run.</summary>
    public IReadOnlyList<int> Crowds { get; init; } = [1000, 10_000];

    /// <summary>How often each program is started.</summary>
    public int Starts { get; init; } = 25;

    /// <summary>How many disks each lane of the real-time sample makes, one after the other.</summary>
    public int Rounds { get; init; } = 5;

    public int Seed { get; init; } = 1;

    /// <summary>A file for the table in Markdown; null = none.</summary>
    public string? Output { get; init; }

    /// <summary>The empty Kestrel program, published like the plugin.</summary>
    public string EmptyProgram { get; init; } = "artifacts/bench/empty-kestrel/empty-kestrel";

    public bool Wants(string part) => Parts.Count == 0 || Parts.Contains(part);

    /// <param name="problem">What is wrong, when the answer is null.</param>
    public static BenchOptions? Read(IEnumerable<string> arguments, out string problem)
    {
        var options = new BenchOptions();
        problem = "";
        foreach (var argument in arguments)
        {
            var (name, value) = argument.Split('=', 2) is [var left, var right] ? (left, right) : (argument, "");
            var words = value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            var numbers = words.Select(word => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0).ToArray();
            BenchOptions? read = name switch
            {
                "parts" when words.All(Known.Contains) => options with { Parts = words },
                "empty" => value.Length > 0 ? options with { EmptyProgram = value } : options,
                "output" => options with { Output = value.Length > 0 ? value : null },
                "crowd" or "starts" or "rounds" or "seed" when words.Length == 0 => options,
                "crowd" when numbers.All(number => number > 0) => options with { Crowds = numbers },
                "starts" when numbers is [> 0 and var starts] => options with { Starts = starts },
                "rounds" when numbers is [> 0 and var rounds] => options with { Rounds = rounds },
                "seed" when numbers is [var seed] => options with { Seed = seed },
                _ => null,
            };
            if (read is null)
            {
                problem = $"{argument}: not understood";
                return null;
            }

            options = read;
        }

        return options;
    }
}
