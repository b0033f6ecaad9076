using System.Text;
using System.Text.Json;
using EvsSimulator.Core.Errors;
using EvsSimulator.Http;

namespace PulumiEvs.Tests.Unit.Simulator;

public sealed class DocumentedShapesTests
{
    [Fact]
    public void The_table_of_error_codes_is_the_documented_one()
    {
        var documented = Fixture("evs-error-codes.json").EnumerateArray()
            .Select(row => (
                Code: row.GetProperty("code").GetString(),
                Status: Status(row, "http_hw") ?? Status(row, "http_otc"),
                Message: row.GetProperty("message").GetString()))
            .Where(row => !row.Message!.EndsWith("higher then origin", StringComparison.Ordinal))
            .Distinct();

        DocumentedCodes.All.Select(row => ((string?)row.Code, (int?)row.Status, (string?)row.Message)).ShouldBe(documented);
    }

    [Theory]
    [InlineData("hwdoc-evs_04_2007-resp.json", "/v2/{project}/cloudvolumes/{id}")]
    [InlineData("hwdoc-evs_04_3005-resp.json", "/v3/{project}/os-vendor-volumes/{id}")]
    [InlineData("hwdoc-evs_04_2070-resp.json", "/v2/{project}/volumes/{id}")]
    public void A_volume_has_every_member_of_the_documented_answer(string fixture, string template)
    {
        var cloud = new LocalCloud();
        var volume = cloud.NewVolume(""","tags":{"k":"v"}""");

        var answer = cloud.Call("GET", template, values: ("id", volume.Id)).Body.GetProperty("volume");

        answer.ShouldCover(Fixture($"recorded/{fixture}").GetProperty("volume"));
    }

    [Theory]
    [InlineData("hwdoc-evs_04_2006-resp.json", "/v2/{project}/cloudvolumes/detail")]
    [InlineData("hwdoc-evs_04_3004-resp.json", "/v3/{project}/os-vendor-volumes/detail")]
    [InlineData("hwdoc-evs_04_2069-resp.json", "/v2/{project}/volumes/detail")]
    [InlineData("hwdoc-evs_04_2012-resp.json", "/v2/{project}/cloudvolumes")]
    [InlineData("hwdoc-evs_04_2068-resp.json", "/v2/{project}/volumes")]
    public void A_list_of_volumes_has_every_member_of_the_documented_answer(string fixture, string template)
    {
        var cloud = new LocalCloud();
        cloud.NewVolume();
        cloud.NewVolume();

        cloud.Call("GET", template, query: "limit=1").Body.ShouldCover(Fixture($"recorded/{fixture}"));
    }

    [Fact]
    public void An_update_answers_the_volume_without_a_wrapper()
    {
        var cloud = new LocalCloud();
        var volume = cloud.Attach(cloud.NewVolume(""","metadata":{"policy":"p","hw:passthrough":"false"}"""));

        cloud.Call("PUT", "/v2/{project}/cloudvolumes/{id}", """{"volume":{"name":"n"}}""", values: ("id", volume.Id)).Body
            .ShouldCover(Fixture("recorded/hwdoc-evs_04_2009-resp.json"));
    }

    [Fact]
    public void Odd_types_are_as_documented()
    {
        var cloud = new LocalCloud();
        var volume = cloud.Attach(cloud.NewVolume(""","metadata":{"hw:passthrough":"true"}"""));

        var answer = cloud.Call("GET", "/v2/{project}/cloudvolumes/{id}", values: ("id", volume.Id)).Body.GetProperty("volume");

        answer.GetProperty("bootable").GetString().ShouldBe("false");
        answer.GetProperty("shareable").ValueKind.ShouldBe(JsonValueKind.False);
        answer.GetProperty("wwn").GetString().ShouldStartWith(" 6888603");
        answer.GetProperty("created_at").GetString().ShouldBe("2025-06-01T12:00:00.000000");
        answer.GetProperty("metadata").GetProperty("readonly").GetString().ShouldBe("False");
        answer.TryGetProperty("serial_number", out _).ShouldBeTrue("a SCSI disk has a serial number");
    }

    [Theory]
    [InlineData("hwdoc-evs_04_2019-resp.json", "/v2/{project}/cloudsnapshots/{id}")]
    public void A_snapshot_has_every_member_of_the_documented_answer(string fixture, string template)
    {
        var cloud = new LocalCloud();
        var (_, created) = cloud.Call("POST", "/v2/{project}/cloudsnapshots", $$$"""{"snapshot":{"volume_id":"{{{cloud.NewVolume().Id}}}"}}""");
        created.ShouldCover(Fixture("recorded/hwdoc-evs_04_2016-resp.json"));
        var id = created.GetProperty("snapshot").GetProperty("id").GetString()!;

        cloud.Call("GET", template, values: ("id", id)).Body.ShouldCover(Fixture($"recorded/{fixture}"));
    }

