using PulumiEvs.Plugin.Schema;
using PulumiEvs.Plugin.Schema.Examples;
using PulumiEvs.Resources;
using PulumiEvs.Resources.Declarations;

namespace PulumiEvs.Tests.Unit.Sdk;

/// <summary>The examples of the schema are programs: they name what exists, and the C# ones compile.</summary>
public sealed class ExampleTests
{
    private static readonly PackageDeclaration Package = EvsPackage.Declaration;

    private static IEnumerable<(string Token, ExampleDeclaration Example)> Declared =>
        Package.Resources.SelectMany(resource => resource.Examples.Select(example => (resource.Token, example)))
            .Concat(Package.Functions.SelectMany(function => function.Examples.Select(example => (function.Token, example))));

    public static TheoryData<string> Tokens => [.. Package.Resources.Select(resource => resource.Token), .. Package.Functions.Select(function => function.Token)];

    public static TheoryData<string, string> Examples
    {
        get
        {
            var examples = new TheoryData<string, string>();
            foreach (var (token, example) in Declared)
            {
                examples.Add(token, example.Title);
            }

            return examples;
        }
    }

    [Theory]
    [MemberData(nameof(Tokens))]
    public void Every_resource_and_function_has_an_example(string token)
    {
        Declared.ShouldContain(declared => declared.Token == token);
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_is_shown_in_five_languages(string token, string title)
    {
        Write(token, title).Select(example => example.Language).ShouldBe(["csharp", "yaml", "typescript", "python", "go"]);
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void The_csharp_program_compiles_without_a_warning(string token, string title)
    {
        var program = Write(token, title).Single(example => example.Language == "csharp").Code;

        CSharpCompiler.Problems(program).ShouldBeEmpty(program);
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void Names_of_steps_are_variables_in_every_language(string token, string title)
    {
        var steps = Find(token, title).Steps;
        var variables = steps.Where(step => step is not ExampleStep.Output).Select(step => step.Name).ToArray();

        variables.ShouldBeUnique();
        variables.ShouldAllBe(name => name.All(char.IsAsciiLetterLower));

        // In TypeScript an output of the stack is a variable, too.
        variables.Intersect(steps.OfType<ExampleStep.Output>().Select(output => output.Name)).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void Outputs_are_used_that_exist(string token, string title)
    {
        var steps = Find(token, title).Steps;
        foreach (var output in steps.OfType<ExampleStep.Output>())
        {
            var source = steps.Single(step => step.Name == output.Value.Step && step is not ExampleStep.Output);
            var outputs = source switch
            {
                ExampleStep.Resource resource => Package.Resources.Single(declared => declared.Token == resource.Token).Properties.Where(property => property.IsOutput),
                ExampleStep.Call call => Package.Functions.Single(declared => declared.Token == call.Token).Results,
                _ => [],
            };

            outputs.ShouldContain(declared => declared.Name == output.Value.Property);
        }
    }

    private static ExampleDeclaration Find(string token, string title) =>
        Declared.Single(declared => declared.Token == token && declared.Example.Title == title).Example;

    private static IEnumerable<(string Language, string Code)> Write(string token, string title) =>
        new ExampleText(Package, PackageMetadata.Current.GoImportPath).Write(Find(token, title));
}
