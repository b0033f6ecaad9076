using PulumiEvs.Evs.Jobs;
using PulumiEvs.Tests.Unit.Support;

namespace PulumiEvs.Tests.Unit.Evs.Jobs;

public sealed class DurationBookTests : IDisposable
{
    private const string Cloud = "evs.eu-de.example.com";

    private static readonly JobKind Ssd = new(JobTypes.CreateVolume, "SSD");
    private static readonly JobKind Sas = new(JobTypes.CreateVolume, "SAS");

    private readonly FakeTime _time = new();
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("durations-");
    private readonly List<string> _reports = [];

    private string File => Path.Combine(_home.FullName, "evs", "durations.json");

    [Fact]
    public void What_one_run_learns_the_next_one_knows()
    {
        using (var book = Book())
        {
            Learn(book, Ssd, 100, 20);
        }

        using var next = Book();

        FirstLook(next, Ssd).ShouldBe(FirstLookAfter(100, 20), 0.001);
    }

    [Fact]
    public void Kinds_and_endpoints_are_kept_apart()
    {
        using var book = Book();
        Learn(book, Ssd, 100, 20);
        Learn(book, Ssd with { Source = "image" }, 1000, 20);

        FirstLook(book, Ssd).ShouldBeInRange(5, 100);
        FirstLook(book, Ssd with { Source = "image" }).ShouldBeInRange(20, 1000);
        FirstLook(book, Ssd, "another cloud").ShouldBeLessThan(3);
    }

    [Fact]
    public void A_type_of_disk_not_seen_yet_is_taken_for_like_the_others_with_caution()
    {
        using var book = Book();
        Learn(book, Ssd, 100, 20);

        FirstLook(book, Sas).ShouldBeInRange(3, 60);
        FirstLook(book, Sas).ShouldBeLessThan(FirstLook(book, Ssd));
    }

    [Fact]
    public void Two_processes_at_once_both_add_to_the_file()
    {
        var (one, other) = (Book(), Book());
        Learn(one, Ssd, 100, 10);
        Learn(other, Ssd, 100, 10);
        Learn(other, Sas, 95, 5);
        other.Dispose();
        one.Dispose();

        var records = new DurationFile(File, _time).Read();

        records.Single(record => record.Key.Kind == Ssd).Weight.ShouldBe(20);
        records.Single(record => record.Key.Kind == Sas).Weight.ShouldBe(5);
        records.Single(record => record.Key.Kind == Ssd.OfAnyVolumeType).Weight.ShouldBeGreaterThan(20);
    }

    [Fact]
    public void The_last_write_waits_while_another_process_writes()
    {
        Write("{}");
        var writing = File + ".new";
        System.IO.File.WriteAllText(writing, "");
        var book = new DurationBook(new DurationFile(File, new EndOfWriting(writing)), _time);
        Learn(book, Ssd, 100, 10);

        book.Dispose();

        WeightInFile(Ssd).ShouldBe(10);
    }

