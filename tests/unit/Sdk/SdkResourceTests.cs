using System.Reflection;
using PulumiEvs.Tests.Unit.Support;

namespace PulumiEvs.Tests.Unit.Sdk;

/// <summary>The resources of the SDK are those of the schema: each property, name on the wire, type, requiredness and secret.</summary>
public sealed class SdkResourceTests
{
    public static TheoryData<string> Resources => [.. SchemaFile.Tokens("resources")];

    [Theory]
    [MemberData(nameof(Resources))]
    public void A_resource_has_the_token_of_the_schema(string token)
    {
        var attribute = ResourceType(SdkMember.ClassName(token));

        attribute.Type.ShouldBe(token);
        attribute.Version.ShouldBe(SchemaFile.Root["version"]!.GetValue<string>());
        SdkMember.Class(SdkMember.ClassName(token)).BaseType.ShouldBe(typeof(global::Pulumi.CustomResource));
    }

    [Fact]
    public void The_provider_has_the_token_of_a_provider()
    {
        ResourceType("Provider").Type.ShouldBe("pulumi:providers:evs");
        SdkMember.Class("Provider").BaseType.ShouldBe(typeof(global::Pulumi.ProviderResource));
    }

    [Theory]
    [MemberData(nameof(Resources))]
    public void A_resource_has_exactly_the_outputs_of_the_schema(string token)
    {
        var resource = SchemaFile.Item("resources", token);
        var required = SchemaFile.Names(resource, "required");
        var outputs = SdkMember.Outputs(SdkMember.Class(SdkMember.ClassName(token)));

        outputs.Keys.Order().ShouldBe(SchemaFile.Properties(resource).Select(property => property.Name).Order());
        foreach (var (name, property) in SchemaFile.Properties(resource))
        {
            var value = outputs[name].PropertyType.GetGenericArguments()[0];
            var isList = property["type"]?.GetValue<string>() == "array";
            (Nullable.GetUnderlyingType(value) ?? value).ShouldBe(WireTypes.Output(property), name);
            SdkMember.HasNullableValue(outputs[name]).ShouldBe(!required.Contains(name) && !isList, name);
        }
    }

    [Theory]
    [MemberData(nameof(Resources))]
    public void Arguments_of_a_resource_are_exactly_the_inputs_of_the_schema(string token)
    {
        var resource = SchemaFile.Item("resources", token);

        SdkInputTypes.ShouldBe(SdkMember.Class(SdkMember.ClassName(token) + "Args"), resource, "inputProperties", "requiredInputs", json: false);
    }

    [Fact]
    public void Arguments_of_the_provider_are_exactly_the_inputs_of_the_schema()
    {
        var provider = SchemaFile.Root["provider"]!.AsObject();

        SdkInputTypes.ShouldBe(SdkMember.Class("ProviderArgs"), provider, "inputProperties", "requiredInputs", json: true);
    }

    [Theory]
    [MemberData(nameof(Resources))]
    public void Secret_outputs_are_named_to_the_engine(string token)
    {
        var secrets = SchemaFile.Properties(SchemaFile.Item("resources", token)).Where(output => SchemaFile.IsSecret(output.Property)).Select(output => output.Name);

        var options = SdkMember.Class(SdkMember.ClassName(token)).GetMethod("MakeResourceOptions", BindingFlags.NonPublic | BindingFlags.Static)!;

        Il.Strings(options).Where(text => SdkMember.Outputs(options.DeclaringType!).ContainsKey(text)).Order().ShouldBe(secrets.Order());
    }

    [Theory]
    [MemberData(nameof(Resources))]
    public void An_existing_resource_can_be_read_by_its_id(string token)
    {
        var type = SdkMember.Class(SdkMember.ClassName(token));
        var get = type.GetMethod("Get", BindingFlags.Public | BindingFlags.Static).ShouldNotBeNull();

        get.ReturnType.ShouldBe(type);
        get.GetParameters().Select(parameter => parameter.Name).ShouldBe(["name", "id", "options"]);
    }

    private static global::Pulumi.ResourceTypeAttribute ResourceType(string className) =>
        SdkMember.Class(className).GetCustomAttributes<global::Pulumi.ResourceTypeAttribute>().ShouldHaveSingleItem();
}
