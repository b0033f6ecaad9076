using System.Collections;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Pulumi;

/// <summary>A map given to a resource; the map as a whole or any value may be the output of another resource.</summary>
public sealed class InputMap<TValue>
    : Input<ImmutableDictionary<string, TValue>>, IEnumerable, IAsyncEnumerable<Input<KeyValuePair<string, TValue>>>
{
    public InputMap() => throw ReferenceOnly.Exception;

    [SuppressMessage("Design", "CA1044:Properties should not be write only", Justification = "Only the initializer of a map uses it.")]
    public Input<TValue> this[string key]
    {
        set => throw ReferenceOnly.Exception;
    }

    public void Add(string key, Input<TValue> value) => throw ReferenceOnly.Exception;

    public void Add(InputMap<TValue> values) => throw ReferenceOnly.Exception;

    public void AddRange(InputMap<TValue> values) => throw ReferenceOnly.Exception;

    public static InputMap<TValue> Merge(InputMap<TValue> first, InputMap<TValue> second) => throw ReferenceOnly.Exception;

    public static implicit operator InputMap<TValue>(Dictionary<string, TValue> values) => throw ReferenceOnly.Exception;

    public static implicit operator InputMap<TValue>(ImmutableDictionary<string, TValue> values) => throw ReferenceOnly.Exception;

    public static implicit operator InputMap<TValue>(Output<Dictionary<string, TValue>> values) => throw ReferenceOnly.Exception;

    public static implicit operator InputMap<TValue>(Output<IDictionary<string, TValue>> values) => throw ReferenceOnly.Exception;

    public static implicit operator InputMap<TValue>(Output<ImmutableDictionary<string, TValue>> values) => throw ReferenceOnly.Exception;

    IEnumerator IEnumerable.GetEnumerator() => throw ReferenceOnly.Exception;

    public IAsyncEnumerator<Input<KeyValuePair<string, TValue>>> GetAsyncEnumerator(CancellationToken cancellationToken) => throw ReferenceOnly.Exception;
}
