using System.Reflection;
using PulumiEvs.Tests.Unit.Support;

namespace PulumiEvs.Tests.Unit.Sdk;

/// <summary>The functions of the SDK are those of the schema: each token, argument and result, in all forms of a call.</summary>
public sealed class SdkFunctionTests
{
    public static TheoryData<string> Functions => [.. SchemaFile.Tokens("functions")];

    [Theory]
    [MemberData(nameof(Functions))]
    public void A_function_can_be_awaited_and_called_with_outputs(string token)
    {
        var name = SdkMember.ClassName(token);
        var result = SdkMember.Class(name + "Result");
        var calls = SdkMember.Class(name).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly);

        calls.Select(call => (call.Name, call.ReturnType, Options: call.GetParameters()[^1].ParameterType)).ShouldBe(
            [
                ("InvokeAsync", typeof(Task<>).MakeGenericType(result), typeof(global::Pulumi.InvokeOptions)),
                ("Invoke", typeof(global::Pulumi.Output<>).MakeGenericType(result), typeof(global::Pulumi.InvokeOptions)),
                ("Invoke", typeof(global::Pulumi.Output<>).MakeGenericType(result), typeof(global::Pulumi.InvokeOutputOptions)),
            ],
            ignoreOrder: true);
        foreach (var call in calls)
        {
            Il.Strings(call).ShouldBe([token], call.Name);
            Il.Calls(call).ShouldContain("WithDefaults", call.Name);
        }
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void Arguments_are_exactly_those_of_the_schema(string token)
    {
        var arguments = SchemaFile.Item("functions", token)["inputs"]?.AsObject();
        if (arguments is null)
        {
            SdkMember.Class(SdkMember.ClassName(token)).Assembly.GetType($"Pulumi.Evs.{SdkMember.ClassName(token)}Args").ShouldBeNull();
            return;
        }

        var required = SchemaFile.Names(arguments, "required");
        var plain = SdkMember.Inputs(SdkMember.Class(SdkMember.ClassName(token) + "Args"));
        var outputs = SdkMember.Inputs(SdkMember.Class(SdkMember.ClassName(token) + "InvokeArgs"));
        plain.Keys.Order().ShouldBe(SchemaFile.Properties(arguments).Select(argument => argument.Name).Order());
        outputs.Keys.Order().ShouldBe(plain.Keys.Order());
        foreach (var (name, argument) in SchemaFile.Properties(arguments))
        {
            var plainType = SdkMember.Property(plain[name].Member).PropertyType;
            (Nullable.GetUnderlyingType(plainType) ?? plainType).ShouldBe(WireTypes.Plain(argument), name);
            SdkMember.Property(outputs[name].Member).PropertyType.ShouldBe(WireTypes.Input(argument), name);
            plain[name].Required.ShouldBe(required.Contains(name), name);
            outputs[name].Required.ShouldBe(required.Contains(name), name);
        }
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void Results_are_exactly_those_of_the_schema(string token)
    {
        SdkOutputTypes.ShouldBe(SdkMember.Class(SdkMember.ClassName(token) + "Result"), SchemaFile.Item("functions", token)["outputs"]!.AsObject());
    }
}
