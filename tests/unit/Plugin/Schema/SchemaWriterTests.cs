using System.Text.Json;
using PulumiEvs.Plugin.Schema;
using PulumiEvs.Resources;
using PulumiEvs.Resources.Declarations;
using PulumiEvs.Resources.Provider;
using PulumiEvs.Resources.Volumes;

namespace PulumiEvs.Tests.Unit.Plugin.Schema;

/// <summary>The package's own schema: it follows the format's rules and says all that the declarations say.</summary>
public sealed class SchemaWriterTests
{
    private static readonly JsonElement Schema = Parse(EvsPackage.Declaration);

    private static readonly JsonElement Volume = Schema.GetProperty("resources").GetProperty(VolumeDeclaration.Token);

    public static TheoryData<string> VolumeProperties => [.. VolumeDeclaration.Declaration.Properties.Select(property => property.Name)];

    public static TheoryData<string> Functions => [.. EvsPackage.Declaration.Functions.Select(function => function.Token)];

    [Fact]
    public void No_rule_of_the_format_is_broken() => SchemaRules.Problems(Schema).ShouldBeEmpty();

    [Fact]
    public void It_is_written_the_same_each_time() =>
        SchemaWriter.Write(EvsPackage.Declaration, PackageMetadata.Current).Span
            .SequenceEqual(SchemaWriter.Write(EvsPackage.Declaration, PackageMetadata.Current).Span).ShouldBeTrue();

    [Fact]
    public void Every_declared_name_is_there_once_and_no_other()
    {
        Names(Volume, "properties").ShouldBe(VolumeDeclaration.Declaration.Properties.Where(property => property.IsOutput).Select(property => property.Name));
        Names(Volume, "inputProperties").ShouldBe(VolumeDeclaration.Declaration.Inputs.Select(property => property.Name));
        Names(Schema.GetProperty("config"), "variables").ShouldBe(ProviderDeclaration.Properties.Select(property => property.Name));
        Names(Schema, "resources").ShouldBe(EvsPackage.Declaration.Resources.Select(resource => resource.Token));
        Names(Schema, "functions").ShouldBe(EvsPackage.Declaration.Functions.Select(function => function.Token));
    }

    [Fact]
    public void What_must_be_given_is_required_and_what_every_read_returns_is_too()
    {
        Texts(Volume, "requiredInputs").ShouldBe(["availabilityZone", "volumeType"]);
        Texts(Volume, "required").ShouldBe(
            ["availabilityZone", "multiattach", "deviceType", "volumeId", "status", "encrypted", "attachments"], ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(VolumeProperties))]
    public void A_property_says_what_it_is_and_its_rules_and_what_a_change_does(string name)
    {
        var property = VolumeDeclaration.Declaration.Find(name)!;
        if (!property.IsInput)
        {
            Text(Volume, "properties", name).ShouldBe(property.Description);
            return;
        }

        var text = Text(Volume, "inputProperties", name);
        text.ShouldStartWith(property.Description);
        text.ShouldContain(property.Change!.Statement);
        foreach (var rule in property.Rules)
        {
            text.ShouldContain(rule.Statement);
        }
    }

    [Fact]
    public void Every_text_reads_as_sentences()
    {
        foreach (var text in Descriptions(Schema))
        {
            text.ShouldNotContain("  ");
            text.ShouldNotContain("..");
            text.ShouldNotContain(" .");
            ".`…".ShouldContain(text.Trim()[^1], text);
        }
    }

    [Theory]
    [InlineData("size", "GiB")]
    [InlineData("throughput", "MiB/s")]
    [InlineData("iops", "IOPS")]
    [InlineData("name", "255 bytes in UTF-8")]
    [InlineData("description", "255 bytes in UTF-8")]
    [InlineData("kmsKeyId", "36 bytes")]
    [InlineData("tags", "At most 10 tags")]
    public void Units_and_limits_of_inputs_are_stated(string property, string unit) => Text(Volume, "inputProperties", property).ShouldContain(unit);

