using PulumiEvs.Plugin.Engine;
using PulumiEvs.Plugin.Hosting;
using PulumiEvs.Tests.Unit.Support;

namespace PulumiEvs.Tests.Unit.Plugin.Hosting;

public sealed class OrphanWatchTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(15);

    private readonly FakeTime time = new();
    private EngineLink engine = new("127.0.0.1:1000");
    private bool starterHasEnded;
    private int connections = 1;
    private bool engineListens = true;
    private int probes;

    [Fact]
    public void A_plugin_whose_engine_was_killed_ends_within_15_seconds()
    {
        var watch = Watch();
        Pass(TimeSpan.FromSeconds(7));
        KillEngine();
        Pass(Bound);

        watch.IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public void It_ends_too_when_the_engine_was_started_by_a_process_that_lives_on()
    {
        var watch = Watch();
        Pass(TimeSpan.FromSeconds(3));
        KillEngine();
        starterHasEnded = false;
        Pass(Bound);

        watch.IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public void It_ends_too_when_somebody_else_is_still_connected_but_the_starter_has_ended()
    {
        var watch = Watch();
        KillEngine();
        connections = 1;
        Pass(Bound);

        watch.IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public void One_missed_answer_is_no_end()
    {
        var watch = Watch();
        starterHasEnded = true;
        for (var i = 0; i < 20; i++)
        {
            engineListens = false;
            Pass(OrphanWatch.Period * (OrphanWatch.Refusals - 1));
            engineListens = true;
            Pass(OrphanWatch.Period);
        }

        watch.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public void While_the_engine_is_connected_it_is_asked_once_and_left_in_peace()
    {
        var watch = Watch();
        Pass(TimeSpan.FromHours(1));

        watch.IsCompleted.ShouldBeFalse();
        probes.ShouldBe(1);
    }

    [Fact]
    public void An_engine_that_closed_its_connection_but_lives_keeps_the_plugin()
    {
        var watch = Watch();
        connections = 0;
        Pass(TimeSpan.FromHours(1));

        watch.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public void An_address_where_there_never_was_an_engine_does_not_end_a_plugin_started_by_hand()
    {
        engineListens = false;
        connections = 0;
        var watch = Watch();
        Pass(TimeSpan.FromHours(1));

        watch.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public void A_plugin_that_was_attached_to_outlives_its_engine()
    {
        engine = new EngineLink(null);
        engine.Handshake("127.0.0.1:1000", hasDirectories: false);
        engine.Attach("127.0.0.1:1000");
        var watch = Watch();
        KillEngine();
        Pass(TimeSpan.FromHours(1));

        watch.IsCompleted.ShouldBeFalse();
        probes.ShouldBe(0);
    }

    [Fact]
    public void A_plugin_without_an_engine_is_no_orphan()
    {
        engine = new EngineLink(null);
        starterHasEnded = true;
        connections = 0;
        var watch = Watch();
        Pass(TimeSpan.FromHours(1));

        watch.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task The_watch_ends_with_the_plugin()
    {
        using var stopping = new CancellationTokenSource();
        var watch = Watch(stopping.Token);
        stopping.Cancel();

        await Should.ThrowAsync<OperationCanceledException>(watch);
    }

    private void KillEngine()
    {
        starterHasEnded = true;
        connections = 0;
        engineListens = false;
    }

    private Task Watch(CancellationToken cancellationToken = default)
    {
        // So that each look is over when the clock has moved.
        SynchronizationContext.SetSynchronizationContext(null);
        var watch = new OrphanWatch(
            engine,
            () => starterHasEnded,
            () => connections,
            _ =>
            {
                probes++;
                return Task.FromResult(engineListens);
            },
            time);
        return watch.WaitAsync(cancellationToken);
    }

    private void Pass(TimeSpan length) => time.Advance(length);
}
