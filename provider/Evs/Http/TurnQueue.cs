namespace PulumiEvs.Evs.Http;

/// <summary>
/// Those who wait for a turn. The turns go by precedence, and in the order of their coming to those of the same precedence; every
/// eighth goes to whoever has waited longest, so that nobody waits for ever behind others. Not thread-safe.
/// </summary>
internal sealed class TurnQueue
{
    /// <summary>One that waits; its task ends with the moment of its turn.</summary>
    internal sealed class Place(Precedence precedence, long number)
    {
        public Precedence Precedence => precedence;

        /// <summary>The order of coming.</summary>
        public long Number => number;

        public TaskCompletionSource<long> Turn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private const int FairTurn = 8;

    private readonly LinkedList<Place>[] _waiting = [.. Enum.GetValues<Precedence>().Select(_ => new LinkedList<Place>())];
    private long _came;
    private long _turns;

    public int Count { get; private set; }

    public LinkedListNode<Place> Add(Precedence precedence)
    {
        Count++;
        return _waiting[(int)precedence].AddLast(new Place(precedence, ++_came));
    }

    /// <summary>One gives up. Nothing happens when it has had its turn.</summary>
    public void Remove(LinkedListNode<Place> node)
    {
        if (node.List is { } list)
        {
            list.Remove(node);
            Count--;
        }
    }

    /// <summary>Takes out the next one.</summary>
    public Place? Next()
    {
        LinkedListNode<Place>? next = null;
        var isFair = ++_turns % FairTurn == 0;
        foreach (var list in _waiting)
        {
            if (list.First is { } first && (next is null || (isFair && first.Value.Number < next.Value.Number)))
            {
                next = first;
            }
        }

        if (next is not null)
        {
            Remove(next);
        }

        return next?.Value;
    }
}