    [Fact]
    public void Defaults_that_are_meant_by_absence_are_stated()
    {
        Text(Volume, "inputProperties", "multiattach").ShouldContain("Default: `false`.");
        Text(Volume, "inputProperties", "enterpriseProjectId").ShouldContain("default");
        Volume.GetProperty("inputProperties").EnumerateObject().ShouldAllBe(property => !HasKey(property.Value, "default"), "an SDK would send it");
    }

    [Fact]
    public void A_type_that_the_service_may_extend_is_open_and_a_closed_one_is_not()
    {
        var open = Volume.GetProperty("inputProperties").GetProperty("volumeType").GetProperty("oneOf");
        open.EnumerateArray().Select(choice => choice.GetRawText()).ShouldContain(choice => choice.Contains("string"));
        open.EnumerateArray().Select(choice => choice.GetRawText()).ShouldContain(choice => choice.Contains("#/types/evs:index:VolumeType"));
        Volume.GetProperty("inputProperties").GetProperty("deviceType").GetProperty("$ref").GetString().ShouldBe("#/types/evs:index:DeviceType");
        Schema.GetProperty("types").GetProperty("evs:index:VolumeType").GetProperty("enum").EnumerateArray()
            .Select(member => member.GetProperty("value").GetString())
            .ShouldBe(["SATA", "SAS", "GPSSD", "SSD", "ESSD", "GPSSD2", "ESSD2"]);
    }

    [Fact]
    public void Credentials_are_secret_in_both_places_and_come_with_no_default_of_the_environment()
    {
        string[] credentials = ["accessKey", "secretKey", "securityToken", "token"];
        var places = new[] { Schema.GetProperty("config").GetProperty("variables"), Schema.GetProperty("provider").GetProperty("inputProperties") };
        foreach (var place in places)
        {
            foreach (var credential in credentials)
            {
                place.GetProperty(credential).GetProperty("secret").GetBoolean().ShouldBeTrue(credential);
                HasKey(place.GetProperty(credential), "defaultInfo").ShouldBeFalse(credential);
                place.GetProperty(credential).GetProperty("description").GetString()!.ShouldContain("Also from the environment: `HW_");
            }

            HasKey(place.GetProperty("region"), "secret").ShouldBeFalse();
            place.GetProperty("region").GetProperty("defaultInfo").GetProperty("environment").EnumerateArray().Select(variable => variable.GetString())
                .ShouldBe(["HW_REGION_NAME", "OS_REGION_NAME", "OS_REGION"]);
        }
    }

