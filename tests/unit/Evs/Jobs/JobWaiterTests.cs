using PulumiEvs.Evs.Errors;
using PulumiEvs.Evs.Jobs;
using PulumiEvs.Evs.Models;
using PulumiEvs.Tests.Unit.Support;

namespace PulumiEvs.Tests.Unit.Evs.Jobs;

public sealed class JobWaiterTests
{
    private readonly FakeTime _time = new();

    [Fact]
    public async Task It_goes_on_while_the_job_is_init_or_running_and_ends_with_success()
    {
        var told = new List<string?>();

        var result = await WaitAsync(["INIT", "RUNNING", "RUNNING", "SUCCESS"], new JobWaitOptions
        {
            Timeout = TimeSpan.FromMinutes(10),
            OnProgress = progress => told.Add(progress.Last?.Status),
        });

        result.Outcome.ShouldBe(WaitOutcome.Reached);
        result.Last!.State.ShouldBe(JobState.Success);
        told.ShouldBe(["INIT", "RUNNING", "RUNNING", "SUCCESS"]);
    }

    [Fact]
    public async Task A_job_that_fails_ends_it_with_the_job()
    {
        var result = await WaitAsync(
            () => new Job { Status = "FAIL", ErrorCode = "EVS.2024", FailReason = "volume is error!", Entities = new JobEntities { VolumeId = "v" } });

        (result.Outcome, result.Reason, result.Failure).ShouldBe((WaitOutcome.Failed, "the job failed", null));
        result.Last!.ErrorCode.ShouldBe("EVS.2024");
        result.Last.Entities!.VolumeId.ShouldBe("v");
    }

    [Theory]
    [InlineData("PENDING", "the job has the status \"PENDING\", which no document knows")]
    [InlineData("success", "the job has the status \"success\", which no document knows")]
    [InlineData("", "the answer to the job query has no status")]
    [InlineData(null, "the answer to the job query has no status")]
    public async Task A_word_that_is_not_known_is_an_error(string? word, string reason)
    {
        var result = await WaitAsync(() => new Job { Status = word });

        (result.Outcome, result.Reason).ShouldBe((WaitOutcome.Failed, reason));
    }

    [Fact]
    public async Task A_job_that_is_not_known_for_a_moment_is_waited_for()
    {
        var result = await WaitAsync(Unknown, Unknown, Unknown, () => new Job { Status = "SUCCESS" });

        result.Outcome.ShouldBe(WaitOutcome.Reached);
    }

    [Fact]
    public async Task A_job_that_stays_unknown_is_gone()
    {
        var result = await WaitAsync(() => new Job { Status = "RUNNING" }, Unknown);

        result.Outcome.ShouldBe(WaitOutcome.Gone);
        result.Last!.Status.ShouldBe("RUNNING");
        result.Looks.ShouldBe(5);
        result.Reason!.ShouldStartWith("the service does not know job j-1 (asked 4 times): ");
    }

    [Fact]
    public async Task A_poll_that_fails_on_the_way_is_tolerated()
    {
        var result = await WaitAsync(Lost, Lost, () => new Job { Status = "RUNNING" }, Lost, () => new Job { Status = "SUCCESS" });

        result.Outcome.ShouldBe(WaitOutcome.Reached);
    }

    [Theory]
    [InlineData(ErrorClass.Authentication)]
    [InlineData(ErrorClass.Permission)]
    [InlineData(ErrorClass.Account)]
    public async Task A_refusal_of_who_asks_ends_it_at_once(object kind)
    {
        var result = await WaitAsync(() => throw Error((ErrorClass)kind, Knowledge.Refused));

        (result.Outcome, result.Looks).ShouldBe((WaitOutcome.Failed, 1));
        result.Failure.ShouldBeOfType<EvsException>().Class.ShouldBe((ErrorClass)kind);
    }

    [Fact]
    public async Task A_defect_is_not_taken_for_a_failed_poll()
    {
        var result = await WaitAsync(() => throw new InvalidOperationException("defect"));

        (result.Outcome, result.Looks, result.Reason).ShouldBe((WaitOutcome.Failed, 1, "defect"));
    }

    [Fact]
    public async Task A_job_that_never_ends_times_out_with_its_last_view()
    {
        var result = await WaitAsync(() => new Job { Status = "RUNNING", Entities = new JobEntities { VolumeId = "v" } });

        (result.Outcome, result.Elapsed, result.Last!.Entities!.VolumeId).ShouldBe((WaitOutcome.TimedOut, TimeSpan.FromMinutes(10), "v"));
    }

    private static Job Unknown() => throw Error(ErrorClass.JobUnknown, Knowledge.Refused);

    private static Job Lost() => throw Error(ErrorClass.Network, Knowledge.Unknown);

    private static EvsException Error(ErrorClass kind, Knowledge knowledge) =>
        new(new ErrorFacts { Operation = "reading job j-1", Class = kind, Knowledge = knowledge });

    private Task<WaitResult<Job>> WaitAsync(IReadOnlyList<string> words, JobWaitOptions options) =>
        WaitAsync(options, [.. words.Select(word => new Func<Job>(() => new Job { Status = word }))]);

    private Task<WaitResult<Job>> WaitAsync(params Func<Job>[] answers) =>
        WaitAsync(new JobWaitOptions { Timeout = TimeSpan.FromMinutes(10) }, answers);

    private Task<WaitResult<Job>> WaitAsync(JobWaitOptions options, Func<Job>[] answers)
    {
        var asked = 0;
        var waiter = new JobWaiter(
            (id, _) =>
            {
                id.ShouldBe("j-1");
                return Task.FromResult(answers[Math.Min(asked++, answers.Length - 1)]());
            },
            new Poller(_time, new Random(1)));
        return _time.RunAsync(() => waiter.WaitAsync("j-1", options, CancellationToken.None));
    }
}
