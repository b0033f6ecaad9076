using System.Text.Json.Nodes;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Values;
using PulumiEvs.Resources.VolumeBatches;
using PulumiEvs.Tests.Unit.Resources.Support;
using static PulumiEvs.Resources.Volumes.VolumeProperties;
using static PulumiEvs.Tests.Unit.Resources.VolumeBatches.BatchGiven;

namespace PulumiEvs.Tests.Unit.Resources.VolumeBatches;

/// <summary>Changes in place: what the cloud has after each, that nothing else was written, and that the preview has told the truth.</summary>
public sealed class BatchUpdateTests
{
    private static readonly JsonArray Attachment = [new JsonObject { ["server_id"] = "server-1", ["device"] = "/dev/vdb" }];

    /// <param name="Meanwhile">What becomes of the three disks of 40 GiB after they were made.</param>
    /// <param name="IsRefreshed">Whether the state learns of that.</param>
    private sealed record Case(PropertyMap New, string[] Shown, string[] Writes, Action<BatchRig>? Meanwhile = null, bool IsRefreshed = false);

    private static readonly Dictionary<string, Case> Cases = new()
    {
        ["nothing"] = new(Inputs(3), ["data-0001 40 available", "data-0002 40 available", "data-0003 40 available"], []),
        ["one more"] = new(
            Inputs(4), ["data-0001 40 available", "data-0002 40 available", "data-0003 40 available", "data-0004 40 available"], ["POST /v3/cloudvolumes"]),
        ["two more, which the service numbers from one on"] = new(
            Inputs(5),
            ["data-0001 40 available", "data-0002 40 available", "data-0003 40 available", "data-0004 40 available", "data-0005 40 available"],
            ["POST /v3/cloudvolumes", $"PUT /v2/cloudvolumes/{Id(4)}", $"PUT /v2/cloudvolumes/{Id(5)}"]),
        ["fewer: the last go"] = new(Inputs(1), ["data-0001 40 available"], [$"DELETE /v2/cloudvolumes/{Id(2)}", $"DELETE /v2/cloudvolumes/{Id(3)}"]),
        ["larger"] = new(
            Inputs(3, (Size, 60)),
            ["data-0001 60 available", "data-0002 60 available", "data-0003 60 available"],
            [$"POST /v2.1/cloudvolumes/{Id(1)}/action", $"POST /v2.1/cloudvolumes/{Id(2)}/action", $"POST /v2.1/cloudvolumes/{Id(3)}/action"]),
        ["larger and one more, which is made as large"] = new(
            Inputs(4, (Size, 60)),
            ["data-0001 60 available", "data-0002 60 available", "data-0003 60 available", "data-0004 60 available"],
            [
                "POST /v3/cloudvolumes",
                $"POST /v2.1/cloudvolumes/{Id(1)}/action", $"POST /v2.1/cloudvolumes/{Id(2)}/action", $"POST /v2.1/cloudvolumes/{Id(3)}/action",
            ]),
        ["larger and fewer: what goes does not grow before"] = new(
            Inputs(1, (Size, 60)),
            ["data-0001 60 available"],
            [$"DELETE /v2/cloudvolumes/{Id(2)}", $"DELETE /v2/cloudvolumes/{Id(3)}", $"POST /v2.1/cloudvolumes/{Id(1)}/action"]),
        ["another name"] = new(
            Inputs(3, (Name, "db")),
            ["db-0001 40 available", "db-0002 40 available", "db-0003 40 available"],
            [$"PUT /v2/cloudvolumes/{Id(1)}", $"PUT /v2/cloudvolumes/{Id(2)}", $"PUT /v2/cloudvolumes/{Id(3)}"]),
        ["what the provider keeps for itself"] = new(
            Inputs(3, (DeleteSnapshots, true)), ["data-0001 40 available", "data-0002 40 available", "data-0003 40 available"], []),
        ["one that is gone is made anew under its number"] = new(
            Inputs(3),
            ["data-0001 40 available", "data-0003 40 available", "data-0002 40 available"],
            ["POST /v3/cloudvolumes"],
            rig => rig.Disks.Remove(Id(2)),
            IsRefreshed: true),
        ["the first is gone, and there are to be fewer"] = new(
            Inputs(2), ["data-0002 40 available", "data-0003 40 available"], [], rig => rig.Disks.Remove(Id(1)), IsRefreshed: true),
        ["one was renamed"] = new(
            Inputs(3),
            ["data-0001 40 available", "data-0002 40 available", "data-0003 40 available"],
            [$"PUT /v2/cloudvolumes/{Id(2)}"],
            rig => rig.Disks[Id(2)]["name"] = "mine",
            IsRefreshed: true),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task It_does_what_its_preview_says_and_nothing_else(string name)
    {
        var @case = Cases[name];
        using var rig = new BatchRig();
        var (inputs, state) = (Inputs(3), (await rig.MadeAsync(Inputs(3))).Outputs);
        @case.Meanwhile?.Invoke(rig);
        if (@case.IsRefreshed)
        {
            var read = (await rig.ReadAsync(Id(1), inputs, state)).ShouldBeOfType<ResourceOutcome.Done>();
            (inputs, state) = (read.Inputs!, read.Outputs);
        }

        var before = rig.Writes.Length;
        var preview = (await rig.UpdateAsync(inputs, state, @case.New, preview: true)).ShouldBeOfType<ResourceOutcome.Done>();
        rig.Writes.Length.ShouldBe(before, "a preview changes nothing");
        var done = (await rig.UpdateAsync(inputs, state, @case.New)).ShouldBeOfType<ResourceOutcome.Done>();

        rig.Shown.ShouldBe(@case.Shown);
        rig.Writes.Skip(before).ShouldBe(@case.Writes, ignoreOrder: true);
        ShouldAgree(preview.Outputs, done.Outputs, "outputs");
        preview.Outputs.Keys.Except(done.Outputs.Keys).ShouldBeEmpty();
        BatchDiffer.Diff(Requests.Diff(BatchDeclaration.Token, @case.New, @case.New, done.Outputs, Id(1))).Changes.ShouldBeEmpty("nothing is left to do");
    }

    [Fact]
    public void A_preview_with_a_count_not_known_yet_promises_no_disk()
    {
        var request = Requests.Update(BatchDeclaration.Token, Id(1), Inputs(3), State(Inputs(3)), Inputs(Given.Unknown), preview: true);

        var outputs = ((ResourceOutcome.Done)BatchPreview.Of(request)).Outputs;

        outputs[BatchProperties.Volumes].IsAbsent.ShouldBeTrue();
        outputs[BatchProperties.VolumeIds].IsAbsent.ShouldBeTrue();
        outputs[JobId].IsAbsent.ShouldBeTrue();
        outputs[Size].ShouldBe((PropertyValue)40);
    }

    [Fact]
    public async Task While_one_that_is_to_go_is_attached_nothing_is_done()
    {
        using var rig = new BatchRig();
        var state = (await rig.MadeAsync(Inputs(3))).Outputs;
        rig.Disks[Id(3)]["attachments"] = Attachment.DeepClone();
        var before = rig.Writes.Length;

        var failure = await Should.ThrowAsync<ResourceException>(() => rig.UpdateAsync(Inputs(3), state, Inputs(1, (Size, 60))));

        failure.Message.ReplaceLineEndings("\n").ShouldBe(
            $"""
            updating batch "data" (3 volumes): 2 volumes would be deleted, but 1 of them must not be; nothing was changed:
              volume "data-0003" ({Id(3)}) is attached to server server-1 as /dev/vdb. Detach it first, or destroy what attaches it; then run again.
            """.ReplaceLineEndings("\n"));
        rig.Writes.Length.ShouldBe(before);
    }

    [Fact]
    public async Task A_disk_found_gone_on_the_way_is_told_and_made_by_the_next_run()
    {
        using var rig = new BatchRig();
        var state = (await rig.MadeAsync(Inputs(3))).Outputs;
        rig.Disks.Remove(Id(2));

        var partial = (await rig.UpdateAsync(Inputs(3), state, Inputs(3, (Size, 60)))).ShouldBeOfType<ResourceOutcome.Partial>();

        partial.Reasons.ShouldBe([$"""volume "data-0002" ({Id(2)}) does not exist any more. The next `pulumi up` creates it anew."""]);
        rig.Shown.ShouldBe(["data-0001 60 available", "data-0003 60 available"]);
        BatchGiven.Volumes(partial.Outputs).ShouldBe($"1 {Id(1)} data-0001 60; 3 {Id(3)} data-0003 60");
        (await rig.UpdateAsync(Inputs(3), partial.Outputs, Inputs(3, (Size, 60)))).ShouldBeOfType<ResourceOutcome.Done>();
        rig.Shown.ShouldBe(["data-0001 60 available", "data-0003 60 available", "data-0002 60 available"]);
    }

    [Fact]
    public async Task Every_disk_that_may_be_deleted_is_and_one_error_names_the_others()
    {
        using var rig = new BatchRig();
        var state = (await rig.MadeAsync(Inputs(3))).Outputs;
        rig.Disks[Id(2)]["attachments"] = Attachment.DeepClone();

        var failure = await Should.ThrowAsync<ResourceException>(() => rig.DeleteAsync(Inputs(3), state));

        failure.Message.ReplaceLineEndings("\n").ShouldBe(
            $"""
            deleting batch "data" (3 volumes): 2 are deleted, 1 is not:
              volume "data-0002" ({Id(2)}) is attached to server server-1 as /dev/vdb. Detach it first, or destroy what attaches it; then run again.
              The batch stays in the state; run again, once the causes are gone, to delete the rest.
            """.ReplaceLineEndings("\n"));
        rig.Shown.ShouldBe(["data-0002 40 available"]);

        rig.Disks[Id(2)]["attachments"] = new JsonArray();
        await rig.DeleteAsync(Inputs(3), state);
        rig.Disks.ShouldBeEmpty();
    }

    [Fact]
    public async Task Work_on_many_disks_is_told_in_a_few_lines()
    {
        using var rig = new BatchRig();
        var state = (await rig.MadeAsync(Inputs(100))).Outputs;

        await rig.DeleteAsync(Inputs(100), state);

        var told = rig.Cloud.Log.Statuses.Where(line => line.StartsWith("deleting: ", StringComparison.Ordinal)).ToArray();
        told[^1].ShouldStartWith("deleting: 100 of 100 volumes done");
        told.Length.ShouldBeLessThan(50);
    }

    /// <summary>Whatever a preview says for certain is so afterwards.</summary>
    private static void ShouldAgree(PropertyValue foretold, PropertyValue actual, string path)
    {
        switch (foretold, actual)
        {
            case (PropertyValue.Unknown, _):
                break;
            case (PropertyValue.Map map, PropertyValue.Map other):
                foreach (var (key, value) in map.Entries)
                {
                    ShouldAgree(value, other.Entries[key], $"{path}.{key}");
                }

                break;
            case (PropertyValue.List list, PropertyValue.List other):
                other.Items.Length.ShouldBe(list.Items.Length, path);
                foreach (var (index, item) in list.Items.Index())
                {
                    ShouldAgree(item, other.Items[index], $"{path}[{index}]");
                }

                break;
            default:
                actual.ShouldBe(foretold, path);
                break;
        }
    }
}
