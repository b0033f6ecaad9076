using PulumiEvs.Resources.Declarations;

namespace PulumiEvs.Plugin.Schema.Examples;

internal static class GoExample
{
    private const string Step = "\t";

    public static string Write(ExampleProgram program, string importPath)
    {
        var hasError = false;
        var statements = new List<string>();
        foreach (var statement in program.Statements)
        {
            statements.Add(Statement(program, statement, ref hasError));
        }

        statements.AddRange(program.Outputs.Select(output => $"ctx.Export(\"{output.Name}\", {Reference(program, output.Value)})"));
        statements.Add("return nil");
        var imports = Layout.Block("import (", [$"\"{importPath}\"", "\"github.com/pulumi/pulumi/sdk/v3/go/pulumi\""], ")", Step);
        var run = Layout.Block("pulumi.Run(func(ctx *pulumi.Context) error {", statements, "})", Step);
        return $"package main\n\n{imports}\n\n{Layout.Block("func main() {", [run], "}", Step)}";
    }

    private static string Statement(ExampleProgram program, ExampleStep statement, ref bool hasError)
    {
        switch (statement)
        {
            case ExampleStep.Call call:
                var name = ExampleProgram.ClassName(call.Token);
                var arguments = call.Arguments.IsEmpty ? "" : ", " + Struct($"{program.Package}.{name}OutputArgs", Fields(program, call, call.Arguments));
                return $"{call.Name} := {program.Package}.{name}Output(ctx{arguments})";
            case ExampleStep.Resource resource:
                return Resource(program, resource, ref hasError);
            default:
                throw new InvalidOperationException($"{statement} is no statement.");
        }
    }

    private static string Resource(ExampleProgram program, ExampleStep.Resource resource, ref bool hasError)
    {
        var isUsed = program.IsUsed(resource);

        // Go wants every declared variable used, and something new on the left of every declaration.
        var left = $"{(isUsed ? resource.Name : "_")}, err {(isUsed || !hasError ? ":=" : "=")}";
        hasError = true;
        var name = ExampleProgram.ClassName(resource.Token);
        var options = resource.Protect ? ", pulumi.Protect(true)" : "";
        var arguments = Struct($"&{program.Package}.{name}Args", Fields(program, resource, resource.Inputs));
        return $"{left} {program.Package}.New{name}(ctx, \"{resource.Name}\", {arguments}{options})\nif err != nil {{\n{Step}return err\n}}";
    }

    private static IEnumerable<(string Name, string Value)> Fields(ExampleProgram program, ExampleStep step, IEnumerable<(string Property, ExampleValue Value)> inputs) =>
        inputs.Select(input => (ExampleProgram.Capital(input.Property), Value(program, input.Value, program.TypeOf(step, input.Property))));

    private static string Value(ExampleProgram program, ExampleValue value, PropertyType type) => value switch
    {
        ExampleValue.Text { Value: var text } when type is PropertyType.Choice { IsOpen: false } && ExampleProgram.Member(type, text) is var (declaration, member) =>
            $"{program.Package}.{ExampleProgram.ClassName(declaration.Token)}{member.Name}",
        ExampleValue.Text { Value: var text } => $"pulumi.String({Layout.Quote(text)})",
        ExampleValue.Integer { Value: var number } => $"pulumi.Int({ExampleProgram.Number(number)})",
        ExampleValue.Flag { Value: var flag } => flag ? "pulumi.Bool(true)" : "pulumi.Bool(false)",
        ExampleValue.Reference reference => Reference(program, reference),
        ExampleValue.List list => Layout.Block(
            $"{Collection(program, ExampleProgram.ItemType(type), "Array")}{{", list.Items.Select(item => Value(program, item, ExampleProgram.ItemType(type)) + ","), "}", Step),
        ExampleValue.Map map when type is PropertyType.Object { Declaration: var declaration } => Struct(
            $"&{program.Package}.{ExampleProgram.ClassName(declaration.Token)}Args",
            map.Entries.Select(entry => (ExampleProgram.Capital(entry.Key), Value(program, entry.Value, ExampleProgram.EntryType(type, entry.Key))))),
        ExampleValue.Map map => Struct(
            Collection(program, ExampleProgram.EntryType(type, ""), "Map"),
            map.Entries.Select(entry => (Layout.Quote(entry.Key), Value(program, entry.Value, ExampleProgram.EntryType(type, entry.Key))))),
        _ => throw new InvalidOperationException($"{value} has no form in Go."),
    };

    private static string Collection(ExampleProgram program, PropertyType item, string kind) => item switch
    {
        PropertyType.Text or PropertyType.Choice { IsOpen: true } => "pulumi.String" + kind,
        PropertyType.Integer => "pulumi.Int" + kind,
        PropertyType.Boolean => "pulumi.Bool" + kind,
        PropertyType.Object { Declaration: var declaration } => $"{program.Package}.{ExampleProgram.ClassName(declaration.Token)}{kind}",
        PropertyType.Choice { Enum: var declaration } => $"{program.Package}.{ExampleProgram.ClassName(declaration.Token)}{kind}",
        _ => throw new InvalidOperationException($"Items of {item} have no form in Go."),
    };

    /// <summary>A composite literal in the form of gofmt: the values of neighbouring lines stand below each other.</summary>
    private static string Struct(string type, IEnumerable<(string Name, string Value)> fields)
    {
        var lines = new List<string>();
        var run = new List<(string Name, string Value)>();
        foreach (var field in fields)
        {
            run.Add(field);
            if (field.Value.Contains('\n', StringComparison.Ordinal))
            {
                // gofmt does not align a value of several lines with those before it.
                lines.AddRange(Aligned(run[..^1]));
                lines.AddRange(Aligned(run[^1..]));
                run.Clear();
            }
        }

        lines.AddRange(Aligned(run));
        return Layout.Block(type + "{", lines, "}", Step);
    }

    private static string[] Aligned(List<(string Name, string Value)> fields)
    {
        var width = fields.Count == 0 ? 0 : fields.Max(field => field.Name.Length) + 2;
        return fields.Select(field => $"{(field.Name + ":").PadRight(width)}{field.Value},").ToArray();
    }

    private static string Reference(ExampleProgram program, ExampleValue.Reference reference)
    {
        var property = ExampleProgram.Capital(reference.Property);
        return program.IsCall(reference) ? $"{reference.Step}.{property}()"
            : property == "Id" ? $"{reference.Step}.ID()"
            : $"{reference.Step}.{property}";
    }
}
