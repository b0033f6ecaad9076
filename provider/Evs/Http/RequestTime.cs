namespace PulumiEvs.Evs.Http;

/// <summary>How long a request may go without its answer.</summary>
/// <param name="Limit">Longer than nothing.</param>
/// <param name="IsOperations">It is what the whole operation has left, and less than a request may take.</param>
internal readonly record struct RequestTime(TimeSpan Limit, bool IsOperations)
{
    /// <param name="remaining">What the operation has left; null when it has no end.</param>
    /// <returns>Null when the operation's time is over.</returns>
    public static RequestTime? Of(TimeSpan requestTimeout, TimeSpan? remaining) => remaining switch
    {
        { } left when left <= TimeSpan.Zero => null,
        { } left when left < requestTimeout => new RequestTime(left, IsOperations: true),
        _ => new RequestTime(requestTimeout, IsOperations: false),
    };

    public override string ToString() => IsOperations
        ? $"no answer in the {Limit.TotalSeconds:0.##} s that the operation had left"
        : $"no answer within {Limit.TotalSeconds:0.#} s";
}
