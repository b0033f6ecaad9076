namespace Pulumi;

/// <summary>A value of one of two types, given to a resource.</summary>
public sealed class InputUnion<T0, T1> : Input<Union<T0, T1>>
{
    public InputUnion() => throw ReferenceOnly.Exception;

    public static implicit operator InputUnion<T0, T1>(Union<T0, T1> value) => throw ReferenceOnly.Exception;

    public static implicit operator InputUnion<T0, T1>(T0 value) => throw ReferenceOnly.Exception;

    public static implicit operator InputUnion<T0, T1>(T1 value) => throw ReferenceOnly.Exception;

    public static implicit operator InputUnion<T0, T1>(Input<T0> value) => throw ReferenceOnly.Exception;

    public static implicit operator InputUnion<T0, T1>(Input<T1> value) => throw ReferenceOnly.Exception;

    public static implicit operator InputUnion<T0, T1>(Output<Union<T0, T1>> value) => throw ReferenceOnly.Exception;

    public static implicit operator InputUnion<T0, T1>(Output<T0> value) => throw ReferenceOnly.Exception;

    public static implicit operator InputUnion<T0, T1>(Output<T1> value) => throw ReferenceOnly.Exception;
}
