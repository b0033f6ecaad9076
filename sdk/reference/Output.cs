using System.Collections.Immutable;
using System.Text.Json;

namespace Pulumi;

/// <summary>A value that is known when a resource exists, with the resources it comes from and whether it is a secret.</summary>
public sealed class Output<T>
{
    private Output() => throw ReferenceOnly.Exception;

    public Output<TResult> Apply<TResult>(Func<T, TResult> func) => throw ReferenceOnly.Exception;

    public Output<TResult> Apply<TResult>(Func<T, Task<TResult>> func) => throw ReferenceOnly.Exception;

    public Output<TResult> Apply<TResult>(Func<T, Input<TResult>?> func) => throw ReferenceOnly.Exception;

    public Output<TResult> Apply<TResult>(Func<T, Output<TResult>?> func) => throw ReferenceOnly.Exception;
}

/// <summary>Makes outputs and combines them.</summary>
public static class Output
{
    public static Output<T> Create<T>(T value) => throw ReferenceOnly.Exception;

    public static Output<T> Create<T>(Task<T> value) => throw ReferenceOnly.Exception;

    public static Output<T> CreateSecret<T>(T value) => throw ReferenceOnly.Exception;

    public static Output<T> CreateSecret<T>(Task<T> value) => throw ReferenceOnly.Exception;

    public static Output<T> CreateSecret<T>(Output<T> value) => throw ReferenceOnly.Exception;

    public static Output<T> Unsecret<T>(Output<T> output) => throw ReferenceOnly.Exception;

    public static Output<ImmutableArray<T>> All<T>(params Input<T>[] inputs) => throw ReferenceOnly.Exception;

    public static Output<ImmutableArray<T>> All<T>(IEnumerable<Input<T>> inputs) => throw ReferenceOnly.Exception;

    public static Output<ImmutableArray<T>> All<T>(params Output<T>[] outputs) => throw ReferenceOnly.Exception;

    public static Output<ImmutableArray<T>> All<T>(IEnumerable<Output<T>> outputs) => throw ReferenceOnly.Exception;

    public static Output<(T1, T2)> Tuple<T1, T2>(Input<T1> item1, Input<T2> item2) => throw ReferenceOnly.Exception;

    public static Output<(T1, T2)> Tuple<T1, T2>(Output<T1> item1, Output<T2> item2) => throw ReferenceOnly.Exception;

    public static Output<(T1, T2, T3)> Tuple<T1, T2, T3>(Input<T1> item1, Input<T2> item2, Input<T3> item3) => throw ReferenceOnly.Exception;

    public static Output<(T1, T2, T3)> Tuple<T1, T2, T3>(Output<T1> item1, Output<T2> item2, Output<T3> item3) => throw ReferenceOnly.Exception;

    public static Output<string> Format(FormattableString formattableString) => throw ReferenceOnly.Exception;

    public static Output<string> JsonSerialize<T>(Output<T> value, JsonSerializerOptions? options = null) => throw ReferenceOnly.Exception;
}
