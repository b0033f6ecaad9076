using System.Collections.Immutable;

namespace PulumiEvs.Resources.Declarations;

/// <param name="Name">The member's name in generated SDKs.</param>
/// <param name="Value">The value on the wire.</param>
internal sealed record EnumMember(string Name, string Value, string Description);

/// <summary>A named set of strings, such as the volume types.</summary>
internal sealed record EnumDeclaration(string Token, string Description, ImmutableArray<EnumMember> Values);
