using System.Collections.Immutable;
using PulumiEvs.Evs.Models;
using PulumiEvs.Resources.Contracts;

namespace PulumiEvs.Resources.VolumeBatches;

/// <summary>What a request for several disks came to.</summary>
internal sealed record BatchMade
{
    /// <summary>What is there of it, failed volumes that were left behind included.</summary>
    public ImmutableArray<BatchMember> Members { get; init; } = [];

    /// <summary>Null when the answer to the request was lost.</summary>
    public string? JobId { get; init; }

    /// <summary>Empty when every disk is there and of use: else a summary, and then a sentence for each disk that is not.</summary>
    public ImmutableArray<string> Reasons { get; init; } = [];

    /// <summary>The job had not ended, or not all of what it made could be read.</summary>
    public bool IsUnfinished { get; init; }

    public FailureKind Kind { get; init; } = FailureKind.Unknown;
}

/// <summary>How far one disk of a request has come.</summary>
internal enum PartEnd
{
    /// <summary>Its part of the job succeeded.</summary>
    Made,

    /// <summary>Its part of the job failed.</summary>
    Failed,

    /// <summary>Its part of the job had not ended when last looked at.</summary>
    Open,

    /// <summary>It was looked for after a lost answer, and did not come.</summary>
    Missing,
}

/// <summary>One disk of a request.</summary>
/// <param name="Index">Which of those asked for, from 0.</param>
/// <param name="Job">Its part of the job, when there is a job.</param>
internal sealed record BatchPart(int Index, PartEnd End, string? VolumeId, Job? Job);