    [Fact]
    public void The_resource_tells_its_rules_its_timeouts_and_how_to_import_it()
    {
        var text = Volume.GetProperty("description").GetString()!;

        foreach (var rule in VolumeDeclaration.Declaration.Rules)
        {
            text.ShouldContain(rule.Statement);
        }

        text.ShouldContain("- `create`: 15 minutes (60 minutes from a snapshot, image or backup)");
        text.ShouldContain("- `update`: 30 minutes (12 hours when `volumeType` changes)");
        text.ShouldContain("$ pulumi import evs:index:Volume name 591ac654-26d8-41be-bb77-4f90699d2d41");
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void A_function_has_its_arguments_and_results(string token)
    {
        var declaration = EvsPackage.Declaration.Functions.Single(function => function.Token == token);
        var function = Schema.GetProperty("functions").GetProperty(token);

        HasKey(function, "inputs").ShouldBe(!declaration.Arguments.IsEmpty, "an SDK makes an argument type of whatever is there");
        if (!declaration.Arguments.IsEmpty)
        {
            var inputs = function.GetProperty("inputs");
            Names(inputs, "properties").ShouldBe(declaration.Arguments.Select(argument => argument.Name));
            Texts(inputs, "required").ShouldBe(declaration.Arguments.Where(argument => argument.Required).Select(argument => argument.Name));
        }

        Names(function.GetProperty("outputs"), "properties").ShouldBe(declaration.Results.Select(result => result.Name));
        Texts(function.GetProperty("outputs"), "required").ShouldBe(declaration.Results.Where(result => result.AlwaysReturned).Select(result => result.Name));
    }

    [Fact]
    public void The_head_is_what_a_registry_and_an_sdk_need()
    {
        Schema.GetProperty("name").GetString().ShouldBe("evs");
        Schema.GetProperty("version").GetString().ShouldBe(typeof(SchemaWriter).Assembly.GetName().Version!.ToString(3));
        Schema.GetProperty("license").GetString().ShouldBe("Apache-2.0");
        Schema.GetProperty("pluginDownloadURL").GetString()!.ShouldStartWith("github://api.github.com/");
        Schema.GetProperty("language").GetProperty("csharp").GetProperty("namespaces").GetProperty("evs").GetString().ShouldBe("Evs");
        foreach (var language in (string[])["csharp", "nodejs", "python", "go"])
        {
            Schema.GetProperty("language").GetProperty(language).GetProperty("respectSchemaVersion").GetBoolean().ShouldBeTrue(language);
        }
    }

    [Fact]
    public void Each_kind_of_type_is_written_as_the_format_has_it()
    {
        var part = new ObjectDeclaration("evs:index/deep:Part", "A part.", [Property("x", PropertyType.Int) with { AlwaysReturned = true }]);
        var schema = Parse(EvsPackage.Declaration with
        {
            Resources = [],
            Functions =
            [
                new FunctionDeclaration
                {
                    Token = "evs:index:getAll",
                    Description = "All.",
                    Arguments = [],
                    Results =
                    [
                        Property("text", PropertyType.String), Property("flag", PropertyType.Bool), Property("whole", PropertyType.Int),
                        Property("number", new PropertyType.Number()), Property("any", new PropertyType.Any()),
                        Property("list", new PropertyType.List(new PropertyType.Object(part))), Property("map", new PropertyType.Map(PropertyType.StringList)),
                    ],
                },
            ],
        });

        var results = schema.GetProperty("functions").GetProperty("evs:index:getAll").GetProperty("outputs").GetProperty("properties");
        string Form(string name) => JsonSerializer.Serialize(results.GetProperty(name)).Replace(",\"description\":\"D.\"", "");
        Form("text").ShouldBe("""{"type":"string"}""");
        Form("flag").ShouldBe("""{"type":"boolean"}""");
        Form("whole").ShouldBe("""{"type":"integer"}""");
        Form("number").ShouldBe("""{"type":"number"}""");
        Form("any").ShouldBe("""{"$ref":"pulumi.json#/Any"}""");
        Form("list").ShouldBe("""{"type":"array","items":{"$ref":"#/types/evs:index%2Fdeep:Part"}}""");
        Form("map").ShouldBe("""{"type":"object","additionalProperties":{"type":"array","items":{"type":"string"}}}""");
        Texts(schema.GetProperty("types").GetProperty("evs:index/deep:Part"), "required").ShouldBe(["x"]);
    }

    private static PropertyDeclaration Property(string name, PropertyType type) =>
        new() { Name = name, Type = type, Description = "D.", Role = PropertyRole.Output };

    private static JsonElement Parse(PackageDeclaration package)
    {
        using var document = JsonDocument.Parse(SchemaWriter.Write(package, PackageMetadata.Current));
        return document.RootElement.Clone();
    }

    private static IEnumerable<string> Names(JsonElement owner, string map) => owner.GetProperty(map).EnumerateObject().Select(member => member.Name);

    private static IEnumerable<string> Texts(JsonElement owner, string list) =>
        owner.TryGetProperty(list, out var items) ? items.EnumerateArray().Select(item => item.GetString()!) : [];

    private static string Text(JsonElement owner, string map, string property) => owner.GetProperty(map).GetProperty(property).GetProperty("description").GetString()!;

    private static bool HasKey(JsonElement owner, string key) => owner.TryGetProperty(key, out _);

    /// <summary>Every description but those of enum members, which may be titles; of resources the paragraph before the first heading.</summary>
    private static IEnumerable<string> Descriptions(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().Where(member => member.Name != "enum").SelectMany(member =>
            member is { Name: "description", Value.ValueKind: JsonValueKind.String }
                ? [member.Value.GetString()!.Split("\n\n")[0]]
                : Descriptions(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Descriptions),
        _ => [],
    };
}
