using System.Text.Json.Nodes;
using PulumiEvs.Evs.Errors;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Values;
using PulumiEvs.Resources.Volumes;
using PulumiEvs.Tests.Unit.Resources.Support;
using PulumiEvs.Tests.Unit.Support;
using static PulumiEvs.Resources.Volumes.VolumeProperties;
using static PulumiEvs.Tests.Unit.Resources.Support.Bodies;
using static PulumiEvs.Tests.Unit.Resources.Support.Given;
using static PulumiEvs.Tests.Unit.Resources.Support.VolumeRig;

namespace PulumiEvs.Tests.Unit.Resources.Volumes;

/// <summary>Update in place: exactly the requests that a change needs, in their order, and no others.</summary>
public sealed class VolumeUpdateTests
{
    private static readonly string GetVolume = "GET " + VolumePath;

    private static readonly string Put = "PUT " + VolumePath;

    private static readonly string TagAction = $"POST {VolumePath}/tags/action";

    private static readonly string Extend = $"POST /v2.1/cloudvolumes/{Given.VolumeId}/action";

    private static readonly string Retype = $"POST /v2/volumes/{Given.VolumeId}/retype";

    private static readonly string Qos = $"PUT /v5/cloudvolumes/{Given.VolumeId}/qos";

    private static readonly PropertyMap Fast = Inputs((VolumeProperties.VolumeType, "GPSSD2"), (Iops, 5000), (Throughput, 200));

    private static readonly PropertyMap Tagged = Inputs((VolumeProperties.Tags, Given.Tags(("same", "1"), ("other", "1"), ("gone", "1"))));

    private static readonly Dictionary<string, (PropertyMap Old, PropertyMap New, string[] Writes)> Changes = new()
    {
        ["a name"] = (Inputs(), Inputs((Name, "x")), [Put + """ {"volume":{"name":"x"}}"""]),
        ["a name taken away"] = (Inputs(), Inputs((Name, "")), [Put + """ {"volume":{"name":""}}"""]),
        ["a first description"] = (Inputs(), Inputs((Description, "d")), [Put + """ {"volume":{"description":"d"}}"""]),
        ["a description"] = (Inputs((Description, "d")), Inputs((Description, "e")), [Put + """ {"volume":{"description":"e"}}"""]),
        ["a description taken away"] = (Inputs((Description, "d")), Inputs(), [Put + """ {"volume":{"description":""}}"""]),
        ["a description emptied"] = (Inputs((Description, "d")), Inputs((Description, "")), [Put + """ {"volume":{"description":""}}"""]),
        ["name and description in one"] = (
            Inputs((Description, "d")), Inputs((Name, "x"), (Description, "e")), [Put + """ {"volume":{"name":"x","description":"e"}}"""]),
        ["growth"] = (Inputs(), Inputs((Size, 60)), [Extend + """ {"os-extend":{"new_size":60}}"""]),
        ["a first size, of a disk from a backup"] = (
            Inputs((BackupId, "b"), (Size, None)), Inputs((BackupId, "b"), (Size, 60)), [Extend + """ {"os-extend":{"new_size":60}}"""]),
        ["a type"] = (Inputs(), Inputs((VolumeProperties.VolumeType, "ESSD")), [Retype + """ {"os-retype":{"new_type":"ESSD"}}"""]),
        ["a type with figures of its own"] = (
            Inputs(), Fast, [Retype + """ {"os-retype":{"new_type":"GPSSD2","iops":5000,"throughput":200}}"""]),
        ["IOPS"] = (Fast, Fast.With(Iops, 6000), [Qos + """ {"qos_modify":{"iops":6000,"throughput":200}}"""]),
        ["throughput"] = (Fast, Fast.With(Throughput, 250), [Qos + """ {"qos_modify":{"iops":5000,"throughput":250}}"""]),
        ["IOPS of a type without throughput"] = (
            Inputs((VolumeProperties.VolumeType, "ESSD2"), (Iops, 5000)), Inputs((VolumeProperties.VolumeType, "ESSD2"), (Iops, 6000)),
            [Qos + """ {"qos_modify":{"iops":6000}}"""]),
        ["a first tag"] = (
            Inputs(), Inputs((VolumeProperties.Tags, Given.Tags(("a", "1")))), [TagAction + """ {"action":"create","tags":[{"key":"a","value":"1"}]}"""]),
        ["a tag's value"] = (
            Tagged, Tagged.With(VolumeProperties.Tags, Given.Tags(("same", "1"), ("other", "2"), ("gone", "1"))),
            [TagAction + """ {"action":"create","tags":[{"key":"other","value":"2"}]}"""]),
        ["tags that come, go and change, and never a moment without those that stay"] = (
            Tagged, Tagged.With(VolumeProperties.Tags, Given.Tags(("same", "1"), ("other", "2"), ("new", ""))),
            [
                TagAction + """ {"action":"delete","tags":[{"key":"gone"}]}""",
                TagAction + """ {"action":"create","tags":[{"key":"other","value":"2"},{"key":"new","value":""}]}""",
            ]),
        ["all tags taken away"] = (
            Tagged, Inputs(), [TagAction + """ {"action":"delete","tags":[{"key":"same"},{"key":"other"},{"key":"gone"}]}"""]),
        ["everything at once"] = (
            Tagged,
            Fast.With(PropertyMap.Of((Name, "x"), (Size, 60), (VolumeProperties.Tags, Given.Tags(("same", "1"), ("new", "1"))))),
            [
                Put + """ {"volume":{"name":"x"}}""",
                TagAction + """ {"action":"delete","tags":[{"key":"other"},{"key":"gone"}]}""",
                TagAction + """ {"action":"create","tags":[{"key":"new","value":"1"}]}""",
                Extend + """ {"os-extend":{"new_size":60}}""",
                Retype + """ {"os-retype":{"new_type":"GPSSD2","iops":5000,"throughput":200}}""",
            ]),
        ["growth before the IOPS that it allows"] = (
            Fast, Fast.With(PropertyMap.Of((Size, 60), (Iops, 30000))),
            [Extend + """ {"os-extend":{"new_size":60}}""", Qos + """ {"qos_modify":{"iops":30000,"throughput":200}}"""]),
        ["what the provider keeps for itself"] = (Inputs(), Inputs((OnShrink, "replace"), (DeleteSnapshots, true)), []),
        ["what was meant all along"] = (
            Inputs(), Inputs((Multiattach, false), (DeviceType, "VBD"), (EnterpriseProjectId, "0"), (Description, ""), (VolumeProperties.Tags, PropertyMap.Empty)), []),
        ["what is no longer said but meant all the same"] = (
            Inputs((Multiattach, false), (DeviceType, "VBD"), (EnterpriseProjectId, "0"), (Description, ""), (VolumeProperties.Tags, PropertyMap.Empty)), Inputs(), []),
        ["what is secret now"] = (Inputs(), Inputs((Name, Secret("data"))), []),
        ["nothing"] = (Inputs(), Inputs(), []),
        ["nothing, of a disk with everything"] = (Tagged.With(Fast), Tagged.With(Fast), []),
    };

