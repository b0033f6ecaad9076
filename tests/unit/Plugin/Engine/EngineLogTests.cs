using System.Collections.Concurrent;
using PulumiEvs.Plugin.Engine;
using PulumiEvs.Plugin.Protos;
using PulumiEvs.Tests.Unit.Support;

namespace PulumiEvs.Tests.Unit.Plugin.Engine;

public sealed class EngineLogTests
{
    private const string Urn = "urn:pulumi:dev::program::evs:index:Volume::data";

    private readonly ConcurrentQueue<(string Address, LogRequest Line)> sent = new();
    private readonly ConcurrentQueue<string> troubles = new();
    private readonly EngineLink engine = new("127.0.0.1:1000");
    private readonly FakeTime time = new();

    private string[] Texts => [.. sent.Select(entry => entry.Line.Message)];

    [Fact]
    public void Lines_come_in_the_order_in_which_they_were_written()
    {
        var log = CreateSut().For(Urn);
        var texts = Enumerable.Range(0, 1000).Select(i => $"line {i}").ToArray();

        foreach (var text in texts)
        {
            log.Info(text);
        }

        Eventually.True(() => sent.Count == texts.Length);
        Texts.ShouldBe(texts);
    }

    [Fact]
    public void Each_kind_of_line_has_its_severity_and_the_resources_urn()
    {
        var log = CreateSut().For(Urn);
        log.Status("creating: job RUNNING, 12 s");
        log.Info("kept");
        log.Warning("careful");
        log.Debug("GET /v1");

        Eventually.True(() => sent.Count == 4);
        sent.Select(entry => (entry.Address, entry.Line.Severity, entry.Line.Message, entry.Line.Urn, entry.Line.Ephemeral)).ShouldBe(
        [
            ("127.0.0.1:1000", LogSeverity.Info, "creating: job RUNNING, 12 s", Urn, true),
            ("127.0.0.1:1000", LogSeverity.Info, "kept", Urn, false),
            ("127.0.0.1:1000", LogSeverity.Warning, "careful", Urn, false),
            ("127.0.0.1:1000", LogSeverity.Debug, "GET /v1", Urn, false),
        ]);
    }

    [Fact]
    public async Task A_status_is_sent_when_it_changes_and_cleared_at_the_end()
    {
        var log = CreateSut().For(Urn);
        log.Status("a");
        log.Status("a");
        log.Status("b");
        log.Status("b\nmore than one line is not shown");
        log.Status("a");
        await log.CompleteAsync();

        Eventually.True(() => sent.Count == 4);
        Texts.ShouldBe(["a", "b", "a", ""]);
    }

    [Fact]
    public async Task An_operation_that_showed_no_status_clears_none()
    {
        var sut = CreateSut();
        await sut.For(Urn).CompleteAsync();
        sut.For(Urn).Info("after");

        Eventually.True(() => !sent.IsEmpty);
        Texts.ShouldBe(["after"]);
    }

    [Fact]
    public async Task Kept_lines_are_there_before_the_operation_is_complete()
    {
        var log = CreateSut().For(Urn);
        log.Warning("the disk was there already");
        await log.CompleteAsync();

        Texts.ShouldBe(["the disk was there already"]);
    }

    [Fact]
    public async Task An_engine_that_takes_no_lines_holds_no_answer_up_for_long()
    {
        var never = new TaskCompletionSource();
        var log = CreateSut((_, _) => never.Task).For(Urn);
        log.Warning("never taken");

        var complete = log.CompleteAsync();
        complete.IsCompleted.ShouldBeFalse();
        time.Advance(TimeSpan.FromMilliseconds(250));

        await complete.WaitAsync(TimeSpan.FromSeconds(10));
        never.SetResult();
    }

    [Fact]
    public void A_line_that_does_not_arrive_ends_neither_the_log_nor_the_operation()
    {
        var log = CreateSut((_, line) => line.Message.StartsWith("lost", StringComparison.Ordinal) ? throw new IOException("engine away") : Task.CompletedTask).For(Urn);
        log.Info("lost 1");
        log.Info("lost 2");
        log.Info("here");
        log.Info("lost 3");
        log.Info("here again");

        Eventually.True(() => Texts.Contains("here again"));
        Texts.ShouldBe(["here", "here again"]);
        troubles.Count.ShouldBe(2, "each row of failures is told once");
        troubles.ShouldAllBe(text => text.Contains("127.0.0.1:1000") && text.Contains("engine away"));
    }

    [Fact]
    public void What_the_engine_takes_too_slowly_is_left_out_and_counted_debug_lines_first()
    {
        var release = new TaskCompletionSource();
        var log = CreateSut((_, _) => release.Task).For(Urn);
        for (var i = 0; i < EngineLog.Capacity; i++)
        {
            log.Debug($"debug {i}");
        }

        log.Warning("this one matters");
        release.SetResult();

        Eventually.True(() => Texts.Contains("this one matters"));
        Texts.Count(text => text.StartsWith("debug", StringComparison.Ordinal)).ShouldBeInRange(EngineLog.Capacity / 2, (EngineLog.Capacity / 2) + 1);
        Texts.ShouldContain(text => text.EndsWith("log lines were left out: more than the engine took", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_an_engine_lines_go_nowhere()
    {
        var unknown = new EngineLink(null);
        var sut = new EngineLog(unknown, SendAsync, troubles.Enqueue, time);
        sut.For(Urn).Info("to nobody");
        unknown.Handshake("127.0.0.1:2000", hasDirectories: true);
        sut.For(Urn).Info("to the engine");

        Eventually.True(() => !sent.IsEmpty);
        sent.Select(entry => (entry.Address, entry.Line.Message)).ShouldBe([("127.0.0.1:2000", "to the engine")]);
    }

    [Fact]
    public void Lines_follow_the_engine_to_its_new_address()
    {
        var sut = CreateSut();
        sut.For(Urn).Info("one");
        Eventually.True(() => sent.Count == 1);
        engine.Attach("127.0.0.1:3000");
        sut.For(Urn).Info("two");

        Eventually.True(() => sent.Count == 2);
        sent.Select(entry => entry.Address).ShouldBe(["127.0.0.1:1000", "127.0.0.1:3000"]);
    }

    private EngineLog CreateSut(Func<string, LogRequest, Task>? before = null) => new(
        engine,
        async (address, line) =>
        {
            await (before?.Invoke(address, line) ?? Task.CompletedTask);
            await SendAsync(address, line);
        },
        troubles.Enqueue,
        time);

    private Task SendAsync(string address, LogRequest line)
    {
        sent.Enqueue((address, line));
        return Task.CompletedTask;
    }
}