    [Fact]
    public void A_list_of_snapshots_has_every_member_of_the_documented_answer()
    {
        var cloud = new LocalCloud();
        var volume = cloud.NewVolume();
        for (var i = 0; i < 2; i++)
        {
            cloud.Call("POST", "/v2/{project}/cloudsnapshots", $$$"""{"snapshot":{"volume_id":"{{{volume.Id}}}"}}""");
        }

        cloud.Call("GET", "/v2/{project}/cloudsnapshots/detail", query: "limit=1").Body
            .ShouldCover(Fixture("recorded/hwdoc-evs_04_2021-resp.json"));
    }

    [Theory]
    [InlineData("hwdoc-evs_04_2071-resp.json", "/v2/{project}/types", "")]
    [InlineData("hwdoc-evs_04_2081-resp.json", "/v2/{project}/os-availability-zone", "")]
    [InlineData("hwdoc-evs_04_2073-resp.json", "/v2/{project}/os-quota-sets/{target}", "usage=True")]
    [InlineData("otcdoc-cinder_api_version_query_querying_information_of_an_api_version-resp.json", "/v2", "")]
    public void The_catalogue_has_every_member_of_the_documented_answer(string fixture, string template, string query)
    {
        var cloud = new LocalCloud(settings => settings with
        {
            SoldOut = settings.Types.Aggregate(settings.SoldOut, (held, offer) => held.Add(offer.Name, ["local-1b"])),
        });

        cloud.Call("GET", template, query: query, values: ("target", LocalCloud.ProjectId)).Body.ShouldCover(Fixture($"recorded/{fixture}"));
    }

    [Theory]
    [InlineData("hwdoc-evs_04_0054-resp.json", "", 5)]
    [InlineData("hwdoc-evs_04_0054-resp-2.json", ""","count":2""", 10)]
    public void A_job_has_every_member_of_the_documented_answer(string fixture, string more, int seconds)
    {
        var cloud = new LocalCloud();
        var (_, answer) = cloud.Call("POST", "/v3/{project}/cloudvolumes", LocalCloud.CreateBody(more));
        cloud.Clock.Advance(seconds);

        cloud.Job(answer.GetProperty("job_id").GetString()!).Body.ShouldCover(Fixture($"recorded/{fixture}"));
    }

    [Fact]
    public void The_identity_service_lists_projects_as_documented() =>
        new LocalCloud().Call("GET", "/v3/projects", query: "name=local-1").Body.ShouldCover(Fixture("recorded/hwdoc-evs_04_0046-req.json"));

    [Theory]
    [InlineData("nested", """{"error":{"message":"internal error!","code":"EVS.2002"}}""")]
    [InlineData("flat", """{"error_msg":"internal error!","error_code":"EVS.2002"}""")]
    [InlineData("codeMessage", """{"message":"internal error!","code":"EVS.2002"}""")]
    [InlineData("cinder", """{"computeFault":{"message":"internal error!","code":500}}""")]
    [InlineData("gateway", """{"error_msg":"internal error!","error_code":"EVS.2002","request_id":"r-1"}""")]
    [InlineData("text", "internal error!")]
    [InlineData("empty", "")]
    public void An_error_is_written_in_each_documented_shape(string shape, string body)
    {
        var answer = ErrorBodies.In(Enum.Parse<ErrorShape>(shape, ignoreCase: true), Refusal.Of("EVS.2002"), "r-1");

        answer.Status.ShouldBe(500);
        Encoding.UTF8.GetString(answer.Body.Span).ShouldBe(body);
    }

    [Fact]
    public void An_escaped_error_holds_the_others_JSON_in_its_message()
    {
        var answer = ErrorBodies.In(ErrorShape.Escaped, Refusal.Of("EVS.2044"), "");

        var message = JsonDocument.Parse(answer.Body).RootElement.GetProperty("error").GetProperty("message").GetString()!;
        message[message.IndexOf('{', StringComparison.Ordinal)..]
            .ShouldBe("""{"error":{"message":"Failed to check the role of kms.","code":"EVS.2044"}}""");
    }

    [Theory]
    [InlineData(400, "badRequest")]
    [InlineData(403, "forbidden")]
    [InlineData(404, "itemNotFound")]
    [InlineData(409, "conflictingRequest")]
    [InlineData(413, "overLimit")]
    [InlineData(500, "computeFault")]
    public void Cinder_names_its_error_after_the_status(int status, string name)
    {
        var answer = ErrorBodies.In(ErrorShape.Cinder, new Refusal(status, "x", "m"), "");

        JsonDocument.Parse(answer.Body).RootElement.EnumerateObject().Single().Name.ShouldBe(name);
    }

    private static int? Status(JsonElement row, string name) =>
        row.GetProperty(name) is { ValueKind: JsonValueKind.Number } status ? status.GetInt32() : null;

    private static JsonElement Fixture(string name) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "fixtures", name))).RootElement;
}
