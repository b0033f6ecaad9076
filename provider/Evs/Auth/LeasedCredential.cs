using PulumiEvs.Evs.Errors;

namespace PulumiEvs.Evs.Auth;

/// <summary>
/// A credential that is fetched when it is first needed, renewed before it ends, and renewed when the service does not accept it any
/// more. One renewal at a time serves any number of waiting calls, and none of them can cancel it for the others.
/// </summary>
/// <param name="description">What it is, for people.</param>
/// <param name="obtain">Fetches a new one.</param>
/// <param name="time">Measures how long one is held.</param>
/// <param name="secrets">What is secret besides the lease itself.</param>
internal sealed class LeasedCredential(
    string description, Func<CancellationToken, Task<Lease>> obtain, TimeProvider time, params IReadOnlyList<string> secrets) : ICredential
{
    private static readonly TimeSpan LongestMargin = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private Held? _held;
    private Task<Held>? _renewing;
    private long? _failedAt;

    public string Description => description;

    public IEnumerable<string> Secrets => _held is { } held ? [.. secrets, .. held.Lease.Secrets] : secrets;

    public async ValueTask<int> AuthorizeAsync(HttpRequestMessage request, ReadOnlyMemory<byte> body, CancellationToken ct)
    {
        var held = await CurrentAsync(ct);
        held.Lease.Apply(request, body, time.GetUtcNow());
        return held.Generation;
    }

    public async ValueTask<bool> RenewAsync(int rejected, CancellationToken ct)
    {
        Task<Held> renewing;
        lock (_lock)
        {
            if (_held is { } held && held.Generation > rejected)
            {
                return true;
            }

            renewing = Renew();
        }

        await renewing.WaitAsync(ct);
        return true;
    }

    /// <summary>The lease as it holds now.</summary>
    public async ValueTask<Lease> GetLeaseAsync(CancellationToken ct) => (await CurrentAsync(ct)).Lease;

    private async ValueTask<Held> CurrentAsync(CancellationToken ct)
    {
        Held? usable;
        Task<Held> renewing;
        lock (_lock)
        {
            usable = _held is { } held && Left(held) > TimeSpan.Zero ? held : null;
            if (usable is not null && (Left(usable) > usable.Margin || HasFailedJustNow()))
            {
                return usable;
            }

            renewing = Renew();
        }

        try
        {
            return await renewing.WaitAsync(ct);
        }
        catch (EvsException) when (usable is not null)
        {
            // It was renewed early, so the old one still holds; the next try is not long away.
            lock (_lock)
            {
                _failedAt = time.GetTimestamp();
            }

            return usable;
        }
    }

    private bool HasFailedJustNow() => _failedAt is { } failed && time.GetElapsedTime(failed) < PauseAfterFailure;

    private TimeSpan Left(Held held) => held.Lease.Lifetime is { } lifetime ? lifetime - time.GetElapsedTime(held.Since) : TimeSpan.MaxValue;

    private Task<Held> Renew() => _renewing is { IsCompleted: false } ? _renewing : _renewing = ObtainAsync();

    private async Task<Held> ObtainAsync()
    {
        var begun = time.GetTimestamp();
        var lease = await obtain(CancellationToken.None);
        lock (_lock)
        {
            _failedAt = null;
            return _held = new Held(lease, (_held?.Generation ?? 0) + 1, begun);
        }
    }

    private sealed record Held(Lease Lease, int Generation, long Since)
    {
        /// <summary>How long before its end it is renewed: ten minutes, but no more than a fifth of the whole.</summary>
        public TimeSpan Margin => Lease.Lifetime is { } lifetime && lifetime / 5 < LongestMargin ? lifetime / 5 : LongestMargin;
    }
}
