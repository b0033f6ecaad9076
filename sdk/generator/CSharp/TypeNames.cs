using System.Diagnostics;
using PulumiEvs.Generator.Schema;

namespace PulumiEvs.Generator.CSharp;

/// <summary>Where a type is used: the same type of the schema is another one in C# in each place.</summary>
internal enum TypeUse
{
    /// <summary>Returned by a resource or function.</summary>
    Output,

    /// <summary>Given to a resource or to the output form of a function: any part may be an output.</summary>
    Input,

    /// <summary>Given to find an existing resource.</summary>
    State,

    /// <summary>Given to a function as plain values.</summary>
    Plain,
}

/// <summary>The C# types of the schema's types.</summary>
internal sealed class TypeNames(string rootNamespace)
{
    public string Enum(string token) => $"global::{rootNamespace}.{Names.Class(token)}";

    /// <summary>The class of an object type.</summary>
    public static string Object(string token, TypeUse use) => use switch
    {
        TypeUse.Output => $"Outputs.{ObjectClass(token, use)}",
        _ => $"Inputs.{ObjectClass(token, use)}",
    };

    public static string ObjectClass(string token, TypeUse use) => use switch
    {
        TypeUse.Output or TypeUse.Plain => Names.Class(token),
        TypeUse.Input => Names.Class(token) + "Args",
        TypeUse.State => Names.Class(token) + "GetArgs",
        _ => throw new UnreachableException(),
    };

    /// <summary>The type of a bare value.</summary>
    public string Value(SchemaType type, TypeUse use) => type switch
    {
        SchemaType.Text => "string",
        SchemaType.Boolean => "bool",
        SchemaType.Integer => "int",
        SchemaType.Number => "double",
        SchemaType.Any => "object",
        SchemaType.Named named => Object(named.Token, use),
        SchemaType.Choice choice => Enum(choice.Token),
        SchemaType.OpenChoice when use == TypeUse.Output => "string",
        SchemaType.OpenChoice choice => $"Union<string, {Enum(choice.Token)}>",
        SchemaType.Either either => $"Union<{Value(either.First, use)}, {Value(either.Second, use)}>",
        SchemaType.List list when use == TypeUse.Plain => $"List<{Value(list.Item, use)}>",
        SchemaType.List list => $"ImmutableArray<{Value(list.Item, use)}>",
        SchemaType.Map map when use == TypeUse.Plain => $"Dictionary<string, {Value(map.Value, use)}>",
        SchemaType.Map map => $"ImmutableDictionary<string, {Value(map.Value, use)}>",
        _ => throw new UnreachableException(),
    };

    /// <summary>The type of a value that may be missing. An immutable array that is missing is the default one, as in Pulumi's own SDKs.</summary>
    public string Value(SchemaProperty property, TypeUse use)
    {
        var value = Value(property.Type, use);
        return property.Required || property.Type is SchemaType.List ? value : value + "?";
    }

    /// <summary>The type of an input: the value, or an output of it.</summary>
    public string Input(SchemaType type, TypeUse use) => type switch
    {
        SchemaType.List list => $"InputList<{Value(list.Item, use)}>",
        SchemaType.Map map => $"InputMap<{Value(map.Value, use)}>",
        SchemaType.OpenChoice choice => $"InputUnion<string, {Enum(choice.Token)}>",
        SchemaType.Either either => $"InputUnion<{Value(either.First, use)}, {Value(either.Second, use)}>",
        _ => $"Input<{Value(type, use)}>",
    };
}