    public static TheoryData<string> ChangeNames => [.. Changes.Keys];

    [Theory]
    [MemberData(nameof(ChangeNames))]
    public async Task Exactly_the_requests_that_it_needs(string name)
    {
        var (old, @new, writes) = Changes[name];
        using var rig = Rig(old, @new);

        var done = (await rig.UpdateAsync(old, @new, Outputs(old))).ShouldBeOfType<ResourceOutcome.Done>();

        rig.Writes.ShouldBe(writes);
        done.Outputs.ShouldInclude(VolumeOutputs.Expected(@new));
        done.RefreshBeforeUpdate.ShouldBeFalse();
        if (writes.Length == 0)
        {
            rig.Cloud.Requests.ShouldBeEmpty("an update without a change of the disk asks the cloud nothing");
            rig.Cloud.Opened.ShouldBe(0);
        }
    }

    [Theory]
    [MemberData(nameof(ChangeNames))]
    public async Task What_a_preview_promises_comes_true(string name)
    {
        var (old, @new, _) = Changes[name];
        using var rig = Rig(old, @new);
        var outputs = Outputs(old, (CreatedAt, "2026-03-01T12:00:05.000000"), (Bootable, false));

        var preview = (ResourceOutcome.Done)await rig.Resource.UpdateAsync(Given.Update(old, @new, outputs) with { Preview = true }, rig.Cloud.Log, default);
        rig.Cloud.Requests.ShouldBeEmpty();
        var done = (ResourceOutcome.Done)await rig.UpdateAsync(old, @new, outputs);

        done.Outputs.ShouldInclude(preview.Outputs);
        preview.Outputs[VolumeProperties.VolumeId].ShouldBe((PropertyValue)Given.VolumeId);
        preview.Outputs[Status].IsAbsent.ShouldBeTrue("it may move");
    }

