using System.Reflection;
using System.Reflection.Emit;

namespace PulumiEvs.Tests.Unit.Support;

/// <summary>
/// Reads from the code of a method what it calls, says and names, without running it.
/// </summary>
internal static class Il
{
    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    public static IEnumerable<string> Strings(MethodInfo method) =>
        from operand in Operands(method)
        where operand.Code == OpCodes.Ldstr
        select method.Module.ResolveString(operand.Token);

    public static IEnumerable<string> Calls(MethodInfo method) =>
        from operand in Operands(method)
        where operand.Code.OperandType == OperandType.InlineMethod
        select method.Module.ResolveMethod(operand.Token, method.DeclaringType!.GetGenericArguments(), null)!.Name;

    /// <summary>The types that its instructions name, and those whose members they do.</summary>
    public static IEnumerable<Type> Types(MethodBase method) =>
        from operand in Operands(method)
        where operand.Code.OperandType is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok
        let member = method.Module.ResolveMember(
            operand.Token, method.DeclaringType?.GetGenericArguments(), method.IsGenericMethod ? method.GetGenericArguments() : null)
        select member as Type ?? member?.DeclaringType ?? typeof(object);

    private static IEnumerable<(OpCode Code, int Token)> Operands(MethodBase method)
    {
        var il = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        for (var at = 0; at < il.Length;)
        {
            var code = il[at] == 0xFE ? OpCodesByValue[(short)(0xFE00 | il[at + 1])] : OpCodesByValue[il[at]];
            at += code.Size;
            if (code.OperandType is OperandType.InlineMethod or OperandType.InlineString or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok)
            {
                yield return (code, BitConverter.ToInt32(il, at));
            }

            at += code.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(il, at)),
                _ => 4,
            };
        }
    }
}
