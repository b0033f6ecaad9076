using System.Reflection;

namespace PulumiEvs.Tests.Unit.Sdk;

/// <summary>Reads the marks that Pulumi's serializer goes by.</summary>
internal static class SdkMember
{
    private const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    public static Type Class(string name) =>
        typeof(global::Pulumi.Evs.Volume).Assembly.GetType("Pulumi.Evs." + name) ?? throw new InvalidOperationException($"The SDK has no class {name}.");

    /// <summary>The last part of a token, with a capital: the name of its class.</summary>
    public static string ClassName(string token)
    {
        var name = token[(token.LastIndexOf(':') + 1)..];
        return char.ToUpperInvariant(name[0]) + name[1..];
    }

    /// <summary>What is sent, by its name on the wire.</summary>
    public static Dictionary<string, (MemberInfo Member, bool Required, bool Json)> Inputs(Type args) =>
        (from member in args.GetMembers(Declared)
         from attribute in member.CustomAttributes
         where attribute.AttributeType == typeof(global::Pulumi.InputAttribute)
         let values = attribute.ConstructorArguments.Select(argument => argument.Value).ToArray()
         select (Name: (string)values[0]!, Value: (member, (bool)values[1]!, (bool)values[2]!)))
        .ToDictionary(input => input.Name, input => input.Value);

    /// <summary>What is read, by its name on the wire.</summary>
    public static Dictionary<string, PropertyInfo> Outputs(Type resource) =>
        resource.GetProperties(Declared)
            .Where(property => property.IsDefined(typeof(global::Pulumi.OutputAttribute)))
            .ToDictionary(property => property.GetCustomAttribute<global::Pulumi.OutputAttribute>()!.Name!);

    /// <summary>The public property behind an input: itself, or the one that wraps the field.</summary>
    public static PropertyInfo Property(MemberInfo input) =>
        input as PropertyInfo
        ?? input.DeclaringType!.GetProperties(Declared).Single(property => string.Equals("_" + property.Name, input.Name, StringComparison.OrdinalIgnoreCase));

    public static bool IsNullable(PropertyInfo property) => new NullabilityInfoContext().Create(property).WriteState == NullabilityState.Nullable;

    public static bool IsNullable(FieldInfo field) =>
        Nullable.GetUnderlyingType(field.FieldType) is not null || new NullabilityInfoContext().Create(field).ReadState == NullabilityState.Nullable;

    /// <summary>Whether the output's value may be null: <c>Output&lt;string?&gt;</c>.</summary>
    public static bool HasNullableValue(PropertyInfo output) =>
        Nullable.GetUnderlyingType(output.PropertyType.GetGenericArguments()[0]) is not null
        || new NullabilityInfoContext().Create(output).GenericTypeArguments[0].ReadState == NullabilityState.Nullable;
}
