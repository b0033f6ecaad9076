using PulumiEvs.Evs.Models;
using PulumiEvs.Resources.Journal;
using PulumiEvs.Tests.Unit.Support;

namespace PulumiEvs.Tests.Unit.Resources.Journal;

public sealed class FileJournalTests : IDisposable
{
    private const string Urn = "urn:pulumi:dev::project::evs:index:Volume::data";
    private readonly string _folder = Directory.CreateTempSubdirectory("evs-journal-").FullName;
    private readonly FakeTime _time = new();
    private readonly List<string> _reports = [];

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        File.Delete(_folder + ".lock");
    }

    [Fact]
    public async Task Without_an_entry_there_is_nothing_to_take_over()
    {
        (await Journal(1).TakeOverAsync(Urn, _ => { }, default)).ShouldBeNull();
        _reports.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_entry_of_a_dead_process_is_taken_over_whole()
    {
        var entry = Entry(1) with { JobId = "job-1", VolumeId = "volume-1" };
        Journal(1).Write(entry);

        var taken = (await Journal(2).TakeOverAsync(Urn, _ => { }, default)).ShouldNotBeNull();

        taken.ShouldBe(entry with { Owner = Process(2), Order = taken.Order });
        taken.Order.ShouldNotBeNull().Name.ShouldBe("data-1");
    }

    [Fact]
    public async Task An_entry_is_taken_over_by_one_process_only()
    {
        Journal(1).Write(Entry(1));
        var table = new Processes(2, alive: [2, 3]);

        (await Journal(table).TakeOverAsync(Urn, _ => { }, default)).ShouldNotBeNull();
        var other = Journal(new Processes(3, alive: [2, 3])).TakeOverAsync(Urn, _ => { }, default);

        other.IsCompleted.ShouldBeFalse();
        Journal(table).Remove(Urn);
        _time.Advance(TimeSpan.FromSeconds(1));
        (await other).ShouldBeNull();
    }

    [Fact]
    public async Task While_the_writer_lives_a_rerun_waits_and_is_told_once()
    {
        Journal(1).Write(Entry(1));
        var processes = new Processes(2, alive: [1, 2]);
        var told = 0;
        var taking = Journal(processes).TakeOverAsync(Urn, _ => told++, default);
        for (var i = 0; i < 10; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        taking.IsCompleted.ShouldBeFalse();
        processes.Alive.Remove(1);
        _time.Advance(TimeSpan.FromSeconds(1));

        (await taking).ShouldNotBeNull().Owner.ShouldBe(Process(2));
        told.ShouldBe(1);
    }

    [Fact]
    public async Task The_wait_for_a_living_writer_can_be_cancelled()
    {
        Journal(1).Write(Entry(1));
        using var cancel = new CancellationTokenSource();
        var taking = Journal(new Processes(2, alive: [1, 2])).TakeOverAsync(Urn, _ => { }, cancel.Token);

        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(taking);
    }

    [Fact]
    public async Task A_process_may_go_on_with_an_entry_of_its_own()
    {
        Journal(1).Write(Entry(1));

        (await Journal(1).TakeOverAsync(Urn, _ => { }, default)).ShouldNotBeNull().Owner.ShouldBe(Process(1));
    }

    [Fact]
    public async Task A_removed_entry_is_gone_and_removing_it_again_is_no_error()
    {
        Journal(1).Write(Entry(1));

        Journal(1).Remove(Urn);
        Journal(1).Remove(Urn);

        (await Journal(2).TakeOverAsync(Urn, _ => { }, default)).ShouldBeNull();
        Directory.GetFiles(_folder).ShouldBeEmpty();
        _reports.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("volume-1", true)]
    [InlineData("volume-2", false)]
    public async Task A_disk_that_the_state_has_settles_its_entry_and_no_other(string inState, bool settled)
    {
        Journal(1).Write(Entry(1) with { VolumeId = "volume-1" });

        Journal(2).Settle(Urn, inState);

        (await Journal(2).TakeOverAsync(Urn, _ => { }, default) is null).ShouldBe(settled);
    }

    [Fact]
    public async Task An_answered_entry_outlives_its_process_because_the_answer_may_not_have_arrived()
    {
        var journal = Journal(1);
        journal.Write(Entry(1));

        journal.Answered(Urn);

        Journal(2).Left("").ShouldHaveSingleItem().AnsweredAt.ShouldBe(_time.GetUtcNow());
        (await Journal(2).TakeOverAsync(Urn, _ => { }, default)).ShouldNotBeNull();
    }

    [Fact]
    public void The_orderly_end_of_a_command_removes_what_was_answered_and_nothing_else()
    {
        var journal = Journal(1);
        journal.Write(Entry(1));
        journal.Write(Entry(1) with { Urn = Urn + "-2" });
        journal.Answered(Urn);

        journal.CommandEnded();

        Journal(2).Left("").ShouldHaveSingleItem().Urn.ShouldBe(Urn + "-2");
    }

    [Fact]
    public void An_answered_entry_is_removed_after_a_minute()
    {
        var journal = Journal(1);
        journal.Write(Entry(1));
        journal.Answered(Urn);
        _time.Advance(TimeSpan.FromSeconds(50));
        journal.Write(Entry(1) with { Urn = Urn + "-2" });
        journal.Answered(Urn + "-2");
        Directory.GetFiles(_folder).Length.ShouldBe(2);
        _time.Advance(TimeSpan.FromSeconds(11));

        journal.Write(Entry(1) with { Urn = Urn + "-3" });
        journal.Answered(Urn + "-3");

        Directory.GetFiles(_folder).ShouldNotContain(file => file.Contains(JournalKey.Of(Urn)));
        Directory.GetFiles(_folder).Length.ShouldBe(2);
    }

    [Fact]
    public void The_end_of_an_answered_create_leaves_the_next_create_of_its_resource_alone()
    {
        var journal = Journal(1);
        journal.Write(Entry(1));
        journal.Answered(Urn);
        journal.Write(Entry(1));

        journal.CommandEnded();

        Directory.GetFiles(_folder).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("")]
    [InlineData("{ not json")]
    [InlineData("{\"format\":2,\"urn\":\"u\",\"endpoint\":\"e\",\"projectId\":\"p\",\"clientToken\":\"t\",\"requestedAt\":\"2026-03-01T00:00:00Z\",\"owner\":{\"id\":1,\"started\":\"2026-03-01T00:00:00Z\"}}")]
    [InlineData("null")]
    public async Task An_unreadable_entry_is_reported_once_set_aside_and_never_fatal(string content)
    {
        var path = Path.Combine(_folder, JournalKey.Of(Urn) + ".json");
        File.WriteAllText(path, content);

        (await Journal(2).TakeOverAsync(Urn, _ => { }, default)).ShouldBeNull();
        (await Journal(2).TakeOverAsync(Urn, _ => { }, default)).ShouldBeNull();

        _reports.ShouldHaveSingleItem().ShouldContain("cannot be read");
        File.Exists(path + ".unreadable").ShouldBeTrue();
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_reported_and_not_fatal()
    {
        var file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "");
        var journal = new FileJournal(Path.Combine(file, "creates"), new Processes(1, alive: [1]), _time, _reports.Add);

        journal.Write(Entry(1));

        _reports.ShouldHaveSingleItem().ShouldContain("could not be written");
    }

    [Fact]
    public void Entries_of_two_resources_do_not_meet()
    {
        Journal(1).Write(Entry(1));
        Journal(1).Write(Entry(1) with { Urn = Urn + "-2" });

        Journal(1).Remove(Urn);

        Directory.GetFiles(_folder).ShouldHaveSingleItem();
    }

    [Fact]
    public void What_runs_that_are_over_have_left_of_a_stack_is_listed_and_stays()
    {
        Journal(1).Write(Entry(1));
        Journal(1).Write(Entry(1) with { Urn = Urn.Replace("dev", "prod", StringComparison.Ordinal) });
        Journal(3).Write(Entry(3) with { Urn = Urn + "-alive" });
        File.WriteAllText(Path.Combine(_folder, "odd.json"), "{ not json");

        var journal = Journal(new Processes(2, alive: [2, 3]));
        journal.Left("urn:pulumi:dev::project::").ShouldHaveSingleItem().Urn.ShouldBe(Urn);
        journal.Left("urn:pulumi:dev::project::").ShouldHaveSingleItem("listing is not taking");
        _reports.ShouldHaveSingleItem().ShouldContain("cannot be read");
    }

    [Fact]
    public void Without_a_folder_nothing_is_left() =>
        new FileJournal(Path.Combine(_folder, "none"), new Processes(1, alive: [1]), _time, _reports.Add).Left("").ShouldBeEmpty();

    [Fact]
    public async Task Of_many_processes_at_once_one_takes_an_entry_over()
    {
        for (var round = 0; round < 20; round++)
        {
            Journal(1).Write(Entry(1));
            int[] takers = [2, 3, 4, 5, 6, 7, 8, 9];
            var started = new Barrier(takers.Length);
            using var cancel = new CancellationTokenSource();

            var taking = takers.Select(taker => Task.Run(() =>
            {
                var journal = new FileJournal(_folder, new Processes(taker, alive: takers), TimeProvider.System, _ => { });
                started.SignalAndWait();
                return journal.TakeOverAsync(Urn, _ => { }, cancel.Token);
            })).ToArray();
            var winner = await (await Task.WhenAny(taking));
            await cancel.CancelAsync();

            var owners = new List<int>();
            foreach (var taker in taking)
            {
                try
                {
                    owners.Add((await taker).ShouldNotBeNull().Owner.Id);
                }
                catch (OperationCanceledException)
                {
                    // It found another one at it.
                }
            }

            owners.ShouldBe([winner!.Owner.Id]);
        }
    }

    [Fact]
    public async Task A_lock_that_is_never_free_does_not_stop_the_rerun()
    {
        Journal(1).Write(Entry(1));
        using var held = new FileStream(_folder + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

        var taken = await _time.RunAsync(() => Journal(2).TakeOverAsync(Urn, _ => { }, default));

        taken.ShouldNotBeNull().ClientToken.ShouldBe(Entry(1).ClientToken);
        _time.Elapsed.ShouldBeInRange(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15));
        _reports.ShouldHaveSingleItem().ShouldContain("could not be taken over");
    }

    [Fact]
    public void A_process_is_told_from_a_later_one_with_its_number()
    {
        var table = new ProcessTable();

        table.IsAlive(table.Self).ShouldBeTrue();
        table.IsAlive(table.Self with { Started = table.Self.Started.AddHours(-1) }).ShouldBeFalse();
        table.IsAlive(new ProcessIdentity(int.MaxValue, table.Self.Started)).ShouldBeFalse();
    }

    private static ProcessIdentity Process(int id) => new(id, new DateTimeOffset(2026, 3, 1, 0, 0, id, TimeSpan.Zero));

    private static JournalEntry Entry(int owner) => new()
    {
        Urn = Urn,
        Endpoint = "evs.example",
        ProjectId = "project",
        ClientToken = "0c7bb0e6-0b5a-4a3e-9f5e-1f2f3a4b5c6d",
        RequestedAt = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero),
        Order = new CreateVolume { AvailabilityZone = "az", VolumeType = "SSD", Size = 40, Name = "data-1" },
        Owner = Process(owner),
    };

    private FileJournal Journal(int process) => Journal(new Processes(process, alive: [process]));

    private FileJournal Journal(Processes processes) => new(_folder, processes, _time, _reports.Add);

    private sealed class Processes(int self, int[] alive) : IProcessTable
    {
        public HashSet<int> Alive { get; } = [.. alive];

        public ProcessIdentity Self => Process(self);

        public bool IsAlive(ProcessIdentity process) => Alive.Contains(process.Id);
    }
}
