using PulumiEvs.Resources.Previews;
using PulumiEvs.Resources.Values;
using PulumiEvs.Resources.VolumeBatches;
using PulumiEvs.Resources.Volumes;
using PulumiEvs.Tests.Unit.Resources.Support;
using static PulumiEvs.Resources.Volumes.VolumeProperties;
using static PulumiEvs.Tests.Unit.Resources.VolumeBatches.BatchGiven;

namespace PulumiEvs.Tests.Unit.Resources.VolumeBatches;

/// <summary>What a batch refuses besides what a volume does, before anything happens.</summary>
public sealed class BatchCheckTests
{
    private static readonly Dictionary<string, (PropertyMap Inputs, string[] Failures)> Cases = new()
    {
        ["one disk"] = (Inputs(1), []),
        ["a hundred"] = (Inputs(100), []),
        ["a count not known yet"] = (Inputs(Given.Unknown), []),
        ["no count"] = (Inputs(Given.None), ["count: is required, but is not set"]),
        ["none"] = (Inputs(0), ["count: must be from 1 to 100"]),
        ["more than a request makes"] = (Inputs(101), ["count: must be from 1 to 100"]),
        ["half a disk"] = (Inputs(1.5), ["count: must be a whole number, but is 1.5"]),
        ["no size"] = (Inputs(3, (Size, Given.None)), ["size: is required, but is not set"]),
        ["from an image, which inherits"] = (
            Inputs(3, (ImageId, "i"), (KmsKeyId, Given.KeyId)), ["kmsKeyId: cannot be set with imageId: the volume is encrypted as its source is; remove kmsKeyId"]),
        ["the longest name"] = (Inputs(3, (Name, new string('x', 250))), []),
        ["a name without room for the number"] = (Inputs(3, (Name, new string('x', 251))), ["name: must be at most 250 bytes in UTF-8, but has 251"]),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Failures_are(string name)
    {
        var (inputs, failures) = Cases[name];

        Check(inputs).Failures.Lines().ShouldBe(failures);
    }

    [Theory]
    [InlineData("snapshotId")]
    [InlineData("backupId")]
    [InlineData("linkedClone")]
    public void What_only_a_single_volume_can_have_is_no_property_of_a_batch(string property) =>
        Check(Inputs(3, (property, "x"))).Failures.ShouldHaveSingleItem().Property.ShouldBe(property);

    [Fact]
    public void A_smaller_count_is_no_shrinking_and_a_smaller_size_is()
    {
        Check(Inputs(1), Inputs(3)).Failures.ShouldBeEmpty();
        Check(Inputs(3, (Size, 20)), Inputs(3)).Failures.ShouldHaveSingleItem().Reason.ShouldStartWith("cannot shrink from 40 to 20 GiB");
    }

    [Fact]
    public void A_name_is_made_up_from_that_of_the_resource()
    {
        var name = ((PropertyValue.Text)Check(Inputs(3, (Name, Given.None))).Inputs[Name]).Value;

        name.ShouldStartWith("it-");
    }

    private static PulumiEvs.Resources.Contracts.CheckResult Check(PropertyMap inputs, PropertyMap? old = null)
    {
        using var cloud = new StubCloud();
        return new BatchResource(cloud, () => throw new InvalidOperationException(), () => VolumeDefaults.None, () => Preflight.None)
            .Check(Requests.Check(BatchDeclaration.Token, inputs, old));
    }
}
