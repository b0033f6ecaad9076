using System.Reflection;
using System.Text.Json.Nodes;

namespace PulumiEvs.Tests.Unit.Sdk;

/// <summary>What holds of every class that is read from outputs.</summary>
internal static class SdkOutputTypes
{
    public static void ShouldBe(Type type, JsonObject schema)
    {
        var required = SchemaFile.Names(schema, "required");
        type.IsDefined(typeof(global::Pulumi.OutputTypeAttribute)).ShouldBeTrue(type.Name);
        var constructor = type.GetConstructors(BindingFlags.NonPublic | BindingFlags.Instance).ShouldHaveSingleItem();
        constructor.IsDefined(typeof(global::Pulumi.OutputConstructorAttribute)).ShouldBeTrue(type.Name);

        // The parameters are matched by their names on the wire.
        var parameters = constructor.GetParameters().ToDictionary(parameter => parameter.Name!, parameter => parameter.ParameterType);
        parameters.Keys.Order().ShouldBe(SchemaFile.Properties(schema).Select(property => property.Name).Order());
        foreach (var (name, property) in SchemaFile.Properties(schema))
        {
            var field = type.GetField(SdkMember.ClassName(name)).ShouldNotBeNull($"{type.Name}.{name}");
            var isList = property["type"]?.GetValue<string>() == "array";
            field.IsInitOnly.ShouldBeTrue(name);
            field.FieldType.ShouldBe(parameters[name], name);
            (Nullable.GetUnderlyingType(field.FieldType) ?? field.FieldType).ShouldBe(WireTypes.Output(property), name);
            SdkMember.IsNullable(field).ShouldBe(!required.Contains(name) && !isList, name);
        }
    }
}
