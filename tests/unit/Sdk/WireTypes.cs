using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace PulumiEvs.Tests.Unit.Sdk;

/// <summary>Which C# type a type of the schema has to be (Pulumi's conventions for C# SDKs), said a second time, for the tests alone.</summary>
internal static class WireTypes
{
    /// <summary>The type of a value within <c>Output&lt;…&gt;</c> or in the result of a function.</summary>
    public static Type Output(JsonObject type) => (Kind(type), type) switch
    {
        ("array", _) => typeof(ImmutableArray<>).MakeGenericType(Output(type["items"]!.AsObject())),
        ("object", _) => typeof(ImmutableDictionary<,>).MakeGenericType(typeof(string), Output(type["additionalProperties"]!.AsObject())),
        ("open enum", _) => typeof(string),
        ("ref", _) => SdkMember.Class((IsEnum(type) ? "" : "Outputs.") + ReferencedClass(type)),
        _ => Scalar(type),
    };

    /// <summary>The type of a value within <c>Input&lt;…&gt;</c>.</summary>
    public static Type Input(JsonObject type) => (Kind(type), type) switch
    {
        ("array", _) => typeof(global::Pulumi.InputList<>).MakeGenericType(InputValue(type["items"]!.AsObject())),
        ("object", _) => typeof(global::Pulumi.InputMap<>).MakeGenericType(InputValue(type["additionalProperties"]!.AsObject())),
        ("open enum", _) => typeof(global::Pulumi.InputUnion<,>).MakeGenericType(typeof(string), OpenEnum(type)),
        _ => typeof(global::Pulumi.Input<>).MakeGenericType(InputValue(type)),
    };

    /// <summary>The type of a plain argument of a function.</summary>
    public static Type Plain(JsonObject type) => (Kind(type), type) switch
    {
        ("array", _) => typeof(List<>).MakeGenericType(Plain(type["items"]!.AsObject())),
        ("object", _) => typeof(Dictionary<,>).MakeGenericType(typeof(string), Plain(type["additionalProperties"]!.AsObject())),
        ("open enum", _) => typeof(global::Pulumi.Union<,>).MakeGenericType(typeof(string), OpenEnum(type)),
        ("ref", _) => SdkMember.Class((IsEnum(type) ? "" : "Inputs.") + ReferencedClass(type)),
        _ => Scalar(type),
    };

    private static Type InputValue(JsonObject type) => (Kind(type), type) switch
    {
        ("open enum", _) => typeof(global::Pulumi.Union<,>).MakeGenericType(typeof(string), OpenEnum(type)),
        ("ref", _) => IsEnum(type) ? SdkMember.Class(ReferencedClass(type)) : SdkMember.Class("Inputs." + ReferencedClass(type) + "Args"),
        _ => Scalar(type),
    };

    private static Type Scalar(JsonObject type) => Kind(type) switch
    {
        "string" => typeof(string),
        "boolean" => typeof(bool),
        "integer" => typeof(int),
        "number" => typeof(double),
        "any" => typeof(object),
        var other => throw new NotSupportedException(other),
    };

    private static string Kind(JsonObject type) =>
        type.ContainsKey("oneOf") ? "open enum"
        : type["$ref"]?.GetValue<string>() is { } reference ? reference == "pulumi.json#/Any" ? "any" : "ref"
        : type["type"]!.GetValue<string>();

    private static Type OpenEnum(JsonObject type) => SdkMember.Class(ReferencedClass(type["oneOf"]![1]!.AsObject()));

    private static string Token(JsonObject reference) => reference["$ref"]!.GetValue<string>()["#/types/".Length..];

    private static bool IsEnum(JsonObject reference) => SchemaFile.Item("types", Token(reference)).ContainsKey("enum");

    private static string ReferencedClass(JsonObject reference) => SdkMember.ClassName(Token(reference));
}
