using System.Globalization;
using PulumiEvs.Bench;
using PulumiEvs.Bench.Parts;
using PulumiEvs.Bench.Report;
using Spectre.Console;

// Exit code 0: every figure holds. 1: some do not. 2: the arguments are wrong.
var options = BenchOptions.Read(args, out var problem);
if (options is null)
{
    Console.Error.WriteLine($"{problem}\n{BenchOptions.Usage}");
    return 2;
}

var time = TimeProvider.System;
void Say(string text) => AnsiConsole.MarkupLine($"[grey]{time.GetLocalNow():HH:mm:ss} {Markup.Escape(text)}[/]");

IPart[] parts = [
    new WaitingPart(options.Seed),
    new SamplePart(options.Rounds, time),
    new StartupPart(options.EmptyProgram, options.Starts),
    new CallsPart(),
    new MicroPart(),
    .. options.Crowds.Select(disks => new CrowdPart(disks, Say)),
];
var load = File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";
var table = new FigureTable(string.Create(
    CultureInfo.InvariantCulture,
    $"{time.GetUtcNow():yyyy-MM-dd HH:mm} UTC, {Environment.ProcessorCount} processors, load {load} at the start, .NET {Environment.Version}"));
foreach (var part in parts.Where(part => options.Wants(part.Name)))
{
    Say($"{part.Name}: {part.Title}");
    table.Add(part.Title, await part.RunAsync());
}

table.Print(AnsiConsole.Console);
if (options.Output is { } output)
{
    Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(output))!);
    File.WriteAllText(output, table.ToMarkdown());
    Say($"written to {output}");
}

return table.AllHold ? 0 : 1;
