using System.Collections.Immutable;
using System.Text.Json;

namespace PulumiEvs.Generator.Schema;

/// <summary>A package schema, reduced to what SDK and documents are made from.</summary>
internal sealed record PackageSchema
{
    public required string Name { get; init; }

    public required string DisplayName { get; init; }

    public required string Version { get; init; }

    public required string Description { get; init; }

    public required ImmutableArray<string> Keywords { get; init; }

    public required string Homepage { get; init; }

    public required string License { get; init; }

    public required string Repository { get; init; }

    public required string PluginDownloadUrl { get; init; }

    public required string Publisher { get; init; }

    /// <summary>The name of the package in C#: <c>Evs</c>.</summary>
    public required string CSharpName { get; init; }

    /// <summary>The range of versions of the NuGet package Pulumi that the SDK works with.</summary>
    public required string PulumiRange { get; init; }

    public required ImmutableArray<SchemaProperty> Configuration { get; init; }

    public required ImmutableArray<SchemaEnum> Enums { get; init; }

    public required ImmutableArray<SchemaObjectType> Objects { get; init; }

    public required SchemaResource Provider { get; init; }

    public required ImmutableArray<SchemaResource> Resources { get; init; }

    public required ImmutableArray<SchemaFunction> Functions { get; init; }

    public SchemaObjectType Object(string token) => Objects.First(type => type.Token == token);

    public SchemaEnum Enum(string token) => Enums.First(type => type.Token == token);
}

/// <param name="Default">The value that the SDK fills in, or null.</param>
/// <param name="Environment">The variables that the SDK takes a default from; the first that is set wins.</param>
/// <param name="CSharpName">The name in C# where it is not made from <paramref name="Name"/>.</param>
internal sealed record SchemaProperty(
    string Name,
    SchemaType Type,
    string Description,
    bool Required,
    bool Secret,
    bool ReplaceOnChanges,
    bool WillReplaceOnChanges,
    JsonElement? Default,
    ImmutableArray<string> Environment,
    string? Deprecation,
    string? CSharpName);

internal sealed record SchemaEnumMember(string Name, string Value, string Description, string? Deprecation);

internal sealed record SchemaEnum(string Token, string Description, ImmutableArray<SchemaEnumMember> Members);

internal sealed record SchemaObjectType(string Token, string Description, ImmutableArray<SchemaProperty> Properties);

/// <param name="Inputs">What a program gives.</param>
/// <param name="State">What a program may give to find an existing resource; empty when only the id counts.</param>
internal sealed record SchemaResource(
    string Token,
    string Description,
    ImmutableArray<SchemaProperty> Outputs,
    ImmutableArray<SchemaProperty> Inputs,
    ImmutableArray<SchemaProperty> State,
    ImmutableArray<string> Aliases,
    string? Deprecation);

internal sealed record SchemaFunction(
    string Token, string Description, ImmutableArray<SchemaProperty> Arguments, ImmutableArray<SchemaProperty> Results, string? Deprecation);
