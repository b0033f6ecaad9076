namespace PulumiEvs.Chaos.Fuzz;

/// <summary>A reader of foreign bytes, with the promise it makes about them.</summary>
/// <param name="Seeds">Good inputs, from which bad ones are made.</param>
/// <param name="Feed">Reads one input; throws what is documented, or anything else when a rule of its own does not hold.</param>
/// <param name="IsDocumented">Whether an exception is one of those that the reader says it throws.</param>
internal sealed record FuzzTarget(string Name, IReadOnlyList<byte[]> Seeds, Func<byte[], Random, Task> Feed, Func<Exception, bool> IsDocumented);

/// <summary>An input that broke a promise.</summary>
/// <param name="Number">With the seed of the run, the input again.</param>
internal sealed record FuzzFinding(string Target, int Number, byte[] Input, string Problem)
{
    public override string ToString() =>
        $"{Target}, input {Number}: {Problem}\n  base64 {Convert.ToBase64String(Input, 0, Math.Min(Input.Length, 2000))}";
}

/// <summary>A rule of a fuzz target that does not hold.</summary>
internal sealed class BrokenRuleException(string message) : Exception(message);
