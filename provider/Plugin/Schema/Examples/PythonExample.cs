using PulumiEvs.Resources.Declarations;

namespace PulumiEvs.Plugin.Schema.Examples;

internal static class PythonExample
{
    private const string Step = "    ";

    public static string Write(ExampleProgram program)
    {
        var statements = program.Statements.Select(statement => Statement(program, statement))
            .Concat(program.Outputs.Select(output => $"pulumi.export(\"{output.Name}\", {Reference(output.Value)})")).ToArray();
        var needsPulumi = statements.Any(statement => statement.Contains("pulumi.", StringComparison.Ordinal));
        return $"{(needsPulumi ? "import pulumi\n" : "")}import pulumi_{program.Package} as {program.Package}\n\n{string.Join('\n', statements)}";
    }

    private static string Statement(ExampleProgram program, ExampleStep statement) => statement switch
    {
        ExampleStep.Resource resource => Resource(program, resource),
        ExampleStep.Call call => Invocation(
            $"{call.Name} = {program.Package}.{ExampleProgram.SnakeCase(ExampleProgram.Name(call.Token))}_output(", [.. Arguments(program, call, call.Arguments)]),
        _ => throw new InvalidOperationException($"{statement} is no statement."),
    };

    private static string Resource(ExampleProgram program, ExampleStep.Resource resource)
    {
        var variable = program.IsUsed(resource) ? $"{resource.Name} = " : "";
        var options = resource.Protect ? ["opts=pulumi.ResourceOptions(protect=True)"] : Array.Empty<string>();
        string[] arguments = [$"\"{resource.Name}\"", .. Arguments(program, resource, resource.Inputs), .. options];
        return Invocation($"{variable}{program.Package}.{ExampleProgram.ClassName(resource.Token)}(", arguments);
    }

    private static string Invocation(string open, string[] arguments) => arguments is [var only] && !only.Contains('\n', StringComparison.Ordinal)
        ? open + only + ")"
        : Layout.Block(open, arguments.Select(argument => argument + ","), ")", Step);

    private static IEnumerable<string> Arguments(ExampleProgram program, ExampleStep step, IEnumerable<(string Property, ExampleValue Value)> inputs) =>
        inputs.Select(input => $"{ExampleProgram.SnakeCase(input.Property)}={Value(program, input.Value, program.TypeOf(step, input.Property))}");

    private static string Value(ExampleProgram program, ExampleValue value, PropertyType type) => value switch
    {
        ExampleValue.Text { Value: var text } when ExampleProgram.Member(type, text) is var (declaration, member) =>
            $"{program.Package}.{ExampleProgram.ClassName(declaration.Token)}.{ExampleProgram.SnakeCase(member.Name).ToUpperInvariant()}",
        ExampleValue.Text { Value: var text } => Layout.Quote(text),
        ExampleValue.Integer { Value: var number } => ExampleProgram.Number(number),
        ExampleValue.Flag { Value: var flag } => flag ? "True" : "False",
        ExampleValue.Reference reference => Reference(reference),
        ExampleValue.List list => Layout.Block("[", list.Items.Select(item => Value(program, item, ExampleProgram.ItemType(type)) + ","), "]", Step),
        ExampleValue.Map map when type is PropertyType.Object => Layout.Block(
            "{",
            map.Entries.Select(entry => $"\"{ExampleProgram.SnakeCase(entry.Key)}\": {Value(program, entry.Value, ExampleProgram.EntryType(type, entry.Key))},"),
            "}",
            Step),
        ExampleValue.Map map => Layout.Block(
            "{", map.Entries.Select(entry => $"{Layout.Quote(entry.Key)}: {Value(program, entry.Value, ExampleProgram.EntryType(type, entry.Key))},"), "}", Step),
        _ => throw new InvalidOperationException($"{value} has no form in Python."),
    };

    private static string Reference(ExampleValue.Reference reference) => $"{reference.Step}.{ExampleProgram.SnakeCase(reference.Property)}";
}
