using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Previews;
using PulumiEvs.Resources.Provider;
using PulumiEvs.Resources.Values;
using PulumiEvs.Resources.Volumes;
using PulumiEvs.Tests.Unit.Resources.Support;
using PulumiEvs.Tests.Unit.Support;
using static PulumiEvs.Tests.Unit.Resources.Previews.PreflightRig;

namespace PulumiEvs.Tests.Unit.Resources.Previews;

/// <summary>A preview never suffers from its preflight: what cannot be read is not checked, and nothing is waited for long.</summary>
public sealed class PreflightReadsTests
{
    [Theory]
    [InlineData(403, "EVS.5403")]
    [InlineData(404, "EVS.5404")]
    [InlineData(500, "EVS.5500")]
    public async Task A_read_that_fails_is_a_debug_line_and_the_rest_is_checked(int status, string code)
    {
        using var rig = new PreflightRig(PreflightMode.Error, (Quotas, _ => StubHttp.EvsError(code, "no", status)));

        await rig.NewAsync(count: 2);
        rig.Cloud.Log.Debugs.Where(line => line.StartsWith("preflight:", StringComparison.Ordinal))
            .ShouldHaveSingleItem().ShouldContain("preflight: the quotas cannot be checked");

        (await Should.ThrowAsync<ResourceException>(() => rig.NewAsync((VolumeProperties.VolumeType, "ESSD")))).Message.ShouldContain("ESSD");
    }

    [Fact]
    public async Task A_cloud_that_does_not_answer_holds_up_the_preview_once_and_within_its_bound()
    {
        using var rig = new PreflightRig(PreflightMode.Error, new StubHttp(async (_, _, token) =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return StubHttp.Json("{}");
        }));

        await rig.NewAsync(count: 1);
        var sent = rig.Cloud.Requests.Count;
        rig.Cloud.Time.Elapsed.ShouldBeLessThanOrEqualTo(TimeSpan.FromSeconds(10));
        await rig.NewAsync(count: 5);
        await rig.NewAsync((VolumeProperties.SnapshotId, "snap-1"));

