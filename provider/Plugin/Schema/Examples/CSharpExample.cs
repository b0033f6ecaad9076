using PulumiEvs.Resources.Declarations;

namespace PulumiEvs.Plugin.Schema.Examples;

internal static class CSharpExample
{
    private const string Step = "    ";

    public static string Write(ExampleProgram program)
    {
        var statements = program.Statements.Select(statement => Statement(program, statement)).ToList();
        var outputs = program.Outputs.Select(output => $"[\"{output.Name}\"] = {Reference(program, output.Value)},").ToArray();
        if (outputs.Length > 0)
        {
            statements.Add(Layout.Block("return new Dictionary<string, object?>\n{", outputs, "};", Step));
        }

        string[] usings = [.. outputs.Length > 0 ? ["using System.Collections.Generic;"] : Array.Empty<string>(), "using Pulumi;", $"using {Alias(program)} = Pulumi.{Alias(program)};"];
        var body = Layout.Block("return await Deployment.RunAsync(() =>\n{", [string.Join("\n\n", statements)], "});", Step);
        return $"{string.Join('\n', usings)}\n\n{body}";
    }

    private static string Alias(ExampleProgram program) => ExampleProgram.Capital(program.Package);

    private static string Statement(ExampleProgram program, ExampleStep statement) => statement switch
    {
        ExampleStep.Resource resource => Resource(program, resource),
        ExampleStep.Call call => Call(program, call),
        _ => throw new InvalidOperationException($"{statement} is no statement."),
    };

    private static string Resource(ExampleProgram program, ExampleStep.Resource resource)
    {
        var variable = program.IsUsed(resource) ? $"var {resource.Name} = " : "";
        var options = resource.Protect ? ", new CustomResourceOptions { Protect = true }" : "";
        return $"{variable}new {Alias(program)}.{ExampleProgram.ClassName(resource.Token)}(\"{resource.Name}\", {Arguments(program, resource, resource.Inputs)}{options});";
    }

    private static string Call(ExampleProgram program, ExampleStep.Call call)
    {
        var arguments = call.Arguments.IsEmpty ? "" : Arguments(program, call, call.Arguments);
        return $"var {call.Name} = {Alias(program)}.{ExampleProgram.ClassName(call.Token)}.Invoke({arguments});";
    }

    private static string Arguments(ExampleProgram program, ExampleStep step, IEnumerable<(string Property, ExampleValue Value)> inputs) => Layout.Block(
        "new()\n{",
        inputs.Select(input => Assign(ExampleProgram.Capital(input.Property), Value(program, input.Value, program.TypeOf(step, input.Property)))),
        "}",
        Step);

    /// <summary>The initializer of a collection begins on a line of its own.</summary>
    private static string Assign(string name, string value) => value[0] == '\n' ? $"{name} ={value}," : $"{name} = {value},";

    private static string Value(ExampleProgram program, ExampleValue value, PropertyType type) => value switch
    {
        ExampleValue.Text { Value: var text } when ExampleProgram.Member(type, text) is var (declaration, member) =>
            $"{Alias(program)}.{ExampleProgram.ClassName(declaration.Token)}.{member.Name}",
        ExampleValue.Text { Value: var text } => Layout.Quote(text),
        ExampleValue.Integer { Value: var number } => ExampleProgram.Number(number),
        ExampleValue.Flag { Value: var flag } => flag ? "true" : "false",
        ExampleValue.Reference reference => Reference(program, reference),
        ExampleValue.List list => Layout.Block("\n{", list.Items.Select(item => Value(program, item, ExampleProgram.ItemType(type)) + ","), "}", Step),
        ExampleValue.Map map when type is PropertyType.Object { Declaration: var declaration } => Layout.Block(
            $"new {Alias(program)}.Inputs.{ExampleProgram.ClassName(declaration.Token)}Args\n{{",
            map.Entries.Select(entry => Assign(ExampleProgram.Capital(entry.Key), Value(program, entry.Value, ExampleProgram.EntryType(type, entry.Key)))),
            "}",
            Step),
        ExampleValue.Map map => Layout.Block(
            "\n{",
            map.Entries.Select(entry => $"[{Layout.Quote(entry.Key)}] = {Value(program, entry.Value, ExampleProgram.EntryType(type, entry.Key))},"),
            "}",
            Step),
        _ => throw new InvalidOperationException($"{value} has no form in C#."),
    };

    /// <summary>A resource's outputs are outputs; a call is one output, whose members are within.</summary>
    private static string Reference(ExampleProgram program, ExampleValue.Reference reference)
    {
        var property = ExampleProgram.Capital(reference.Property);
        return program.IsCall(reference) ? $"{reference.Step}.Apply(found => found.{property})" : $"{reference.Step}.{property}";
    }
}
