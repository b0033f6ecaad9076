using System.Text.Json.Nodes;
using PulumiEvs.Tests.Unit.Support;

namespace PulumiEvs.Tests.Unit.Sdk;

/// <summary>What holds of every class that a program fills in.</summary>
internal static class SdkInputTypes
{
    /// <param name="json">Whether all but strings are sent as JSON, as to a provider.</param>
    public static void ShouldBe(Type args, JsonObject schema, string propertiesMember, string requiredMember, bool json)
    {
        var required = SchemaFile.Names(schema, requiredMember);
        var inputs = SdkMember.Inputs(args);
        inputs.Keys.Order().ShouldBe(SchemaFile.Properties(schema, propertiesMember).Select(property => property.Name).Order());
        foreach (var (name, type) in SchemaFile.Properties(schema, propertiesMember))
        {
            var (input, isRequired, isJson) = inputs[name];
            var property = SdkMember.Property(input);
            var isCollection = type["type"]?.GetValue<string>() is "array" or "object";
            property.PropertyType.ShouldBe(WireTypes.Input(type), name);
            isRequired.ShouldBe(required.Contains(name), name);
            isJson.ShouldBe(json && type["type"]?.GetValue<string>() != "string", name);
            SdkMember.IsNullable(property).ShouldBe(!isRequired && !isCollection, name);
            Il.Calls(property.SetMethod!).Contains("CreateSecret").ShouldBe(SchemaFile.IsSecret(type), name);
        }
    }
}
