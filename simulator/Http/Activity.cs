namespace EvsSimulator.Http;

/// <summary>When the local EVS was last used: a request came or was answered.</summary>
internal sealed class Activity(TimeProvider clock)
{
    private long last = clock.GetTimestamp();

    /// <summary>How long ago that was.</summary>
    public TimeSpan Idle => clock.GetElapsedTime(Interlocked.Read(ref last));

    public void Note() => Interlocked.Exchange(ref last, clock.GetTimestamp());
}
