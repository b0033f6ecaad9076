using System.Text.Json;
using PulumiEvs.Plugin.Schema;
using PulumiEvs.Resources;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Values;
using PulumiEvs.Resources.Volumes;
using PulumiEvs.Tests.Unit.Resources.Support;
using static PulumiEvs.Resources.Volumes.VolumeProperties;
using static PulumiEvs.Tests.Unit.Resources.Support.Given;

namespace PulumiEvs.Tests.Unit.Resources.Volumes;

/// <summary>
/// What each change of each property does. Written as <c>+</c> added, <c>-</c> removed, <c>~</c> changed, doubled for a replacement;
/// the empty text is no change.
/// </summary>
public sealed class VolumeDiffTests
{
    private const string VolumeType = VolumeProperties.VolumeType;

    /// <param name="One">A value; <paramref name="Other"/> another.</param>
    /// <param name="Change">From one to the other.</param>
    /// <param name="Unknown">From one to a value not known yet.</param>
    private sealed record Row(PropertyValue One, PropertyValue Other, string Add, string Change, string Remove, string Unknown)
    {
        public static Row Replaces(string name, PropertyValue one, PropertyValue other) =>
            new(one, other, $"++ {name}", $"~~ {name}", $"-- {name}", $"~~ {name}");

        public static Row InPlace(string name, PropertyValue one, PropertyValue other) =>
            new(one, other, $"+ {name}", $"~ {name}", $"- {name}", $"~ {name}");
    }

    private static readonly Dictionary<string, Row> Table = new()
    {
        [AvailabilityZone] = Row.Replaces(AvailabilityZone, "eu-test-1a", "eu-test-1b"),

        // A disk whose type neither program nor cloud has told is not replaced for being given a name for it.
        [VolumeType] = Row.InPlace(VolumeType, "SSD", "ESSD") with { Add = "", Remove = "-- volumeType", Unknown = "~~ volumeType" },
        [Size] = Row.InPlace(Size, 40, 60) with { Remove = "" },
        [Name] = Row.InPlace(Name, "one", "other"),
        [Description] = Row.InPlace(Description, "one", "other"),
        [SnapshotId] = Row.Replaces(SnapshotId, "s-1", "s-2"),
        [ImageId] = Row.Replaces(ImageId, "i-1", "i-2"),
        [BackupId] = Row.Replaces(BackupId, "b-1", "b-2"),
        [Multiattach] = Row.Replaces(Multiattach, true, false),
        [DeviceType] = Row.Replaces(DeviceType, "SCSI", "VBD"),
        [KmsKeyId] = Row.Replaces(KmsKeyId, KeyId, KeyId.Replace('0', '1')),
        [LinkedClone] = Row.Replaces(LinkedClone, true, false),
        [VolumeProperties.Tags] = new(Given.Tags(("a", "1")), Given.Tags(("a", "2")), "+ tags.a", "~ tags.a", "- tags.a", "~ tags"),
        [EnterpriseProjectId] = Row.Replaces(EnterpriseProjectId, "eps-1", "eps-2"),
        [Iops] = Row.InPlace(Iops, 3000, 4000),
        [Throughput] = Row.InPlace(Throughput, 125, 200),
        [OnShrink] = Row.InPlace(OnShrink, "replace", "refuse"),
        [DeleteSnapshots] = Row.InPlace(DeleteSnapshots, true, false),
    };

    public static TheoryData<string> Properties => [.. VolumeDeclaration.Declaration.Inputs.Select(input => input.Name)];

    [Fact]
    public void Every_input_has_its_row() =>
        Table.Keys.ShouldBe(VolumeDeclaration.Declaration.Inputs.Select(input => input.Name), ignoreOrder: true);

    [Theory]
    [MemberData(nameof(Properties))]
    public void Adding_it(string property) => Changes(Without(property), With(property, Table[property].One)).ShouldBe(Table[property].Add);

    [Theory]
    [MemberData(nameof(Properties))]
    public void Changing_it(string property)
    {
        var row = Table[property];

        Changes(With(property, row.One), With(property, row.Other)).ShouldBe(row.Change);
    }

    [Theory]
    [MemberData(nameof(Properties))]
    public void Removing_it(string property) => Changes(With(property, Table[property].One), Without(property)).ShouldBe(Table[property].Remove);

