using System.Diagnostics;

namespace PulumiEvs.Chaos.Fuzz;

/// <summary>Feeds a target one bad input after another.</summary>
internal static class Fuzzer
{
    /// <summary>No input may keep a reader longer: it hangs then.</summary>
    private static readonly TimeSpan InputBound = TimeSpan.FromSeconds(30);

    private const int MostFindings = 20;

    /// <returns>The inputs that broke a promise; no more than the first few.</returns>
    public static async Task<IReadOnlyList<FuzzFinding>> FeedAsync(FuzzTarget target, int inputs, int seed)
    {
        var findings = new List<FuzzFinding>();
        var mutator = new Mutator(target.Seeds);
        var current = (Number: 0, Input: Array.Empty<byte>());
        var work = Task.Run(async () =>
        {
            for (var number = 0; number < inputs && findings.Count < MostFindings; number++)
            {
                // Each input has a seed of its own, so that it can be made again alone.
                var random = new Random(HashOf(seed, number));
                var input = mutator.Make(random);
                Volatile.Write(ref current.Number, number);
                current.Input = input;
                if (await TryAsync(target, input, random) is { } problem)
                {
                    findings.Add(new FuzzFinding(target.Name, number, input, problem));
                }
            }
        });
        while (!work.IsCompleted)
        {
            var (before, begun) = (Volatile.Read(ref current.Number), Stopwatch.GetTimestamp());
            while (!work.IsCompleted && Volatile.Read(ref current.Number) == before)
            {
                if (Stopwatch.GetElapsedTime(begun) > InputBound)
                {
                    return [.. findings, new FuzzFinding(target.Name, before, current.Input, $"has not ended after {InputBound.TotalSeconds:0} s")];
                }

                await Task.WhenAny(work, Task.Delay(100));
            }
        }

        await work;
        return findings;
    }

    private static async Task<string?> TryAsync(FuzzTarget target, byte[] input, Random random)
    {
        try
        {
            await target.Feed(input, random);
            return null;
        }
        catch (Exception documented) when (target.IsDocumented(documented))
        {
            return null;
        }
        catch (Exception other)
        {
            return string.Join('\n', other.ToString().Split('\n').Take(8));
        }
    }

    /// <summary>The same in every process, unlike <see cref="HashCode"/>.</summary>
    private static int HashOf(int seed, int number) => unchecked((int)(((uint)seed * 2654435761u) ^ ((uint)number * 2246822519u)));
}
