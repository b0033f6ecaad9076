using System.Text.RegularExpressions;
using PulumiEvs.Tests.Functional.Support;

namespace PulumiEvs.Tests.Functional.Doctor;

/// <summary>
/// The outputs that the doctor's manual shows, each under its name. A run with <see cref="AcceptVariable"/> set, which
/// <c>make accept</c> is, writes into it what the doctor prints instead of comparing.
/// </summary>
internal static partial class Manual
{
    private const string AcceptVariable = "PULUMI_EVS_ACCEPT";

    private static readonly string Document = WorkingTree.Path("docs/doctor.md");

    public static IReadOnlyList<string> Names => [.. Blocks().Select(block => block.Groups["name"].Value)];

    /// <returns>The output that is shown; empty when there is none of that name.</returns>
    public static string Shown(string name) =>
        Blocks().FirstOrDefault(block => block.Groups["name"].Value == name)?.Groups["text"].Value.TrimEnd() ?? "";

    /// <summary>Shows this output from now on, where that is asked for.</summary>
    public static void Accept(string name, string output)
    {
        if (Environment.GetEnvironmentVariable(AcceptVariable) is not { Length: > 0 })
        {
            return;
        }

        var shown = Blocks().Single(block => block.Groups["name"].Value == name).Groups["text"];
        var text = Text();
        File.WriteAllText(Document, $"{text[..shown.Index]}{output}\n{text[(shown.Index + shown.Length)..]}");
    }

    private static IReadOnlyList<Match> Blocks() => [.. Block().Matches(Text()).Cast<Match>()];

    private static string Text() => File.ReadAllText(Document);

    [GeneratedRegex(@"^<!-- doctor: (?<name>[^\n]+) -->\n+```[a-z]+\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
