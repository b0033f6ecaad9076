using System.Diagnostics;
using System.Globalization;
using PulumiEvs.Demo;

// Exit code 0: every scene did what it says, and each of its claims was verified.
var terminal = Terminal.OfThisProcess(Environment.GetEnvironmentVariable);
var clock = Stopwatch.StartNew();
try
{
    await using var stage = await Stage.OpenAsync(terminal);
    foreach (var (number, scene) in Scenes.All.Index())
    {
        terminal.Heading($"{number + 1}. {scene.Title}");
        await scene.PlayAsync(stage);
    }

    await stage.CloseAsync();
    terminal.Line();
    terminal.Line(
        string.Create(CultureInfo.InvariantCulture, $"{Scenes.All.Length} scenes, {stage.Verified} things verified, {clock.Elapsed.TotalSeconds:0} s."),
        Style.Strong);
    return 0;
}
catch (DemoException failure)
{
    terminal.Line($"  ✗ {failure.Message}", Style.Bad);
    return 1;
}