    [Fact]
    public void A_preview_passes_unknowns_and_secrets_on()
    {
        var old = Inputs((Description, "d"), (KmsKeyId, KeyId));

        var preview = (ResourceOutcome.Done)VolumeUpdating.Preview(
            Given.Update(old, Inputs((Size, Unknown), (Name, Secret("x")), (KmsKeyId, KeyId)), Outputs(old, (Wwn, "w"))));

        preview.Outputs.ShouldInclude(PropertyMap.Of(
            (Size, Unknown), (Name, Secret("x")), (KmsKeyId, KeyId), (Wwn, "w"), (Description, None), (Multiattach, false), (JobId, "job-1")));
    }

    [Fact]
    public async Task On_a_cloud_with_other_paths_the_requests_take_those()
    {
        var (old, @new) = (Tagged, Tagged.With(PropertyMap.Of(
            (Size, 60), (VolumeProperties.VolumeType, "ESSD"), (VolumeProperties.Tags, Given.Tags(("same", "1"), ("other", "2"))))));
        using var rig = new VolumeRig(new StubCloud(
            new StubHttp(request => StubCloud.Match(
                [
                    (GetVolume, InTurn(Live(old), Live(@new))),
                    ($"POST /v2/os-vendor-volumes/{Given.VolumeId}/tags/action", _ => StubHttp.Json("", 204)),
                    ($"POST /v2/cloudvolumes/{Given.VolumeId}/action", Accepted()),
                    (Retype, Accepted()),
                    ("GET " + JobPath, Job("SUCCESS", "extendVolume")),
                ],
                request)),
            "opentelekomcloud"));

        (await rig.UpdateAsync(old, @new, Outputs(old))).ShouldBeOfType<ResourceOutcome.Done>();

        rig.Writes.Select(write => write.Split(' ')[1]).ShouldBe(
        [
            $"/v2/os-vendor-volumes/{Given.VolumeId}/tags/action", $"/v2/os-vendor-volumes/{Given.VolumeId}/tags/action",
            $"/v2/cloudvolumes/{Given.VolumeId}/action", $"/v2/volumes/{Given.VolumeId}/retype",
        ]);
    }

