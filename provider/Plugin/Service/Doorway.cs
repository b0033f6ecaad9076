namespace PulumiEvs.Plugin.Service;

/// <summary>
/// Where operations wait until there is a point in beginning them: no more than so many are between their begin and the service's
/// first answer, which is more than the service is ever asked for at once. Ten thousand operations that come together then cost
/// little more than the bytes they came as. One that the service has answered counts no more: what it does from then on is mostly
/// waiting, and thousands may do that at once.
/// </summary>
#pragma warning disable CA1001 // Of a semaphore only the wait handle needs disposal, and nobody asks for that.
internal sealed class Doorway(int capacity)
#pragma warning restore CA1001
{
    private readonly SemaphoreSlim _places = new(capacity);

    /// <summary>Waits for a place, in the order of coming.</summary>
    /// <param name="ended">Ends the wait; what it ends is not begun.</param>
    public async Task<Place> EnterAsync(CancellationToken ended)
    {
        await _places.WaitAsync(ended);
        return new Place(this);
    }

    /// <summary>A place in the doorway.</summary>
    public sealed class Place(Doorway doorway)
    {
        private int _left;

        /// <summary>Makes room for the next one; a second time it does nothing.</summary>
        public void Leave()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0)
            {
                doorway._places.Release();
            }
        }
    }
}
