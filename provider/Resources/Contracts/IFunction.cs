using System.Collections.Immutable;
using PulumiEvs.Resources.Values;

namespace PulumiEvs.Resources.Contracts;

/// <param name="Result">The function's outputs.</param>
/// <param name="Failures">What is wrong with the arguments; then <paramref name="Result"/> is empty.</param>
internal sealed record InvokeResult(PropertyMap Result, ImmutableArray<CheckFailure> Failures);

/// <summary>One look-up function. Reads only.</summary>
internal interface IFunction
{
    /// <summary>The function token, such as <c>evs:index:getVolume</c>.</summary>
    string Token { get; }

    Task<InvokeResult> InvokeAsync(PropertyMap arguments, IOperationLog log, CancellationToken cancellationToken);
}
