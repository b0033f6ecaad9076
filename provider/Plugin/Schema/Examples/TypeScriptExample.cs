using PulumiEvs.Resources.Declarations;

namespace PulumiEvs.Plugin.Schema.Examples;

internal static class TypeScriptExample
{
    private const string Step = "    ";

    public static string Write(ExampleProgram program)
    {
        var statements = program.Statements.Select(statement => Statement(program, statement))
            .Concat(program.Outputs.Select(output => $"export const {output.Name} = {Reference(output.Value)};"));
        return $"import * as {program.Package} from \"@pulumi/{program.Package}\";\n\n{string.Join('\n', statements)}";
    }

    private static string Statement(ExampleProgram program, ExampleStep statement) => statement switch
    {
        ExampleStep.Resource resource => Resource(program, resource),
        ExampleStep.Call call =>
            $"const {call.Name} = {program.Package}.{ExampleProgram.Name(call.Token)}Output({(call.Arguments.IsEmpty ? "" : Arguments(program, call, call.Arguments))});",
        _ => throw new InvalidOperationException($"{statement} is no statement."),
    };

    private static string Resource(ExampleProgram program, ExampleStep.Resource resource)
    {
        var variable = program.IsUsed(resource) ? $"const {resource.Name} = " : "";
        var options = resource.Protect ? ", { protect: true }" : "";
        return $"{variable}new {program.Package}.{ExampleProgram.ClassName(resource.Token)}(\"{resource.Name}\", {Arguments(program, resource, resource.Inputs)}{options});";
    }

    private static string Arguments(ExampleProgram program, ExampleStep step, IEnumerable<(string Property, ExampleValue Value)> inputs) =>
        Layout.Block("{", inputs.Select(input => $"{input.Property}: {Value(program, input.Value, program.TypeOf(step, input.Property))},"), "}", Step);

    private static string Value(ExampleProgram program, ExampleValue value, PropertyType type) => value switch
    {
        ExampleValue.Text { Value: var text } when ExampleProgram.Member(type, text) is var (declaration, member) =>
            $"{program.Package}.{ExampleProgram.ClassName(declaration.Token)}.{member.Name}",
        ExampleValue.Text { Value: var text } => Layout.Quote(text),
        ExampleValue.Integer { Value: var number } => ExampleProgram.Number(number),
        ExampleValue.Flag { Value: var flag } => flag ? "true" : "false",
        ExampleValue.Reference reference => Reference(reference),
        ExampleValue.List list => Layout.Block("[", list.Items.Select(item => Value(program, item, ExampleProgram.ItemType(type)) + ","), "]", Step),
        ExampleValue.Map map => Layout.Block(
            "{", map.Entries.Select(entry => $"{Key(entry.Key)}: {Value(program, entry.Value, ExampleProgram.EntryType(type, entry.Key))},"), "}", Step),
        _ => throw new InvalidOperationException($"{value} has no form in TypeScript."),
    };

    private static string Key(string key) => key.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') ? key : Layout.Quote(key);

    private static string Reference(ExampleValue.Reference reference) => $"{reference.Step}.{reference.Property}";
}
