using System.Collections;
using System.Collections.Immutable;

namespace Pulumi;

/// <summary>A list given to a resource; the list as a whole or any item may be the output of another resource.</summary>
public sealed class InputList<T> : Input<ImmutableArray<T>>, IEnumerable, IAsyncEnumerable<Input<T>>
{
    public InputList() => throw ReferenceOnly.Exception;

    public void Add(params Input<T>[] inputs) => throw ReferenceOnly.Exception;

    public void Add(InputList<T> inputs) => throw ReferenceOnly.Exception;

    public void AddRange(InputList<T> inputs) => throw ReferenceOnly.Exception;

    public InputList<T> Concat(InputList<T> other) => throw ReferenceOnly.Exception;

    public static implicit operator InputList<T>(T value) => throw ReferenceOnly.Exception;

    public static implicit operator InputList<T>(Output<T> value) => throw ReferenceOnly.Exception;

    public static implicit operator InputList<T>(Input<T> value) => throw ReferenceOnly.Exception;

    public static implicit operator InputList<T>(T[] values) => throw ReferenceOnly.Exception;

    public static implicit operator InputList<T>(Output<T>[] values) => throw ReferenceOnly.Exception;

    public static implicit operator InputList<T>(Input<T>[] values) => throw ReferenceOnly.Exception;

    public static implicit operator InputList<T>(List<T> values) => throw ReferenceOnly.Exception;

    public static implicit operator InputList<T>(List<Output<T>> values) => throw ReferenceOnly.Exception;

    public static implicit operator InputList<T>(List<Input<T>> values) => throw ReferenceOnly.Exception;

    public static implicit operator InputList<T>(ImmutableArray<T> values) => throw ReferenceOnly.Exception;

    public static implicit operator InputList<T>(ImmutableArray<Output<T>> values) => throw ReferenceOnly.Exception;

    public static implicit operator InputList<T>(ImmutableArray<Input<T>> values) => throw ReferenceOnly.Exception;

    public static implicit operator InputList<T>(Output<T[]> values) => throw ReferenceOnly.Exception;

    public static implicit operator InputList<T>(Output<List<T>> values) => throw ReferenceOnly.Exception;

    public static implicit operator InputList<T>(Output<IEnumerable<T>> values) => throw ReferenceOnly.Exception;

    public static implicit operator InputList<T>(Output<ImmutableArray<T>> values) => throw ReferenceOnly.Exception;

    IEnumerator IEnumerable.GetEnumerator() => throw ReferenceOnly.Exception;

    public IAsyncEnumerator<Input<T>> GetAsyncEnumerator(CancellationToken cancellationToken) => throw ReferenceOnly.Exception;
}

/// <summary>Lets items of either type of a union be added to a list.</summary>
public static class InputListExtensions
{
    public static void Add<T0, T1>(this InputList<Union<T0, T1>> list, Input<T0> value) => throw ReferenceOnly.Exception;

    public static void Add<T0, T1>(this InputList<Union<T0, T1>> list, Input<T1> value) => throw ReferenceOnly.Exception;
}