    [Fact]
    public async Task What_a_cloud_does_not_offer_is_an_error_before_anything_happens()
    {
        using var rig = new VolumeRig(new StubCloud(new StubHttp(request => StubCloud.Match([(GetVolume, Live(Fast))], request)), "opentelekomcloud"));

        var error = await Should.ThrowAsync<EvsException>(() => rig.UpdateAsync(Fast, Fast.With(Iops, 6000), Outputs(Fast)));

        error.Message.ShouldContain("Open Telekom Cloud does not offer this");
        error.Knowledge.ShouldBe(Knowledge.NotActedOn);
        rig.Writes.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_size_is_changed_before_the_type_and_each_job_is_waited_for_before_the_next_step()
    {
        var @new = Inputs((Size, 60), (VolumeProperties.VolumeType, "ESSD"));
        using var rig = new VolumeRig(
            (GetVolume, InTurn(Live(Inputs()), Live(@new))),
            (Extend, Accepted("job-extend")),
            ("GET /v1/jobs/job-extend", InTurn(Job("INIT"), Job("RUNNING"), Job("SUCCESS"))),
            (Retype, Accepted("job-retype")),
            ("GET /v1/jobs/job-retype", InTurn(Job("RUNNING"), Job("SUCCESS"))));

        await rig.UpdateAsync(Inputs(), @new, Outputs(Inputs()));

        rig.Cloud.Lines.ShouldBe(
        [
            GetVolume, Extend, "GET /v1/jobs/job-extend", "GET /v1/jobs/job-extend", "GET /v1/jobs/job-extend", Retype, "GET /v1/jobs/job-retype",
            "GET /v1/jobs/job-retype", GetVolume,
        ]);
        rig.Cloud.Log.Statuses.Select(WithoutTimes).Distinct().ShouldBe(
        [
            "extending from 40 to 60 GiB", "extending from 40 to 60 GiB: job INIT, T", "extending from 40 to 60 GiB: job RUNNING, T",
            "extending from 40 to 60 GiB: job SUCCESS, T", "changing the type from SSD to ESSD", "changing the type from SSD to ESSD: job RUNNING, T",
            "changing the type from SSD to ESSD: job SUCCESS, T",
        ]);
    }

    [Fact]
    public async Task A_disk_that_is_on_its_way_somewhere_is_waited_for_first()
    {
        using var rig = new VolumeRig(
            (GetVolume, InTurn(Live(Inputs(), "attaching"), Live(Inputs(), "attaching"), Live(Inputs(), "in-use"), Live(Inputs((Name, "x")), "in-use"))),
            (Put, _ => StubHttp.Json("{}")));

        var done = (await rig.UpdateAsync(Inputs(), Inputs((Name, "x")), Outputs(Inputs()))).ShouldBeOfType<ResourceOutcome.Done>();

        done.Outputs.ShouldInclude(PropertyMap.Of((Status, "in-use"), (Name, "x")));
        rig.Cloud.Log.Statuses.Select(WithoutTimes).ShouldContain("updating: waiting while the volume is attaching, T");
    }

    [Fact]
    public async Task What_is_already_so_is_not_asked_for_again()
    {
        // The first run of this update got as far as the size; its state was lost.
        var @new = Inputs((Size, 60), (Name, "x"));
        using var rig = new VolumeRig((GetVolume, InTurn(Live(Inputs((Size, 60))), Live(@new))), (Put, _ => StubHttp.Json("{}")));

        await rig.UpdateAsync(Inputs(), @new, Outputs(Inputs()));

        rig.Writes.ShouldBe([Put + """ {"volume":{"name":"x"}}"""]);
    }

    [Fact]
    public async Task What_was_changed_outside_and_what_the_preview_did_not_show_is_left_alone()
    {
        using var rig = new VolumeRig(
            (GetVolume, Live(Inputs(), change: disk =>
            {
                disk["name"] = "changed outside";
                disk["description"] = "set outside";
                disk["size"] = 80;
                disk["volume_type"] = "ESSD";
                disk["tags"] = new JsonObject { ["x"] = "set outside" };
            })),
            (TagAction, _ => StubHttp.Json("", 204)));

        var done = (await rig.UpdateAsync(Inputs(), Inputs((VolumeProperties.Tags, Given.Tags(("a", "1")))), Outputs(Inputs())))
            .ShouldBeOfType<ResourceOutcome.Done>();

        rig.Writes.ShouldBe([TagAction + """ {"action":"create","tags":[{"key":"a","value":"1"}]}"""]);
        done.Outputs.ShouldInclude(PropertyMap.Of((Name, "changed outside"), (Size, 80), (VolumeProperties.VolumeType, "ESSD")));
    }

    [Fact]
    public async Task A_tag_that_was_set_outside_survives_one_update_after_the_other()
    {
        using var rig = new VolumeRig(
            (GetVolume, Live(Tagged, change: disk => disk["tags"]!["outside"] = "x")), (Put, _ => StubHttp.Json("{}")), (TagAction, _ => StubHttp.Json("", 204)));

        var first = (ResourceOutcome.Done)await rig.UpdateAsync(Tagged, Tagged.With(Name, "x"), Outputs(Tagged));
        await rig.UpdateAsync(
            Tagged.With(Name, "x"), Tagged.With(PropertyMap.Of((Name, "y"), (VolumeProperties.Tags, Given.Tags(("same", "1"), ("other", "1"))))), first.Outputs);

        rig.Writes.Where(write => write.StartsWith(TagAction, StringComparison.Ordinal)).ShouldBe([TagAction + """ {"action":"delete","tags":[{"key":"gone"}]}"""]);
    }

    [Fact]
    public async Task A_change_that_the_user_ignores_is_not_made()
    {
        var @new = Tagged.With(PropertyMap.Of((Name, "x"), (Size, 60), (VolumeProperties.Tags, Given.Tags(("same", "2"), ("other", "2"), ("gone", "1")))));
        using var rig = Rig(Tagged, @new);

        await rig.Cloud.RunAsync(() => rig.Resource.UpdateAsync(
            Given.Update(Tagged, @new, Outputs(Tagged)) with { IgnoreChanges = ["size", "tags.same"] }, rig.Cloud.Log, default));

        rig.Writes.ShouldBe([Put + """ {"volume":{"name":"x"}}""", TagAction + """ {"action":"create","tags":[{"key":"other","value":"2"}]}"""]);
    }

    [Fact]
    public async Task A_disk_that_has_outgrown_the_program_is_not_touched_and_the_way_out_is_told()
    {
        using var rig = new VolumeRig((GetVolume, Live(Inputs((Size, 80)))));

        var error = await Should.ThrowAsync<ResourceException>(() => rig.UpdateAsync(Inputs(), Inputs((Size, 60), (Name, "x")), Outputs(Inputs())));

        error.Kind.ShouldBe(FailureKind.Precondition);
        error.Message.ShouldBe(
            $"updating volume \"data\" ({Given.VolumeId}): it has 80 GiB, more than the 60 GiB of the program, and no disk can shrink. "
            + "Set size to 80; or run `pulumi refresh` and set onShrink to \"replace\" to have a smaller disk made in its place.");
        rig.Writes.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_disk_that_is_gone_is_an_error_with_the_way_out()
    {
        using var rig = new VolumeRig((GetVolume, NotFound));

        var error = await Should.ThrowAsync<ResourceException>(() => rig.UpdateAsync(Inputs(), Inputs((Name, "x")), Outputs(Inputs())));

        error.Kind.ShouldBe(FailureKind.NotFound);
        error.Message.ShouldBe(
            $"updating volume \"data\" ({Given.VolumeId}): it does not exist any more. Run `pulumi refresh`, then `pulumi up` to create it anew.");
    }

    [Fact]
    public async Task An_extension_whose_answer_was_lost_but_that_was_acted_on_is_waited_for_by_the_disk()
    {
        using var rig = new VolumeRig(
            (GetVolume, InTurn(Live(Inputs()), Live(Inputs(), "extending"), Live(Inputs(), "extending"), Live(Inputs((Size, 60))))),
            (Extend, InTurn(_ => throw new HttpRequestException("reset"), Error("EVS.1064", "Extending the volume failed, because the volume is extending."))),
            (Retype, Accepted()),
            ("GET " + JobPath, Job("SUCCESS")));

        await rig.UpdateAsync(Inputs(), Inputs((Size, 60), (VolumeProperties.VolumeType, "ESSD")), Outputs(Inputs()));

        // The type is not asked for while the disk still extends.
        var retype = rig.Cloud.Lines.ToList().IndexOf(Retype);
        rig.Cloud.Lines.Take(retype).Count(line => line == GetVolume).ShouldBe(4);
    }

    [Fact]
    public async Task Outputs_that_came_from_secrets_are_secret()
    {
        var @new = Inputs((Name, Secret("x")), (VolumeProperties.Tags, Given.Tags(("a", Secret("1")), ("b", "2"))));
        using var rig = Rig(Inputs(), @new);

        var done = (ResourceOutcome.Done)await rig.UpdateAsync(Inputs(), @new, Outputs(Inputs()));

        done.Outputs.ShouldInclude(PropertyMap.Of((Name, Secret("x")), (VolumeProperties.Tags, Given.Tags(("a", Secret("1")), ("b", "2")))));
    }

    /// <summary>A cloud that has the old disk first and the new one once something was written.</summary>
    private static VolumeRig Rig(PropertyMap old, PropertyMap @new)
    {
        VolumeRig? rig = null;
        rig = new VolumeRig(
            (GetVolume, request => (rig!.Writes.Length == 0 ? Live(old) : Live(@new))(request)),
            (Put, _ => StubHttp.Json("{}")),
            (TagAction, _ => StubHttp.Json("", 204)),
            (Extend, Accepted("job-extend")),
            ("GET /v1/jobs/job-extend", Job("SUCCESS", "extendVolume")),
            (Retype, Accepted("job-retype")),
            ("GET /v1/jobs/job-retype", Job("SUCCESS", "retypeVolume")),
            (Qos, Accepted("job-qos")),
            ("GET /v1/jobs/job-qos", Job("SUCCESS")));
        return rig;
    }

    internal static Func<SentRequest, HttpResponseMessage> Live(PropertyMap inputs, string status = "available", Action<JsonObject>? change = null) =>
        Volume(status, disk =>
        {
            disk["name"] = InputReader.Text(inputs[Name]);
            disk["description"] = InputReader.Text(inputs[Description]) ?? "";
            disk["size"] = InputReader.Int(inputs[Size]) ?? 40;
            disk["volume_type"] = InputReader.Text(inputs[VolumeProperties.VolumeType]);
            disk["tags"] = new JsonObject(InputReader.Map(inputs[VolumeProperties.Tags]).Select(tag => KeyValuePair.Create(tag.Key, (JsonNode?)tag.Value)));
            foreach (var figure in (string[])[Iops, Throughput])
            {
                if (InputReader.Int(inputs[figure]) is { } value)
                {
                    disk[figure] = new JsonObject { ["total_val"] = value };
                }
            }

            change?.Invoke(disk);
        });
}
