using System.Collections.Immutable;

namespace EvsSimulator.Core.Jobs;

/// <summary>How a job departs from its usual course.</summary>
internal sealed record JobFate
{
    public static readonly JobFate Usual = new();

    /// <summary>The job ends as FAIL.</summary>
    public JobFailure? Failure { get; init; }

    public Remains Remains { get; init; }

    /// <summary>The job stays RUNNING for ever.</summary>
    public bool Stuck { get; init; }

    /// <summary>So long after its submission the job query knows nothing of it any more. The work is done all the same.</summary>
    public TimeSpan? VanishesAfter { get; init; }

    /// <summary>So long after its birth no query finds the created volume.</summary>
    public TimeSpan HiddenFor { get; init; }

    /// <summary>Exactly how long the job takes.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>The numbers (from 1) of the sub-jobs of a batch that this is about; null for all.</summary>
    public ImmutableHashSet<int>? SubJobs { get; init; }

    /// <summary>The fate of one sub-job of a batch.</summary>
    public JobFate OfSubJob(int number) => SubJobs is null || SubJobs.Contains(number) ? this : Usual;

    /// <summary>Both fates at once; where they contradict each other, this one wins.</summary>
    public JobFate And(JobFate other) => new()
    {
        Failure = Failure ?? other.Failure,
        Remains = Failure is null ? other.Remains : Remains,
        Stuck = Stuck || other.Stuck,
        VanishesAfter = VanishesAfter ?? other.VanishesAfter,
        HiddenFor = HiddenFor > other.HiddenFor ? HiddenFor : other.HiddenFor,
        Duration = Duration ?? other.Duration,
        SubJobs = SubJobs ?? other.SubJobs,
    };
}
