namespace PulumiEvs.Evs.Auth;

/// <summary>
/// The id of the project that every path has in it: given, or looked up once when it is first needed. One look-up serves any number
/// of waiting calls, its failure too; the next call after a failure tries again.
/// </summary>
/// <param name="lookUp">Finds the id; not cancelled by any one of the waiting calls.</param>
internal sealed class ProjectSource(Func<CancellationToken, Task<string>> lookUp)
{
    private readonly Lock _lock = new();
    private Task<string>? _looking;

    /// <summary>The id if it is known already.</summary>
    public string? Known => _looking is { IsCompletedSuccessfully: true } done ? done.Result : null;

    public static ProjectSource Fixed(string id) => new(_ => Task.FromResult(id)) { _looking = Task.FromResult(id) };

    public async ValueTask<string> GetIdAsync(CancellationToken ct)
    {
        Task<string> looking;
        lock (_lock)
        {
            looking = _looking is { IsFaulted: false, IsCanceled: false } ? _looking : _looking = lookUp(CancellationToken.None);
        }

        return await looking.WaitAsync(ct);
    }
}
