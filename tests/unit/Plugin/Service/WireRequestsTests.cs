using Google.Protobuf.WellKnownTypes;
using PulumiEvs.Plugin.Grpc;
using PulumiEvs.Plugin.Protos;
using PulumiEvs.Plugin.Service;
using PulumiEvs.Plugin.Values;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Values;
using Mode = PulumiEvs.Plugin.Protos.CheckRequest.Types.AutonamingOptions.Types.Mode;
using Wire = PulumiEvs.Plugin.Protos;

namespace PulumiEvs.Tests.Unit.Plugin.Service;

public sealed class WireRequestsTests
{
    private const string Urn = "urn:pulumi:dev::program::evs:index:Volume::data";

    private static readonly ResourceIdentity Resource = new(Urn, "evs:index:Volume", "data");
    private static readonly PropertyMap Inputs = PropertyMap.Of(("size", 40));
    private static readonly PropertyMap Outputs = PropertyMap.Of(("status", "available"));

    public static TheoryData<double, double?> Timeouts => new()
    {
        { 0, null },
        { 90, 90 },
        { 0.5, 0.5 },
        { -1, null },
        { double.NaN, null },
        { double.NegativeInfinity, null },
        { 1e300, TimeSpan.MaxValue.TotalSeconds },
        { double.PositiveInfinity, TimeSpan.MaxValue.TotalSeconds },
    };

    [Theory]
    [MemberData(nameof(Timeouts))]
    public void A_timeout_of_0_is_none_and_no_number_is_too_much(double seconds, double? timeout) =>
        (WireRequests.ToTimeout(seconds)?.TotalSeconds).ShouldBe(timeout);

    [Fact]
    public void Check_of_a_new_resource_has_no_old_inputs_whether_they_are_empty_or_absent()
    {
        WireRequests.ToCheck(new Wire.CheckRequest { Urn = Urn, News = Encode(Inputs) }).ShouldSatisfyAllConditions(
            check => check.Resource.ShouldBe(Resource),
            check => check.OldInputs.ShouldBe(PropertyMap.Empty),
            check => check.NewInputs.ShouldBe(Inputs),
            check => check.Autonaming.ShouldBeNull(),
            check => check.RandomSeed.IsEmpty.ShouldBeTrue());
        WireRequests.ToCheck(new Wire.CheckRequest { Urn = Urn, Olds = new Struct() }).OldInputs.ShouldBe(PropertyMap.Empty);
    }

    [Fact]
    public void Check_has_the_seed_and_the_ways_of_naming()
    {
        foreach (var (wire, mode) in new[] { (Mode.Propose, AutonamingMode.Propose), (Mode.Enforce, AutonamingMode.Enforce), (Mode.Disable, AutonamingMode.Disable) })
        {
            var check = WireRequests.ToCheck(new Wire.CheckRequest
            {
                Urn = Urn,
                RandomSeed = Google.Protobuf.ByteString.CopyFrom(1, 2, 3),
                Autonaming = new() { Mode = wire, ProposedName = "data-1a2b3c" },
            });

            check.RandomSeed.ToArray().ShouldBe([1, 2, 3]);
            check.Autonaming.ShouldBe(new AutonamingOptions(mode, "data-1a2b3c"));
        }
    }

    [Fact]
    public void Diff_tells_old_outputs_from_old_inputs()
    {
        var diff = WireRequests.ToDiff(new Wire.DiffRequest
        {
            Id = "vol-1",
            Urn = Urn,
            Olds = Encode(Outputs),
            OldInputs = Encode(Inputs),
            News = Encode(Inputs.With("size", 50)),
            IgnoreChanges = { "tags" },
        });

        diff.ShouldSatisfyAllConditions(
            () => diff.Resource.ShouldBe(Resource),
            () => diff.Id.ShouldBe("vol-1"),
            () => diff.OldInputs.ShouldBe(Inputs),
            () => diff.OldOutputs.ShouldBe(Outputs),
            () => diff.NewInputs.ShouldBe(PropertyMap.Of(("size", 50))),
            () => diff.IgnoreChanges.ShouldBe(["tags"]));
    }

    [Fact]
    public void Old_inputs_that_an_old_engine_does_not_send_are_null_not_empty()
    {
        WireRequests.ToDiff(new Wire.DiffRequest { Urn = Urn }).OldInputs.ShouldBeNull();
        WireRequests.ToUpdate(new Wire.UpdateRequest { Urn = Urn, Id = "vol-1" }).OldInputs.ShouldBeNull();
        WireRequests.ToDelete(new Wire.DeleteRequest { Urn = Urn, Id = "vol-1" }).OldInputs.ShouldBeNull();
    }

