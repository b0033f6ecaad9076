using PulumiEvs.Resources.Values;

namespace PulumiEvs.Resources.Declarations;

/// <summary>A rule on one property's value alone.</summary>
/// <param name="Statement">The rule as a sentence, for documents: "At most 255 bytes in UTF-8."</param>
/// <param name="Problem">Null when the value obeys; else a sentence that says what would be right. Never sees unknowns or secret marks.</param>
internal sealed record ValueRule(string Statement, Func<PropertyValue, string?> Problem);
