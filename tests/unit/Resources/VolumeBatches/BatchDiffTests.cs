using PulumiEvs.Resources.Values;
using PulumiEvs.Resources.VolumeBatches;
using PulumiEvs.Resources.Volumes;
using PulumiEvs.Tests.Unit.Resources.Support;
using static PulumiEvs.Resources.Volumes.VolumeProperties;
using static PulumiEvs.Tests.Unit.Resources.VolumeBatches.BatchGiven;

namespace PulumiEvs.Tests.Unit.Resources.VolumeBatches;

/// <summary>What a change of the program, or of a single disk, does. Signs as in <see cref="Volumes.VolumeDiffTests"/>.</summary>
public sealed class BatchDiffTests
{
    private static readonly PropertyMap Tagged = Inputs(3, (Tags, Given.Tags(("a", "1"))));

    private static readonly Dictionary<string, (PropertyMap Old, PropertyMap New, PropertyMap? State, string Changes)> Cases = new()
    {
        ["nothing"] = (Inputs(3), Inputs(3), null, ""),
        ["more disks"] = (Inputs(3), Inputs(5), null, "~ count"),
        ["fewer disks"] = (Inputs(3), Inputs(1), null, "~ count"),
        ["a count not known yet"] = (Inputs(3), Inputs(Given.Unknown), null, "~ count"),
        ["a size for all"] = (Inputs(3), Inputs(3, (Size, 60)), null, "~ size"),
        ["a name for all"] = (Inputs(3), Inputs(3, (Name, "db")), null, "~ name"),
        ["a type that each can become"] = (Inputs(3), Inputs(3, (VolumeProperties.VolumeType, "ESSD")), null, "~ volumeType"),
        ["a type that none can become"] = (Inputs(3), Inputs(3, (VolumeProperties.VolumeType, "SATA")), null, "~~ volumeType"),
        ["a tag for all"] = (Tagged, Tagged.With(Tags, Given.Tags(("a", "2"), ("b", ""))), null, "+ tags.b, ~ tags.a"),
        ["a zone"] = (Inputs(3), Inputs(3, (AvailabilityZone, "eu-test-1b")), null, "~~ availabilityZone"),
        ["a zone, and more disks"] = (Inputs(3), Inputs(5, (AvailabilityZone, "eu-test-1b")), null, "~ count, ~~ availabilityZone"),
        ["what the provider keeps for itself"] = (Inputs(3), Inputs(3, (DeleteSnapshots, true)), null, "+ deleteSnapshots"),

        ["a disk that could not be made"] = (Inputs(3), Inputs(3), State(Inputs(3), (2, null)), "~ count"),
        ["a disk that could not be made, of a count that is smaller now"] = (Inputs(3), Inputs(2), State(Inputs(3), (2, null)), ""),
        ["a disk whose creation left it broken"] = (Inputs(3), Inputs(3), State(Inputs(3), (2, Broken)), "~ count, ~ volumes[1].status"),
        ["disks that a refresh has not found"] = (Inputs(1), Inputs(3), State(Inputs(3), (1, null), (3, null)), "~ count"),

        ["one disk renamed outside"] = (Inputs(3), Inputs(3), State(Inputs(3), (2, disk => disk.With(Name, "mine"))), "~ volumes[1].name"),
        ["the tags of one disk"] = (Tagged, Tagged, State(Tagged, (3, disk => disk.With(Tags, Given.Tags(("a", "2"))))), "~ volumes[2].tags"),
        ["a growth that has not reached every disk"] = (
            Inputs(3), Inputs(3, (Size, 60)), State(Inputs(3), (1, disk => disk.With(Size, 60)), (3, disk => disk.With(Size, 60))), "~ volumes[1].size"),
        ["a disk that is otherwise, but goes"] = (
            Inputs(3), Inputs(2), State(Inputs(3), (3, disk => disk.With(Name, "mine"))), "~ count"),
        ["a name that all are to have, and one disk has another"] = (
            Inputs(3), Inputs(3, (Name, "db")), State(Inputs(3), (2, disk => disk.With(Name, "mine"))), "~ name"),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Changes_are(string name)
    {
        var (old, @new, state, changes) = Cases[name];

        Changes(old, @new, state).ShouldBe(changes);
    }

    [Fact]
    public void What_is_ignored_stays_with_each_disk_what_it_is()
    {
        var state = State(Inputs(3), (2, disk => disk.With(Name, "mine")));

        Changes(Inputs(3), Inputs(3, (Name, "db")), state, Name).ShouldBe("");
    }

    private static string Changes(PropertyMap old, PropertyMap @new, PropertyMap? state, params string[] ignored)
    {
        var request = Requests.Diff(BatchDeclaration.Token, old, @new, state ?? State(old), Id(1)) with { IgnoreChanges = [.. ignored] };
        return string.Join(", ", BatchDiffer.Diff(request).Changes.Lines());
    }
}
