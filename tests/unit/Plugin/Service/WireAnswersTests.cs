using PulumiEvs.Plugin.Grpc;
using PulumiEvs.Plugin.Service;
using PulumiEvs.Plugin.Values;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Values;
using Kind = PulumiEvs.Plugin.Protos.PropertyDiff.Types.Kind;
using Wire = PulumiEvs.Plugin.Protos;

namespace PulumiEvs.Tests.Unit.Plugin.Service;

public sealed class WireAnswersTests
{
    private static readonly PropertyMap Live = PropertyMap.Of(("status", "creating"), ("key", new PropertyValue.Secret("s")));
    private static readonly ResourceOutcome.Partial Partial = new("vol-1", Live, ["the job failed: größer", "the next run goes on"], PropertyMap.Of(("size", 40)));

    [Fact]
    public void No_change_is_said_as_no_change()
    {
        var diff = WireAnswers.ToDiff(new DiffResult([], false, ["volumeId"]));

        diff.Changes.ShouldBe(Wire.DiffResponse.Types.DiffChanges.DiffNone);
        diff.HasDetailedDiff.ShouldBeTrue();
        (diff.Diffs.Count, diff.Replaces.Count, diff.DetailedDiff.Count).ShouldBe((0, 0, 0));
        diff.Stables.ShouldBe(["volumeId"]);
    }

    [Fact]
    public void Changes_are_told_by_path_and_once_by_top_level_name()
    {
        var diff = WireAnswers.ToDiff(new DiffResult(
            [
                new PropertyChange("tags.a", ChangeKind.Add, Replaces: false),
                new PropertyChange("tags[\"b.c\"]", ChangeKind.Delete, Replaces: false),
                new PropertyChange("size", ChangeKind.Update, Replaces: false),
                new PropertyChange("kmsKeyId", ChangeKind.Add, Replaces: true),
                new PropertyChange("zones[0].name", ChangeKind.Update, Replaces: true),
                new PropertyChange("zones[1]", ChangeKind.Delete, Replaces: true),
                new PropertyChange("status", ChangeKind.Update, Replaces: true, OfInput: false),
            ],
            DeleteBeforeReplace: true,
            []));

        diff.Changes.ShouldBe(Wire.DiffResponse.Types.DiffChanges.DiffSome);
        diff.DeleteBeforeReplace.ShouldBeTrue();
        diff.Diffs.ShouldBe(["tags", "size", "kmsKeyId", "zones", "status"]);
        diff.Replaces.ShouldBe(["kmsKeyId", "zones", "status"]);
        diff.DetailedDiff.ToDictionary(entry => entry.Key, entry => (entry.Value.Kind, entry.Value.InputDiff)).ShouldBe(
            new Dictionary<string, (Kind, bool)>
            {
                ["tags.a"] = (Kind.Add, true),
                ["tags[\"b.c\"]"] = (Kind.Delete, true),
                ["size"] = (Kind.Update, true),
                ["kmsKeyId"] = (Kind.AddReplace, true),
                ["zones[0].name"] = (Kind.UpdateReplace, true),
                ["zones[1]"] = (Kind.DeleteReplace, true),
                ["status"] = (Kind.UpdateReplace, false),
            },
            ignoreOrder: true);
    }

    [Fact]
    public void A_partial_outcome_keeps_everything_in_a_detail_that_the_engine_saves()
    {
        foreach (var call in new Action[] { () => WireAnswers.ToCreate(Partial, preview: false), () => WireAnswers.ToUpdate(Partial), () => WireAnswers.ToRead(Partial) })
        {
            var status = Should.Throw<GrpcStatusException>(call);

            status.Code.ShouldBe(GrpcStatusCode.Unknown);
            status.Message.ShouldBe("the job failed: größer; the next run goes on");
            var detail = status.Details.Single();
            detail.TypeUrl.ShouldBe("type.googleapis.com/pulumirpc.ErrorResourceInitFailed");
            var kept = Wire.ErrorResourceInitFailed.Parser.ParseFrom(detail.Value);
            kept.Id.ShouldBe("vol-1");
            kept.Reasons.ShouldBe(["the job failed: größer", "the next run goes on"]);
            kept.RefreshBeforeUpdate.ShouldBeTrue();
            PropertyDecoder.Decode(kept.Properties).ShouldBe(Live);
            PropertyDecoder.Decode(kept.Inputs).ShouldBe(PropertyMap.Of(("size", 40)));
        }
    }

