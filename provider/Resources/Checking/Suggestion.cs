namespace PulumiEvs.Resources.Checking;

/// <summary>"Did you mean": the known name that a mistyped one most likely stands for.</summary>
internal static class Suggestion
{
    /// <summary>The nearest of <paramref name="candidates"/>, or null when none is near enough.</summary>
    public static string? For(string typed, IEnumerable<string> candidates)
    {
        string? best = null;
        var bestDistance = Math.Max(2, typed.Length / 3) + 1;
        foreach (var candidate in candidates)
        {
            var distance = Distance(typed, candidate);
            if (distance < bestDistance)
            {
                best = candidate;
                bestDistance = distance;
            }
        }

        return best;
    }

    /// <summary>The edit distance, upper and lower case and underscores taken as equal to camel case (<c>kms_key_id</c>).</summary>
    private static int Distance(string left, string right)
    {
        var a = Fold(left);
        var b = Fold(right);
        var previous = new int[b.Length + 1];
        var current = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
        {
            previous[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var substitution = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                current[j] = Math.Min(substitution, Math.Min(previous[j], current[j - 1]) + 1);
            }

            (previous, current) = (current, previous);
        }

        return previous[b.Length];
    }

    private static string Fold(string name) =>
        name.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToUpperInvariant();
}
