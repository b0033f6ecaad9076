namespace PulumiEvs.Generator.Schema;

/// <summary>The schema says something that is wrong, or that this generator would have to leave out.</summary>
internal sealed class SchemaException(string path, string problem) : Exception($"{path}: {problem}");