    [Fact]
    public void What_is_learnt_while_the_process_goes_on_is_written_at_first_and_then_now_and_then()
    {
        using var book = Book();
        Learn(book, Ssd, 100, 1);
        Eventually.True(() => WeightInFile(Ssd) == 1);

        Learn(book, Ssd, 100, 3);
        WeightInFile(Ssd).ShouldBe(1);
        _time.Advance(TimeSpan.FromSeconds(11));
        Learn(book, Ssd, 100, 1);

        Eventually.True(() => WeightInFile(Ssd) == 5);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"format":1,"kinds":[{"endpoint":"evs.eu-de.example.com","jobType":"createVolume","volumeType":"SSD","weight":-1,"mean":1e300,"squares":0,"seen":"2026-01-01T00:00:00Z"}]}""")]
    [InlineData("""{"format":1,"kinds":[{"endpoint":null,"jobType":null,"weight":1,"mean":1,"squares":0,"seen":"2026-01-01T00:00:00Z"}]}""")]
    public void A_file_that_cannot_be_understood_counts_as_none_and_is_replaced(string content)
    {
        Write(content);
        using (var book = Book())
        {
            FirstLook(book, Ssd).ShouldBeLessThan(3);
            Learn(book, Ssd, 100, 20);
        }

        WeightInFile(Ssd).ShouldBe(20);
        _reports.ShouldBeEmpty();
    }

    [Fact]
    public void A_file_that_is_lost_takes_away_what_it_knew_and_nothing_else()
    {
        using (var book = Book())
        {
            Learn(book, Ssd, 100, 20);
        }

        Directory.Delete(Path.GetDirectoryName(File)!, recursive: true);
        using (var book = Book())
        {
            FirstLook(book, Ssd).ShouldBeLessThan(3);
            Learn(book, Ssd, 100, 20);
            FirstLook(book, Ssd).ShouldBe(FirstLookAfter(100, 20), 0.001);
        }

        WeightInFile(Ssd).ShouldBe(20);
        _reports.ShouldBeEmpty();
    }

    [Fact]
    public void A_file_that_is_lost_while_the_process_goes_on_is_made_anew()
    {
        using (var book = Book())
        {
            Learn(book, Ssd, 100, 1);
            Eventually.True(() => System.IO.File.Exists(File));
            Directory.Delete(Path.GetDirectoryName(File)!, recursive: true);
            Learn(book, Ssd, 100, 5);
        }

        WeightInFile(Ssd).ShouldBe(5);
        _reports.ShouldBeEmpty();
    }

    [Fact]
    public void A_file_of_a_later_version_is_left_alone()
    {
        const string content = """{"format":2,"kinds":[]}""";
        Write(content);
        using (var book = Book())
        {
            Learn(book, Ssd, 100, 20);
        }

        System.IO.File.ReadAllText(File).ShouldBe(content);
    }

    [Fact]
    public void While_another_process_writes_nothing_is_lost()
    {
        Write("{}");
        var lockFile = File + ".new";
        System.IO.File.WriteAllText(lockFile, "");
        System.IO.File.SetLastWriteTimeUtc(lockFile, _time.GetUtcNow().UtcDateTime);
        using var book = Book();
        Learn(book, Ssd, 100, 3);
        book.Dispose();
        new DurationFile(File, _time).Read().ShouldBeEmpty();

        System.IO.File.Delete(lockFile);
        book.Dispose();

        WeightInFile(Ssd).ShouldBe(3);
    }

    [Fact]
    public void A_write_that_a_killed_process_left_behind_does_not_stop_others_for_good()
    {
        Write("{}");
        System.IO.File.WriteAllText(File + ".new", "half");
        System.IO.File.SetLastWriteTimeUtc(File + ".new", _time.GetUtcNow().UtcDateTime - TimeSpan.FromMinutes(5));
        using (var book = Book())
        {
            Learn(book, Ssd, 100, 3);
        }

        WeightInFile(Ssd).ShouldBe(3);
        Directory.GetFiles(Path.GetDirectoryName(File)!).ShouldBe([File]);
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_reported_once_and_waits_go_on_knowing()
    {
        System.IO.File.WriteAllText(Path.Combine(_home.FullName, "evs"), "a file where the folder should be");
        using var book = Book();
        Learn(book, Ssd, 100, 20);
        book.Dispose();
        book.Dispose();

        FirstLook(book, Ssd).ShouldBeGreaterThan(5);
        _reports.Count.ShouldBe(1);
        _reports[0].ShouldStartWith("What was learnt of the durations of jobs could not be kept (");
    }

    [Fact]
    public void The_file_does_not_grow_without_end()
    {
        using (var book = Book())
        {
            for (var i = 0; i < 500; i++)
            {
                _time.Advance(TimeSpan.FromMilliseconds(1));
                book.At($"cloud-{i}").Learn(Ssd, TimeSpan.FromSeconds(7));
            }
        }

        new DurationFile(File, _time).Read().Count.ShouldBe(200);
    }

    public void Dispose() => _home.Delete(recursive: true);

    private static void Learn(DurationBook book, JobKind kind, double seconds, int times)
    {
        for (var i = 0; i < times; i++)
        {
            book.At(Cloud).Learn(kind, TimeSpan.FromSeconds(seconds));
        }
    }

    private static double FirstLook(DurationBook book, JobKind kind, string endpoint = Cloud) =>
        book.At(endpoint).ScheduleFor(kind).Pause(TimeSpan.Zero, 1, 0.5).TotalSeconds;

    private static double FirstLookAfter(double seconds, int times)
    {
        using var book = new DurationBook(null, new FakeTime());
        Learn(book, Ssd, seconds, times);
        return FirstLook(book, Ssd);
    }

    private DurationBook Book() => new(new DurationFile(File, _time), _time, _reports.Add);

    private double? WeightInFile(JobKind kind) =>
        new DurationFile(File, _time).Read().FirstOrDefault(record => record.Key == new DurationKey(Cloud, kind))?.Weight;

    private void Write(string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        global::System.IO.File.WriteAllText(File, content);
    }

    /// <summary>The clock of a process that looks whether another one has given up its write: by the fifth look it has ended.</summary>
    private sealed class EndOfWriting(string file) : TimeProvider
    {
        private int _looks;

        public override DateTimeOffset GetUtcNow()
        {
            var now = new DateTimeOffset(global::System.IO.File.GetLastWriteTimeUtc(file));
            if (Interlocked.Increment(ref _looks) == 5)
            {
                global::System.IO.File.Delete(file);
            }

            return now;
        }
    }
}
