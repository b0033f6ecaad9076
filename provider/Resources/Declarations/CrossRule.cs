using System.Collections.Immutable;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Values;

namespace PulumiEvs.Resources.Declarations;

/// <summary>A rule on several properties together.</summary>
/// <param name="Statement">The rule as a sentence, for documents.</param>
/// <param name="Operands">The properties it looks at: while one of them is unknown or of the wrong type, the rule is skipped.</param>
/// <param name="Problem">Null when the inputs obey. Sees the values without secret marks.</param>
internal sealed record CrossRule(string Statement, ImmutableArray<string> Operands, Func<PropertyMap, CheckFailure?> Problem);