    [Fact]
    public void A_read_update_or_delete_of_no_id_is_refused()
    {
        Should.Throw<GrpcStatusException>(() => WireRequests.ToRead(new Wire.ReadRequest { Urn = Urn })).Code.ShouldBe(GrpcStatusCode.InvalidArgument);
        Should.Throw<GrpcStatusException>(() => WireRequests.ToUpdate(new Wire.UpdateRequest { Urn = Urn })).Code.ShouldBe(GrpcStatusCode.InvalidArgument);
        Should.Throw<GrpcStatusException>(() => WireRequests.ToDelete(new Wire.DeleteRequest { Urn = Urn })).Code.ShouldBe(GrpcStatusCode.InvalidArgument);
    }

    [Fact]
    public void Create_has_its_inputs_its_timeout_and_whether_it_is_a_preview() =>
        WireRequests.ToCreate(new Wire.CreateRequest { Urn = Urn, Properties = Encode(Inputs), Timeout = 90, Preview = true })
            .ShouldBe(new PulumiEvs.Resources.Contracts.CreateRequest(Resource, Inputs, TimeSpan.FromSeconds(90), true));

    [Fact]
    public void Read_of_an_import_has_an_id_and_nothing_else() =>
        WireRequests.ToRead(new Wire.ReadRequest { Id = "vol-1", Urn = Urn }).ShouldBe(new PulumiEvs.Resources.Contracts.ReadRequest(Resource, "vol-1", null, null, null));

    [Fact]
    public void Read_of_a_refresh_tells_inputs_from_state() =>
        WireRequests.ToRead(new Wire.ReadRequest { Id = "vol-1", Urn = Urn, Inputs = Encode(Inputs), Properties = Encode(Outputs), Timeout = 30 })
            .ShouldBe(new PulumiEvs.Resources.Contracts.ReadRequest(Resource, "vol-1", Inputs, Outputs, TimeSpan.FromSeconds(30)));

    [Fact]
    public void Update_tells_old_outputs_from_old_inputs()
    {
        var update = WireRequests.ToUpdate(new Wire.UpdateRequest
        {
            Id = "vol-1",
            Urn = Urn,
            Olds = Encode(Outputs),
            OldInputs = Encode(Inputs),
            News = Encode(Inputs.With("size", 50)),
            Timeout = 60,
            Preview = true,
            IgnoreChanges = { "tags", "name" },
        });

        update.ShouldSatisfyAllConditions(
            () => update.OldInputs.ShouldBe(Inputs),
            () => update.OldOutputs.ShouldBe(Outputs),
            () => update.NewInputs.ShouldBe(PropertyMap.Of(("size", 50))),
            () => update.Timeout.ShouldBe(TimeSpan.FromMinutes(1)),
            () => update.Preview.ShouldBeTrue(),
            () => update.IgnoreChanges.ShouldBe(["tags", "name"]));
    }

    [Fact]
    public void Delete_has_the_state_as_old_outputs() =>
        WireRequests.ToDelete(new Wire.DeleteRequest { Id = "vol-1", Urn = Urn, Properties = Encode(Outputs), OldInputs = Encode(Inputs) })
            .ShouldBe(new PulumiEvs.Resources.Contracts.DeleteRequest(Resource, "vol-1", Inputs, Outputs, null));

    [Fact]
    public void Configuration_keeps_its_secret_marks_because_default_tags_end_in_the_state_of_disks()
    {
        var configuration = PropertyMap.Of(
            ("accessKey", new PropertyValue.Secret("AK")),
            ("defaultTags", PropertyMap.Of(("owner", new PropertyValue.Secret("me")))));

        WireRequests.ToConfiguration(new ConfigureRequest { Args = Encode(configuration) }).ShouldBe(configuration);
    }

    [Fact]
    public void Special_values_in_the_JSON_text_of_a_configuration_are_understood_in_every_call_that_has_one()
    {
        var text = PropertyMap.Of(("defaultTags", """{"owner":{"4dabf18193072939515e22adb298388d":"1b47061264138c4ac30d75fd1eb44270","value":"me"}}"""));
        var meant = PropertyMap.Of(("defaultTags", PropertyMap.Of(("owner", ((PropertyValue)"me").AsSecret()))));

        WireRequests.ToConfiguration(new ConfigureRequest { Args = Encode(text) }).ShouldBe(meant);
        WireRequests.ToCheckConfig(new Wire.CheckRequest { Urn = Urn, News = Encode(text) }).NewInputs.ShouldBe(meant);
        var diff = WireRequests.ToDiffConfig(new Wire.DiffRequest { Urn = Urn, OldInputs = Encode(text), Olds = Encode(text), News = Encode(text) });
        (diff.OldInputs, diff.OldOutputs, diff.NewInputs).ShouldBe((meant, meant, meant));
    }

    [Fact]
    public void Configuration_of_an_old_engine_is_in_its_variables() =>
        WireRequests.ToConfiguration(new ConfigureRequest { Variables = { ["evs:config:region"] = "eu-de" } }).ShouldBe(PropertyMap.Of(("region", "eu-de")));

    private static Struct Encode(PropertyMap map) => PropertyEncoder.Encode(map);
}
