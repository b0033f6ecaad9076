namespace PulumiEvs.Tests.Unit.Documents;

/// <summary>A block of code in a document.</summary>
/// <param name="Place">Where it begins: path and line.</param>
/// <param name="Language">The first word after the fence; empty when there is none.</param>
internal sealed record CodeBlock(string Place, string Language, string Text);