    [Fact]
    public void A_partial_outcome_of_a_cancelled_operation_says_that_it_was_cancelled() =>
        Should.Throw<GrpcStatusException>(() => WireAnswers.ToCreate(Partial with { Kind = FailureKind.Cancelled }, preview: false)).Code.ShouldBe(GrpcStatusCode.Cancelled);

    [Fact]
    public void A_partial_outcome_without_an_id_still_tells_its_reasons()
    {
        var status = Should.Throw<GrpcStatusException>(() => WireAnswers.ToCreate(Partial with { Id = "" }, preview: false));

        status.Code.ShouldBe(GrpcStatusCode.Internal);
        status.Message.ShouldContain("the job failed: größer; the next run goes on");
        status.Details.ShouldBeEmpty();
    }

    [Fact]
    public void A_create_has_an_id_unless_it_is_a_preview()
    {
        var done = new ResourceOutcome.Done("", Live);

        WireAnswers.ToCreate(done, preview: true).Id.ShouldBe("");
        Should.Throw<GrpcStatusException>(() => WireAnswers.ToCreate(done, preview: false)).Code.ShouldBe(GrpcStatusCode.Internal);
    }

    [Fact]
    public void What_is_done_is_answered_with_its_live_properties()
    {
        var done = new ResourceOutcome.Done("vol-1", Live, PropertyMap.Of(("size", 40)), RefreshBeforeUpdate: true);

        var created = WireAnswers.ToCreate(done, preview: false);
        (created.Id, created.RefreshBeforeUpdate).ShouldBe(("vol-1", true));
        PropertyDecoder.Decode(created.Properties).ShouldBe(Live);
        var read = WireAnswers.ToRead(done);
        (read.Id, read.RefreshBeforeUpdate).ShouldBe(("vol-1", true));
        PropertyDecoder.Decode(read.Properties).ShouldBe(Live);
        PropertyDecoder.Decode(read.Inputs).ShouldBe(PropertyMap.Of(("size", 40)));
        var updated = WireAnswers.ToUpdate(done);
        updated.RefreshBeforeUpdate.ShouldBeTrue();
        PropertyDecoder.Decode(updated.Properties).ShouldBe(Live);
    }

    [Fact]
    public void What_is_gone_has_neither_id_nor_properties()
    {
        var read = WireAnswers.ToRead(ResourceOutcome.Gone.Instance);

        read.Id.ShouldBe("");
        read.Properties.ShouldBeNull();
        read.Inputs.ShouldBeNull();
    }

    [Fact]
    public void Only_a_read_can_find_that_a_resource_is_gone()
    {
        Should.Throw<GrpcStatusException>(() => WireAnswers.ToCreate(ResourceOutcome.Gone.Instance, preview: false)).Code.ShouldBe(GrpcStatusCode.Internal);
        Should.Throw<GrpcStatusException>(() => WireAnswers.ToUpdate(ResourceOutcome.Gone.Instance)).Code.ShouldBe(GrpcStatusCode.Internal);
    }

    [Fact]
    public void Check_answers_with_the_inputs_and_all_failures()
    {
        var check = WireAnswers.ToCheck(new CheckResult(Live, [new CheckFailure("size", "too small"), new CheckFailure("", "one of two")]));

        PropertyDecoder.Decode(check.Inputs).ShouldBe(Live);
        check.Failures.Select(failure => (failure.Property, failure.Reason)).ShouldBe([("size", "too small"), ("", "one of two")]);
    }
}
