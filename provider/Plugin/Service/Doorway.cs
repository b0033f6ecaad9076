namespace PulumiEvs.Plugin.Service;

/// <summary>
/// Where operations wait until there is a point in beginning them: no more than so many are between their begin and the service's
/// first answer, which is more than the service is ever asked for at once. Ten thousand operations that come together then cost
/// little more than the bytes they came as. One that the service has answered counts no more: what it does from then on is mostly
/// waiting, and thousands may do that at once.
/// </summary>
/// <param name="tidy">Called now and then while a line stands: each of those who have left held memory for a while.</param>
internal sealed class Doorway(int capacity, Action tidy)
{
    /// <summary>So many turns of the line are worth a tidying: not so many that it would take a noteworthy share of the time, or leave much.</summary>
    private const int TurnsPerTidying = 512;

    private readonly Lock _lock = new();
    private readonly Queue<TaskCompletionSource<Place>> _waiting = [];
    private int _free = capacity;
    private int _turns;

    /// <summary>Waits for a place, in the order of coming.</summary>
    /// <remarks>
    /// Nothing ends this wait but its turn, so that it costs no more than its place in the line: when operations are cancelled, those
    /// before it end too, and its turn is soon. Who has got a place looks whether it is still wanted.
    /// </remarks>
    public Task<Place> EnterAsync()
    {
        lock (_lock)
        {
            if (_free > 0)
            {
                _free--;
                return Task.FromResult(new Place(this));
            }

            var turn = new TaskCompletionSource<Place>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(turn);
            return turn.Task;
        }
    }

    private void Leave()
    {
        TaskCompletionSource<Place>? next;
        bool isTimeToTidy;
        lock (_lock)
        {
            if (!_waiting.TryDequeue(out next))
            {
                _free++;
                return;
            }

            _turns++;
            isTimeToTidy = _turns % TurnsPerTidying == 0;
        }

        if (isTimeToTidy)
        {
            tidy();
        }

        next.SetResult(new Place(this));
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
                doorway.Leave();
            }
        }
    }
}
