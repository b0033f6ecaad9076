using PulumiEvs.Resources.Contracts;

namespace PulumiEvs.Plugin.Values;

/// <summary>Where in a value a walk is: a stack of steps that becomes a property path only when an error needs one.</summary>
internal sealed class ValueTrail
{
    /// <summary>The bound on nesting; programs come nowhere near it, and every later walk over a value recurses too.</summary>
    public const int MaxDepth = 128;

    private const int WithinWrapper = -1;

    private readonly Stack<(string? Key, int Index)> steps = new();

    /// <exception cref="MalformedValueException">Deeper than <see cref="MaxDepth"/>.</exception>
    public void Enter(string key) => Enter((key, 0));

    /// <inheritdoc cref="Enter(string)"/>
    public void Enter(int index) => Enter((null, index));

    /// <summary>Enters what a secret or output holds: a level, but no part of the property's path.</summary>
    /// <inheritdoc cref="Enter(string)"/>
    public void EnterWrapper() => Enter((null, WithinWrapper));

    public void Leave() => steps.Pop();

    public MalformedValueException Malformed(string problem, Exception? inner = null)
    {
        var path = "";
        foreach (var (key, index) in steps.Reverse())
        {
            path = (key, index) switch
            {
                (null, WithinWrapper) => path,
                (null, _) => PropertyPath.Child(path, index),
                _ => PropertyPath.Child(path, key),
            };
        }

        return new MalformedValueException(path, problem, inner);
    }

    private void Enter((string? Key, int Index) step)
    {
        if (steps.Count == MaxDepth)
        {
            throw Malformed($"values are nested deeper than {MaxDepth} levels");
        }

        steps.Push(step);
    }
}
