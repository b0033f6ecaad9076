using System.Diagnostics.CodeAnalysis;

namespace EvsSimulator.Core.Errors;

/// <summary>What an operation came to: its result, or the refusal.</summary>
internal readonly struct Outcome<T>
    where T : class
{
    private readonly T? value;

    private Outcome(T? value, Refusal? refusal)
    {
        this.value = value;
        Refusal = refusal;
    }

    public Refusal? Refusal { get; }

    public static implicit operator Outcome<T>(T value) => new(value, null);

    public static implicit operator Outcome<T>(Refusal refusal) => new(null, refusal);

    /// <summary>True with the result, or false with the refusal.</summary>
    public bool Succeeded([NotNullWhen(true)] out T? result, [NotNullWhen(false)] out Refusal? refusal)
    {
        result = value;
        refusal = value is null ? Refusal ?? throw new InvalidOperationException("an outcome that was never set") : null;
        return value is not null;
    }
}