        rig.Cloud.Time.Elapsed.ShouldBeLessThanOrEqualTo(TimeSpan.FromSeconds(10));
        rig.Cloud.Requests.Count.ShouldBe(sent);
        rig.Cloud.Log.Debugs.ShouldContain(line => line.StartsWith("preflight:", StringComparison.Ordinal));
        rig.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public async Task Another_service_that_does_not_answer_takes_nothing_from_what_evs_is_asked()
    {
        using var rig = new PreflightRig(PreflightMode.Warn, new StubHttp(async (request, _, token) =>
        {
            if (request.Uri.Host.StartsWith("kms.", StringComparison.Ordinal))
            {
                await Task.Delay(Timeout.Infinite, token);
            }

            return request.Uri.AbsolutePath.Contains("os-quota-sets", StringComparison.Ordinal) ? QuotaSet(("volumes", 0, 0))(request)
                : request.Uri.AbsolutePath.EndsWith("types", StringComparison.Ordinal) ? TypeList()(request)
                : ZoneList()(request);
        }));

        await rig.NewAsync((VolumeProperties.KmsKeyId, Given.KeyId));
        await rig.ReviewAsync(VolumePlan.New(Given.Inputs((VolumeProperties.KmsKeyId, "0ea6e7a8-4e0c-4f3e-9f6a-1f8f4b1d2c3e"))), "other");

        rig.Warnings.Count.ShouldBe(2);
        rig.Warnings[1].ShouldContain("plans 2 new disks");
        rig.Cloud.Requests.Count(request => request.Uri.Host.StartsWith("kms.", StringComparison.Ordinal)).ShouldBeLessThanOrEqualTo(2);
        rig.Cloud.Time.Elapsed.ShouldBeLessThanOrEqualTo(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_preview_that_is_cancelled_ends_and_leaves_the_read_to_the_others()
    {
        var answer = new TaskCompletionSource();
        using var rig = new PreflightRig(PreflightMode.Warn, new StubHttp(async (_, _, token) =>
        {
            await answer.Task.WaitAsync(token);
            return QuotaSet(("volumes", 0, 0))(null!);
        }));
        using var cancel = new CancellationTokenSource();
        var plan = new PreflightPlan { Demand = QuotaDemand.Disks(null, null) };
        var first = rig.Preflight.ReviewAsync("urn:1", plan, rig.Cloud.Log, cancel.Token);
        var second = rig.Preflight.ReviewAsync("urn:2", plan, rig.Cloud.Log, CancellationToken.None);

        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => first);
        answer.SetResult();
        await second;

        rig.Warnings.ShouldHaveSingleItem().ShouldContain("plans 2 new disks");
        rig.Cloud.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Switched_off_it_asks_nothing()
    {
        using var rig = new PreflightRig(PreflightMode.Off);

        await rig.NewAsync((VolumeProperties.AvailabilityZone, "nowhere"));

        rig.Cloud.Opened.ShouldBe(0);
        rig.Warnings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("off", 0)]
    [InlineData("warn", 1)]
    public async Task Without_credentials_a_preview_asks_nothing(string mode, int debugLines)
    {
        // Nobody listens there: a request would fail, and be told.
        using var provider = new EvsProvider(new FakeHost().Host, new FakeTime(), new Random(1), Guid.NewGuid);
        var log = new RecordingLog();
        await provider.ConfigureAsync(
            "", PropertyMap.Of(("cloud", "opentelekomcloud"), ("region", "eu-de"), ("preflight", mode), ("metadataEndpoint", "http://127.0.0.1:9")), log, CancellationToken.None);

        var outcome = await provider.Resource(VolumeDeclaration.Token)
            .CreateAsync(new CreateRequest(Given.Resource, Given.Inputs(), null, Preview: true), log, CancellationToken.None);

        outcome.ShouldBeOfType<ResourceOutcome.Done>();
        log.Warnings.ShouldBeEmpty();
        log.Debugs.Count.ShouldBe(debugLines);
        log.Debugs.ShouldAllBe(line => line == "preflight: there are no credentials; nothing is checked");
    }

    [Fact]
    public async Task Credentials_that_are_not_known_yet_are_not_replaced_by_others_of_the_environment()
    {
        using var provider = new EvsProvider(
            new FakeHost { Variables = { ["HW_ACCESS_KEY"] = "from the environment", ["HW_SECRET_KEY"] = "the same" } }.Host,
            new FakeTime(),
            new Random(1),
            Guid.NewGuid);
        var log = new RecordingLog();
        await provider.ConfigureAsync(
            "", PropertyMap.Of(("region", "eu-de"), ("projectId", "p"), ("accessKey", Given.Unknown), ("secretKey", Given.Unknown)), log, CancellationToken.None);

        await provider.Resource(VolumeDeclaration.Token)
            .CreateAsync(new CreateRequest(Given.Resource, Given.Inputs(), null, Preview: true), log, CancellationToken.None);

        log.Debugs.ShouldBe(["preflight: the provider's configuration is not known in full yet; nothing is checked"]);
    }

    [Fact]
    public async Task An_unusable_configuration_does_not_fail_the_preview()
    {
        using var provider = new EvsProvider(new FakeHost().Host, new FakeTime(), new Random(1), Guid.NewGuid);
        var log = new RecordingLog();
        await provider.ConfigureAsync(
            "", PropertyMap.Of(("region", "eu-de"), ("token", "t"), ("agencyName", "only half of it"), ("preflight", "error")), log, CancellationToken.None);

        await provider.Resource(VolumeDeclaration.Token)
            .CreateAsync(new CreateRequest(Given.Resource, Given.Inputs(), null, Preview: true), log, CancellationToken.None);

        log.Debugs.ShouldHaveSingleItem().ShouldContain("agencyDomainName");
    }
}
