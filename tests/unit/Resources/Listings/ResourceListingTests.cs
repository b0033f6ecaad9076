using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Listings;
using PulumiEvs.Resources.Values;
using PulumiEvs.Tests.Unit.Resources.Support;
using PulumiEvs.Tests.Unit.Support;

namespace PulumiEvs.Tests.Unit.Resources.Listings;

/// <summary>The existing resources of a type, as an import finds them.</summary>
public sealed class ResourceListingTests
{
    private const string Disks =
        """
        {"volumes":[
          {"id":"v3","name":"logs","status":"available","size":10},
          {"id":"v1","name":"data","status":"in-use","size":10,"attachments":[{"server_id":"s2"},{"server_id":"s1"}]},
          {"id":"v2","name":"","status":"available","size":10,"attachments":[{"server_id":"s1"}]}]}
        """;

    [Fact]
    public async Task Volumes_are_listed_in_order_of_their_ids_by_the_names_people_gave_them()
    {
        using var cloud = Cloud();

        var page = await ListAsync(cloud, "Volume");

        page.Resources.ShouldBe([new("v1", "data"), new("v2", "v2"), new("v3", "logs")]);
        page.Continuation.ShouldBeNull();
    }

    [Fact]
    public async Task Attachments_are_listed_as_an_import_takes_them()
    {
        using var cloud = Cloud();

        (await ListAsync(cloud, "VolumeAttachment")).Resources.ShouldBe([new("s1/v1", "data-s1"), new("s1/v2", "v2-s1"), new("s2/v1", "data-s2")]);
        (await ListAsync(cloud, "VolumeAttachment", Query(("serverId", "s2")))).Resources.ShouldBe([new("s2/v1", "data-s2")]);
        cloud.Requests[^1].Uri.Query.ShouldContain("server_id=s2");
    }

    [Fact]
    public async Task Snapshots_of_backups_are_not_among_those_to_import()
    {
        using var cloud = new StubCloud(("GET /v2/cloudsnapshots/detail", _ => StubHttp.Json(
            """{"snapshots":[{"id":"s2","name":"autobk_snapshot_1","status":"available"},{"id":"s1","name":"daily","status":"available"}]}""")));

        (await ListAsync(cloud, "Snapshot")).Resources.ShouldBe([new("s1", "daily")]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Pages_of_any_size_make_up_the_whole_each_once(int size)
    {
        using var cloud = Cloud();
        var ids = new List<string>();
        string? continuation = null;
        do
        {
            var page = await ListAsync(cloud, "Volume", size: size, continuation: continuation);
            page.Resources.Length.ShouldBeLessThanOrEqualTo(size);
            ids.AddRange(page.Resources.Select(resource => resource.Id));
            continuation = page.Continuation;
        }
        while (continuation is not null);

        ids.ShouldBe(["v1", "v2", "v3"]);
    }

    [Fact]
    public async Task A_limit_holds_over_all_pages_whether_or_not_it_is_said_anew_what_is_left_of_it()
    {
        using var cloud = Cloud();
        var first = await ListAsync(cloud, "Volume", limit: 2, size: 1);
        foreach (var limit in (long[])[2, 1])
        {
            var second = await ListAsync(cloud, "Volume", limit: limit, size: 1, continuation: first.Continuation);

            second.Resources.ShouldBe([new("v2", "v2")]);
            second.Continuation.ShouldBeNull();
        }
    }

    [Fact]
    public async Task A_resource_that_goes_between_two_pages_takes_no_other_one_with_it()
    {
        var answers = new Queue<string>([Disks, """{"volumes":[{"id":"v3","name":"logs","status":"available","size":10}]}"""]);
        using var cloud = new StubCloud(("GET /v2/cloudvolumes/detail", _ => StubHttp.Json(answers.Dequeue())));
        var first = await ListAsync(cloud, "Volume", size: 2);

        (await ListAsync(cloud, "Volume", size: 2, continuation: first.Continuation)).Resources.ShouldBe([new("v3", "logs")]);
    }

    [Fact]
    public async Task A_query_that_is_not_known_yet_asks_nothing()
    {
        using var cloud = new StubCloud();

        (await Sut(cloud, "Volume").ListAsync(new ListRequest(Query(("name", PropertyValue.Unknown.Plain)), null, null, null), cloud.Log, default)).ShouldBeNull();
        cloud.Opened.ShouldBe(0);
    }

    [Fact]
    public async Task All_that_is_wrong_with_a_query_is_said_at_once()
    {
        using var cloud = new StubCloud();

        var error = await Should.ThrowAsync<ResourceException>(() => ListAsync(cloud, "Volume", Query(("nam", "x"), ("multiattach", "yes"))));

        error.Kind.ShouldBe(FailureKind.InvalidRequest);
        error.Message.ShouldStartWith("listing evs:index:Volume: ");
        error.Message.ShouldContain("did you mean name?");
        error.Message.ShouldContain("multiattach");
        cloud.Opened.ShouldBe(0);
    }

    [Theory]
    [InlineData("page 2")]
    [InlineData("all:")]
    [InlineData("-1:v1")]
    [InlineData("99999999999999999999:v1")]
    public async Task A_continuation_that_no_page_gave_is_refused(string continuation)
    {
        using var cloud = Cloud();

        var error = await Should.ThrowAsync<ResourceException>(() => ListAsync(cloud, "Volume", continuation: continuation));

        error.Kind.ShouldBe(FailureKind.InvalidRequest);
        error.Message.ShouldContain(continuation);
    }

    private static StubCloud Cloud() => new(("GET /v2/cloudvolumes/detail", _ => StubHttp.Json(Disks)));

    private static PropertyMap Query(params ReadOnlySpan<(string Name, PropertyValue Value)> filters) => PropertyMap.Of(filters);

    private static ResourceListing Sut(StubCloud cloud, string type) =>
        new(PulumiEvs.Resources.Listings.Listings.All.Single(listing => listing.Declaration.Token == "evs:index:" + type), cloud);

    private static async Task<ListPage> ListAsync(
        StubCloud cloud, string type, PropertyMap? query = null, long? limit = null, long? size = null, string? continuation = null) =>
        (await Sut(cloud, type).ListAsync(new ListRequest(query ?? PropertyMap.Empty, limit, size, continuation), cloud.Log, default)).ShouldNotBeNull();
}
