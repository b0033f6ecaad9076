using System.Collections.Immutable;
using PulumiEvs.Resources.Values;

namespace PulumiEvs.Resources.Contracts;

/// <summary>One reason why inputs are refused.</summary>
/// <param name="Property">The property path, such as <c>size</c> or <c>tags["a.b"]</c>; empty when the resource as a whole is meant.</param>
/// <param name="Reason">A sentence that says what is wrong and what would be right. Never holds a secret value.</param>
internal sealed record CheckFailure(string Property, string Reason);

/// <param name="Inputs">The checked inputs: the program's own, with defaults filled in.</param>
/// <param name="Failures">All that is wrong, at once; empty when the inputs are accepted.</param>
internal sealed record CheckResult(PropertyMap Inputs, ImmutableArray<CheckFailure> Failures);
