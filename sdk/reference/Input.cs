namespace Pulumi;

/// <summary>A value given to a resource: at hand, or the output of another resource.</summary>
public class Input<T>
{
    private protected Input() => throw ReferenceOnly.Exception;

    public static implicit operator Input<T>(T value) => throw ReferenceOnly.Exception;

    public static implicit operator Input<T>(Output<T> value) => throw ReferenceOnly.Exception;

    public static implicit operator Output<T>(Input<T> input) => throw ReferenceOnly.Exception;
}

/// <summary>Reads inputs as if they were outputs.</summary>
public static class InputExtensions
{
    public static Output<TResult> Apply<T, TResult>(this Input<T>? input, Func<T, TResult> func) => throw ReferenceOnly.Exception;

    public static Output<TResult> Apply<T, TResult>(this Input<T>? input, Func<T, Task<TResult>> func) => throw ReferenceOnly.Exception;

    public static Output<TResult> Apply<T, TResult>(this Input<T>? input, Func<T, Input<TResult>?> func) => throw ReferenceOnly.Exception;

    public static Output<TResult> Apply<T, TResult>(this Input<T>? input, Func<T, Output<TResult>?> func) => throw ReferenceOnly.Exception;

    public static Output<T> ToOutput<T>(this Input<T>? input) => throw ReferenceOnly.Exception;
}
