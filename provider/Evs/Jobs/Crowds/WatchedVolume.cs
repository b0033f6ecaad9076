namespace PulumiEvs.Evs.Jobs.Crowds;

/// <summary>How the disk that a job is about can be found in a list of disks.</summary>
internal sealed record WatchedVolume
{
    /// <summary>Null until it is known.</summary>
    public string? Id { get; init; }

    /// <summary>
    /// A hint before the id is known. Names need not be unique: what a disk of the name shows is a reason to ask the job, no more.
    /// </summary>
    public string? Name { get; init; }

    /// <summary>The disk is made by the job: none that existed before can be it.</summary>
    public bool IsNew { get; init; }

    /// <summary>The disk was there when its job began: one that does not show is gone, also when the job was done before the first look.</summary>
    public bool WasThere { get; init; }

    public bool CanBeFound => Id is { Length: > 0 } || Name is { Length: > 0 };
}
