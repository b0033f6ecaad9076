using PulumiEvs.Generator.CSharp;
using PulumiEvs.Generator.Schema;
using PulumiEvs.Tests.Unit.Support;

namespace PulumiEvs.Tests.Unit.Sdk;

/// <summary>What the generator makes of a made-up schema with every feature that it knows.</summary>
public sealed class GeneratorTests
{
    private static readonly Dictionary<string, string> Files = new SdkFiles(SchemaReader.Read(Depot)).All().ToDictionary();

    private static byte[] Depot => File.ReadAllBytes(Path.Combine(Fixtures.Directory, "schema", "depot.json"));

    [Fact]
    public void The_sdk_compiles_without_a_warning_and_everything_public_is_documented()
    {
        CSharpCompiler.LibraryProblems(Files.Where(file => file.Key.EndsWith(".cs", StringComparison.Ordinal)).Select(file => (file.Key, file.Value)))
            .Where(problem => !problem.Contains("CS0618", StringComparison.Ordinal))
            .ShouldBeEmpty();
    }

    [Fact]
    public void Only_the_forms_of_object_types_are_written_that_something_uses()
    {
        Files.Keys.Where(path => path.StartsWith("Inputs/", StringComparison.Ordinal) || path.StartsWith("Outputs/", StringComparison.Ordinal)).Order().ShouldBe(
        [
            "Inputs/Limits.cs",
            "Inputs/LimitsArgs.cs",
            "Inputs/LimitsGetArgs.cs",
            "Inputs/ShelfArgs.cs",
            "Inputs/ShelfGetArgs.cs",
            "Outputs/Finding.cs",
            "Outputs/Limits.cs",
            "Outputs/Shelf.cs",
        ]);
    }

    public static TheoryData<string, string> Lines => new()
    {
        { "Rack.cs", "public Output<ImmutableArray<ImmutableArray<double>>> Matrix { get; private set; } = null!;" },
        { "Rack.cs", "public Output<ImmutableDictionary<string, object>?> Extras { get; private set; } = null!;" },
        { "Rack.cs", "public InputUnion<string, global::Pulumi.Depot.Grade> OpenGrade { get; set; } = null!;" },
        { "Rack.cs", "public InputUnion<string, int> Either { get; set; } = null!;" },
        { "Rack.cs", "public Input<string>? Category { get; set; }" },
        { "Rack.cs", "set => _pins = value is null ? null : (InputList<string>)Output.CreateSecret<ImmutableArray<string>>(value);" },
        { "Rack.cs", "AdditionalSecretOutputs = { \"pin\", \"pins\" }," },
        { "Rack.cs", "ReplaceOnChanges = { \"height\" }," },
        { "Rack.cs", "Aliases = { new global::Pulumi.Alias { Type = \"depot:index:Frame\" } }," },
        { "Rack.cs", "Grade = global::Pulumi.Depot.Grade.Fine;" },
        { "Rack.cs", "Label = \"none \\\"yet\\\"\";" },
        { "Rack.cs", "[Obsolete(\"Use \\\"label\\\".\")]" },
        { "Rack.cs", "public static Rack Get(string name, Input<string> id, RackState? state = null, CustomResourceOptions? options = null) =>" },
        { "Bin.cs", "public Bin(string name, BinArgs? args = null, CustomResourceOptions? options = null)" },
        { "Provider.cs", "[Input(\"verbose\", json: true)]" },
        { "Provider.cs", "Verbose = Utilities.GetEnvBoolean(\"DEPOT_VERBOSE\") ?? false;" },
        { "Provider.cs", "if (Utilities.GetEnvInt32(\"DEPOT_RETRIES\") is { } retries)" },
        { "Config/Config.cs", "public static ImmutableArray<string> Zones" },
        { "GetRack.cs", "public global::Pulumi.Depot.Grade? Grade { get; set; }" },
        { "GetRack.cs", "public Dictionary<string, string> Labels" },
        { "GetRack.cs", "public Inputs.Limits? Limits { get; set; }" },
        { "GetClock.cs", "public static Output<GetClockResult> Invoke(InvokeOutputOptions options) =>" },
        { "Ring.cs", "public static Task InvokeAsync(RingArgs args, InvokeOptions? options = null) =>" },
        { "Outputs/Limits.cs", "string? @default," },
        { "Enums/Grade.cs", "public static Grade Very_poor { get; } = new Grade(\"very-poor\");" },
        { "Enums/Grade.cs", "public static Grade EqualsValue { get; } = new Grade(\"equals\");" },
    };

    [Theory]
    [MemberData(nameof(Lines))]
    public void Each_feature_gives_the_code_that_pulumi_expects(string file, string line)
    {
        Files[file].Split('\n').Select(text => text.Trim()).ShouldContain(line);
    }
}
