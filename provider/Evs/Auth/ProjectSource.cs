namespace PulumiEvs.Evs.Auth;

/// <summary>
/// The id of the project that every path has in it: given, or looked up once when it is first needed. One look-up serves any number
/// of waiting calls; one that failed is tried again by the next call.
/// </summary>
internal sealed class ProjectSource(Func<CancellationToken, Task<string>> lookUp) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private volatile string? _id;

    /// <summary>The id if it is known already.</summary>
    public string? Known => _id;

    public static ProjectSource Fixed(string id) => new(_ => Task.FromResult(id)) { _id = id };

    public async ValueTask<string> GetIdAsync(CancellationToken ct)
    {
        if (_id is { } known)
        {
            return known;
        }

        await _one.WaitAsync(ct);
        try
        {
            return _id ??= await lookUp(ct);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();
}
