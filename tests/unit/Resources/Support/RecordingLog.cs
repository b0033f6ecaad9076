using System.Collections.Concurrent;
using PulumiEvs.Resources.Contracts;

namespace PulumiEvs.Tests.Unit.Resources.Support;

/// <summary>Remembers what an operation told its user.</summary>
internal sealed class RecordingLog : IOperationLog
{
    private readonly ConcurrentQueue<(string Level, string Text)> _lines = new();

    public bool HoldsSecrets { get; set; }

    public IReadOnlyList<string> Statuses => Of("status");

    public IReadOnlyList<string> Infos => Of("info");

    public IReadOnlyList<string> Warnings => Of("warning");

    public IReadOnlyList<string> Debugs => Of("debug");

    public bool IsUnderWay { get; private set; }

    public void Status(string text) => _lines.Enqueue(("status", text));

    public void Info(string text) => _lines.Enqueue(("info", text));

    public void Warning(string text) => _lines.Enqueue(("warning", text));

    public void Debug(string text) => _lines.Enqueue(("debug", text));

    public void UnderWay() => IsUnderWay = true;

    private string[] Of(string level) => [.. _lines.Where(line => line.Level == level).Select(line => line.Text)];
}
