namespace PulumiEvs.Resources.Contracts;

/// <summary>Which resource of the program a call is about.</summary>
/// <param name="Urn">The resource's URN.</param>
/// <param name="Type">Its type token, such as <c>evs:index:Volume</c>.</param>
/// <param name="Name">Its name in the program.</param>
internal sealed record ResourceIdentity(string Urn, string Type, string Name);
