namespace Pulumi;

/// <summary>A value of one of two types.</summary>
public readonly struct Union<T0, T1> : IEquatable<Union<T0, T1>>
{
    public bool IsT0 => throw ReferenceOnly.Exception;

    public bool IsT1 => throw ReferenceOnly.Exception;

    public T0 AsT0 => throw ReferenceOnly.Exception;

    public T1 AsT1 => throw ReferenceOnly.Exception;

    public object Value => throw ReferenceOnly.Exception;

    public TResult Match<TResult>(Func<T0, TResult> f0, Func<T1, TResult> f1) => throw ReferenceOnly.Exception;

    public void Switch(Action<T0> f0, Action<T1> f1) => throw ReferenceOnly.Exception;

    public bool Equals(Union<T0, T1> other) => throw ReferenceOnly.Exception;

    public override bool Equals(object? obj) => obj is Union<T0, T1> other && Equals(other);

    public override int GetHashCode() => throw ReferenceOnly.Exception;

    public static Union<T0, T1> FromT0(T0 input) => throw ReferenceOnly.Exception;

    public static Union<T0, T1> FromT1(T1 input) => throw ReferenceOnly.Exception;

    public static implicit operator Union<T0, T1>(T0 t) => throw ReferenceOnly.Exception;

    public static implicit operator Union<T0, T1>(T1 t) => throw ReferenceOnly.Exception;

    public static bool operator ==(Union<T0, T1> left, Union<T0, T1> right) => left.Equals(right);

    public static bool operator !=(Union<T0, T1> left, Union<T0, T1> right) => !left.Equals(right);
}