    [Theory]
    [MemberData(nameof(Properties))]
    public void Changing_it_to_a_value_not_known_yet(string property)
    {
        var row = Table[property];

        Changes(With(property, row.One), With(property, Unknown)).ShouldBe(row.Unknown);
        Changes(With(property, row.One), With(property, Secret(Unknown))).ShouldBe(row.Unknown);
        Changes(Without(property), With(property, Unknown)).ShouldNotBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Properties))]
    public void Being_secret_is_no_change_and_hides_none(string property)
    {
        var row = Table[property];

        Changes(With(property, row.One), With(property, Secret(row.One))).ShouldBeEmpty();
        Changes(With(property, Secret(row.One)), With(property, row.One)).ShouldBeEmpty();
        Changes(With(property, Secret(row.One)), With(property, Secret(row.Other))).ShouldBe(row.Change);
        Changes(Without(property), With(property, Secret(row.One))).ShouldBe(row.Add);
    }

    [Theory]
    [MemberData(nameof(Properties))]
    public void Leaving_it_is_no_change(string property)
    {
        var row = Table[property];

        Changes(With(property, row.One), With(property, row.One)).ShouldBeEmpty();
        Changes(With(property, row.Other), With(property, row.Other)).ShouldBeEmpty();
        Changes(Without(property), Without(property)).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Properties))]
    public void Naming_what_not_naming_it_means_is_no_change_and_neither_is_the_reverse(string property)
    {
        if (VolumeDeclaration.Declaration.Find(property)!.ImpliedValue is not { } implied)
        {
            return;
        }

        Changes(Without(property), With(property, implied)).ShouldBeEmpty();
        Changes(With(property, implied), Without(property)).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Properties))]
    public void Naming_what_the_disk_already_has_is_no_change(string property)
    {
        if (!VolumeDeclaration.Declaration.Find(property)!.ReadBack)
        {
            return;
        }

        var (one, other) = (Table[property].One, Table[property].Other);

        // After an import, or after an update that failed half-way.
        Changes(Without(property), With(property, one), Outputs(With(property, one))).ShouldBeEmpty();
        Changes(With(property, one), With(property, other), Outputs(With(property, other))).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Properties))]
    public void An_engine_that_sends_no_old_inputs_gets_the_changes_from_the_outputs(string property)
    {
        var row = Table[property];
        var request = Given.Diff(With(property, row.One), With(property, row.Other)) with { OldInputs = null };

        Line(VolumeDiff(request)).ShouldBe(row.Change);
        VolumeDiff(request with { NewInputs = With(property, row.One) }).HasChanges.ShouldBeFalse();
    }

    [Theory]
    [MemberData(nameof(Properties))]
    public void Schema_and_diff_agree_on_what_always_replaces(string property)
    {
        var row = Table[property];
        string[] changes = [row.Add, row.Change, row.Remove, row.Unknown];
        var always = changes.All(change => change.StartsWith("++", StringComparison.Ordinal) || change.StartsWith("--", StringComparison.Ordinal)
            || change.StartsWith("~~", StringComparison.Ordinal));

        VolumeDeclaration.Declaration.Find(property)!.Change!.AlwaysReplaces.ShouldBe(always);
        InputSchema(property).TryGetProperty("willReplaceOnChanges", out var stated).ShouldBe(always);
        (always && !stated.GetBoolean()).ShouldBeFalse();
        InputSchema(property).TryGetProperty("replaceOnChanges", out _).ShouldBeFalse("the engine would force what Diff decides");
    }

    [Theory]
    [MemberData(nameof(Properties))]
    public void What_always_replaces_is_stable_across_updates_and_nothing_else_that_a_program_gives(string property)
    {
        var declaration = VolumeDeclaration.Declaration.Find(property)!;

        VolumeDiff(Given.Diff(Inputs(), Inputs((Name, "other")))).Stables.Contains(property).ShouldBe(declaration.Change!.AlwaysReplaces);
    }

    [Fact]
    public void Outputs_that_no_update_moves_are_stable() =>
        VolumeDiff(Given.Diff(Inputs(), Inputs((Size, 60)))).Stables
            .Except(VolumeDeclaration.Declaration.Inputs.Select(input => input.Name))
            .ShouldBe([VolumeProperties.VolumeId, JobId, Encrypted, Wwn, SerialNumber, CreatedAt], ignoreOrder: true);

    [Fact]
    public void Drift_of_an_output_alone_is_no_change() =>
        Changes(Inputs(), Inputs(), Outputs(Inputs(), (Status, "in-use"), (Bootable, true), (UpdatedAt, "2026-01-01"))).ShouldBeEmpty();

    [Fact]
    public void A_replacement_is_made_before_the_old_disk_is_deleted() =>
        VolumeDiff(Given.Diff(Inputs(), Inputs((AvailabilityZone, "eu-test-1b")))).DeleteBeforeReplace.ShouldBeFalse();

    private static PropertyMap With(string property, PropertyValue value) => Inputs().With(property, value);

    private static PropertyMap Without(string property) => Inputs().Without(property);

    internal static DiffResult VolumeDiff(DiffRequest request)
    {
        using var rig = new VolumeRig();
        var result = rig.Resource.Diff(request);
        rig.Cloud.Opened.ShouldBe(0, "Diff asks the cloud nothing");
        return result;
    }

    internal static string Changes(PropertyMap old, PropertyMap @new, PropertyMap? outputs = null) => Line(VolumeDiff(Given.Diff(old, @new, outputs)));

    private static string Line(DiffResult result) => string.Join(", ", result.Changes.Lines());

    private static JsonElement InputSchema(string property)
    {
        using var schema = JsonDocument.Parse(SchemaWriter.Write(EvsPackage.Declaration, PackageMetadata.Current));
        return schema.RootElement.GetProperty("resources").GetProperty(VolumeDeclaration.Token).GetProperty("inputProperties").GetProperty(property).Clone();
    }
}
