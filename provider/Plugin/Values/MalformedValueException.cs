namespace PulumiEvs.Plugin.Values;

/// <summary>A value on the wire that the protocol does not know. Names the property, never its content.</summary>
/// <param name="path">The property path; empty for the struct as a whole.</param>
internal sealed class MalformedValueException(string path, string problem, Exception? inner = null)
    : Exception(path.Length == 0 ? problem : $"property {path}: {problem}", inner);
