using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using PulumiEvs.Harness;
using PulumiEvs.Plugin.Grpc;
using PulumiEvs.Resources.Values;
using PulumiEvs.Tests.Functional.Support;
using static PulumiEvs.Tests.Functional.Support.Programs;

namespace PulumiEvs.Tests.Functional.Functions;

/// <summary>Every function through the plugin's Invoke, against what the local EVS holds.</summary>
public sealed class FunctionTests
{
    private const string Missing = "11111111-2222-4333-8444-555566667777";

    [Fact]
    public async Task A_disk_is_found_by_its_id_and_by_its_name_as_the_resource_has_it()
    {
        await using var stage = await Stage.OpenAsync();
        var driver = await stage.StartDriverAsync();
        await driver.UpAsync(Volume(("name", "data"), ("tags", Tags(("team", "storage"))), ("description", "d")));
        var resource = driver.State["data"];

        var byId = await driver.InvokeAsync("getVolume", ("volumeId", resource.Id));
        var byName = await driver.InvokeAsync("getVolume", ("name", "data"));

        byName.ShouldBe(byId);
        foreach (var (name, value) in byId)
        {
            value.ShouldBe(resource.Outputs[name], name);
        }

        byId["tags"].ShouldBe(Tags(("team", "storage")));
    }

    [Fact]
    public async Task A_disk_that_is_not_there_and_a_name_that_two_have_are_errors_that_say_so()
    {
        await using var stage = await Stage.OpenAsync();
        var driver = await stage.StartDriverAsync();
        await driver.UpAsync(new Wish("one", Disk(("name", "same"))), new Wish("two", Disk(("name", "same"))));

        (await FailureAsync(driver, "getVolume", ("volumeId", Missing))).ShouldContain($"there is no volume with the id \"{Missing}\"");
        (await FailureAsync(driver, "getVolume", ("name", "nobody"))).ShouldContain("there is no volume named \"nobody\"");
        var ambiguous = await FailureAsync(driver, "getVolume", ("name", "same"));
        ambiguous.ShouldContain("2 volumes are named \"same\"");
        ambiguous.ShouldContain(driver.State["one"].Id);
        ambiguous.ShouldContain(driver.State["two"].Id);
        (await FailureAsync(driver, "getTags", ("volumeId", Missing))).ShouldContain(Missing);
        (await Should.ThrowAsync<InvalidOperationException>(() => driver.InvokeAsync("getVolume"))).Message.ShouldContain("volumeId");
        (await Should.ThrowAsync<InvalidOperationException>(() => driver.InvokeAsync("getVolumes", ("sortKey", "colour")))).Message.ShouldContain("sortKey");
    }

    [Fact]
    public async Task More_disks_than_a_page_takes_come_as_one_list_each_once()
    {
        await using var stage = await Stage.OpenAsync("--job-duration", "*=1ms", "--seed", "7");
        var driver = await stage.StartDriverAsync();
        for (var batch = 0; batch < 11; batch++)
        {
            await BatchAsync(stage, 100, "many");
        }

        await WaitForAsync(stage, 1100);
        await stage.Cloud.ClearRequestsAsync();

        var found = await driver.InvokeAsync("getVolumes");

        var ids = Texts(found["volumeIds"]);
        ids.Count.ShouldBe(1100);
        ids.ToHashSet().ShouldBe((await stage.Cloud.VolumesAsync()).Keys, ignoreOrder: true);
        (await stage.Cloud.RequestsAsync()).Count.ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task Lists_of_disks_are_filtered()
    {
        await using var stage = await Stage.OpenAsync();
        var driver = await stage.StartDriverAsync();
        await driver.UpAsync(
            new Wish("small", Disk(("name", "small"), ("size", 10), ("tags", Tags(("team", "a"))))),
            new Wish("large", Disk(("name", "large"), ("size", 20), ("volumeType", "SAS"), ("tags", Tags(("team", "b"))))),
            new Wish("shared", Disk(("name", "shared"), ("size", 30), ("multiattach", true), ("availabilityZone", "local-1b"))));

        (await NamesAsync(driver, ("sortKey", "size"), ("sortDirection", "asc"))).ShouldBe(["small", "large", "shared"]);
        (await NamesAsync(driver, ("name", "large"))).ShouldBe(["large"]);
        (await NamesAsync(driver, ("volumeType", "SAS"))).ShouldBe(["large"]);
        (await NamesAsync(driver, ("multiattach", true))).ShouldBe(["shared"]);
        (await NamesAsync(driver, ("availabilityZone", "local-1b"))).ShouldBe(["shared"]);
        (await NamesAsync(driver, ("tags", Tags(("team", "a"))))).ShouldBe(["small"]);
        (await NamesAsync(driver, ("status", "error"))).ShouldBeEmpty();
        (await NamesAsync(driver, ("volumeIds", new PropertyValue.List([driver.State["small"].Id, Missing])))).ShouldBe(["small"]);
    }

    [Fact]
    public async Task Snapshots_are_listed_by_their_disk()
    {
        await using var stage = await Stage.OpenAsync();
        var driver = await stage.StartDriverAsync();
        await driver.UpAsync(Volume(("name", "data")), new Wish("other", Disk()));
        var id = driver.State["data"].Id;
        await stage.Cloud.ChangeVolumeAsync(id, """{"addSnapshot":{"name":"first","status":"available"}}""");
        await stage.Cloud.ChangeVolumeAsync(driver.State["other"].Id, """{"addSnapshot":{"name":"second","status":"available"}}""");

        var found = await driver.InvokeAsync("getSnapshots", ("volumeId", id));

        var snapshot = Maps(found["snapshots"]).ShouldHaveSingleItem();
        snapshot["name"].ShouldBe((PropertyValue)"first");
        snapshot["volumeId"].ShouldBe((PropertyValue)id);
        snapshot["size"].ShouldBe((PropertyValue)40);
        Maps((await driver.InvokeAsync("getSnapshots"))["snapshots"]).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Types_zones_and_quotas_are_those_of_the_cloud()
    {
        await using var stage = await Stage.OpenAsync();
        await stage.Cloud.ConfigureAsync(
            """{"soldOut":{"SAS":["local-1b"]},"volumeTypes":{"SAS":["local-1a","local-1b"],"SSD":["local-1c"]},"quotas":{"gigabytes":100,"volumes_SSD":2}}""");
        var driver = await stage.StartDriverAsync();
        (await driver.UpAsync(new Wish("data", Disk(("availabilityZone", "local-1c"))))).SelectMany(step => step.Errors).ShouldBeEmpty();

        var types = await driver.InvokeAsync("getVolumeTypes");
        Texts(types["names"]).ShouldBe(["SAS", "SSD"]);
        Texts(Maps(types["volumeTypes"])[0]["soldOutAvailabilityZones"]).ShouldBe(["local-1b"]);
        Texts(Maps(types["volumeTypes"])[0]["usableAvailabilityZones"]).ShouldBe(["local-1a"]);
        Texts((await driver.InvokeAsync("getVolumeTypes", ("availabilityZone", "local-1b")))["names"]).ShouldBeEmpty();
        Texts((await driver.InvokeAsync("getAvailabilityZones"))["names"]).ShouldBe(["local-1a", "local-1b", "local-1c"]);
        var quotas = ((PropertyValue.Map)(await driver.InvokeAsync("getQuotas"))["quotas"]).Entries;
        quotas["gigabytes"].ShouldBe(PropertyMap.Of(("limit", 100), ("inUse", 40), ("reserved", 0), ("remaining", 60)));
        quotas["volumes_SSD"].ShouldBe(PropertyMap.Of(("limit", 2), ("inUse", 1), ("reserved", 0), ("remaining", 1)));
        quotas["volumes"].ShouldBe(PropertyMap.Of(("limit", -1), ("inUse", 1), ("reserved", 0)));
    }

    [Fact]
    public async Task Tags_are_those_of_one_disk_or_of_all()
    {
        await using var stage = await Stage.OpenAsync();
        var driver = await stage.StartDriverAsync();
        await driver.UpAsync(new Wish("one", Disk(("tags", Tags(("team", "a"), ("env", "test"))))), new Wish("two", Disk(("tags", Tags(("team", "b"))))));

        var ofOne = await driver.InvokeAsync("getTags", ("volumeId", driver.State["one"].Id));
        ofOne["tags"].ToString().ShouldContain("test");
        var ofAll = (await driver.InvokeAsync("getTags")).ToString();
        ofAll.ShouldContain("\"a\"");
        ofAll.ShouldContain("\"b\"");
    }

    [Fact]
    public async Task A_job_of_each_type_is_given_whole()
    {
        // Two types belong to a request that no reference describes: the local EVS cannot be asked to make such jobs, but it can have had them.
        var file = Path.Combine(Directory.CreateTempSubdirectory("pulumi-evs-test-").FullName, "evs.json");
        var jobs = new Dictionary<string, string>();
        string volume;
        await using (var stage = await Stage.OpenAsync("--state", file, "--job-duration", "*=1ms", "--seed", "7"))
        {
            jobs["batchCreateVolume"] = await BatchAsync(stage, 2, "batch");
            await WaitForAsync(stage, 2);
            volume = (await stage.Cloud.VolumesAsync()).Keys.First();
            jobs["createVolume"] = (await stage.Cloud.StateAsync())["jobs"]!.AsArray()
                .Single(job => job!["volumeId"]?.GetValue<string>() == volume)!["id"]!.GetValue<string>();
            jobs["extendVolume"] = await JobAsync(stage, HttpMethod.Post, $"v2.1/PROJECT/cloudvolumes/{volume}/action", """{"os-extend":{"new_size":20}}""");
            await WaitForAsync(stage, 2);
            jobs["retypeVolume"] = await JobAsync(stage, HttpMethod.Post, $"v2/PROJECT/volumes/{volume}/retype", """{"os-retype":{"new_type":"ESSD"}}""");
            await WaitForAsync(stage, 2);
            jobs["deleteVolume"] = await JobAsync(stage, HttpMethod.Delete, $"v2/PROJECT/cloudvolumes/{volume}");
            await WaitForAsync(stage, 1);
        }

        (jobs["bulkDeleteVolume"], jobs["deleteSingleVolume"]) = AddBulkDelete(file, jobs["batchCreateVolume"], jobs["createVolume"]);
        await using var later = await Stage.OpenAsync("--state", file);
        var driver = await later.StartDriverAsync();

        foreach (var (type, id) in jobs)
        {
            var job = await driver.InvokeAsync("getJob", ("jobId", id));
            job["jobId"].ShouldBe((PropertyValue)id);
            job["jobType"].ShouldBe((PropertyValue)type);
            job["status"].ShouldBe((PropertyValue)"SUCCESS");
            job["beginTime"].IsAbsent.ShouldBeFalse(type);
            job["endTime"].IsAbsent.ShouldBeFalse(type);
            var entities = ((PropertyValue.Map)job["entities"]).Entries;
            if (type is "batchCreateVolume" or "bulkDeleteVolume")
            {
                var sub = type == "batchCreateVolume" ? "createVolume" : "deleteSingleVolume";
                var subJobs = Maps(entities["subJobs"]);
                subJobs.Count.ShouldBe(2);
                subJobs.ShouldAllBe(entry => entry["jobType"].Equals((PropertyValue)sub) && entry["status"].Equals((PropertyValue)"SUCCESS"));
                subJobs.Select(entry => entry["jobId"]).ShouldContain((PropertyValue)jobs[sub]);
            }
            else
            {
                entities["volumeId"].ShouldBe((PropertyValue)volume, type);
            }
        }

        (await FailureAsync(driver, "getJob", ("jobId", "no-such-job"))).ShouldContain("EVS knows no job with the id \"no-such-job\"");
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    /// <summary>Makes a second batch out of the first one in the state file, of the types of a batch of deletes.</summary>
    private static (string Bulk, string Single) AddBulkDelete(string file, string batch, string single)
    {
        var state = JsonNode.Parse(File.ReadAllText(file))!.AsObject();
        var jobs = state["jobs"]!.AsArray();
        var first = jobs.Where(job => job!["type"]!.GetValue<string>() is "batchCreateVolume" or "createVolume").ToArray();
        foreach (var job in first)
        {
            var copy = job!.ToJsonString()
                .Replace("batchCreateVolume", "bulkDeleteVolume", StringComparison.Ordinal)
                .Replace("\"createVolume\"", "\"deleteSingleVolume\"", StringComparison.Ordinal);
            copy = first.Select(other => other!["id"]!.GetValue<string>()).Aggregate(copy, (text, id) => text.Replace(id, Copy(id), StringComparison.Ordinal));
            jobs.Add(JsonNode.Parse(copy));
        }

        File.WriteAllText(file, state.ToJsonString());
        return (Copy(batch), Copy(single));

        static string Copy(string id) => string.Concat(id.Reverse());
    }

    /// <summary>So many disks by one request, as no resource asks for them one by one; the id of the job.</summary>
    private static Task<string> BatchAsync(Stage stage, int count, string name) => JobAsync(
        stage,
        HttpMethod.Post,
        "v3/PROJECT/cloudvolumes",
        new JsonObject
        {
            ["volume"] = new JsonObject
            {
                ["availability_zone"] = SimulatorProcess.Zone,
                ["volume_type"] = "SSD",
                ["size"] = 10,
                ["name"] = name,
                ["count"] = count,
            },
        }.ToJsonString());

    /// <summary>A request of EVS's own API that is answered with a job; its id.</summary>
    private static async Task<string> JobAsync(Stage stage, HttpMethod method, string path, string? body = null)
    {
        using var http = new HttpClient { BaseAddress = new Uri(stage.Cloud.Url) };
        using var request = new HttpRequestMessage(method, path.Replace("PROJECT", SimulatorProcess.ProjectId, StringComparison.Ordinal));
        request.Headers.Add("X-Auth-Token", SimulatorProcess.Token);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        using var response = await http.SendAsync(request);
        var answer = await response.Content.ReadAsStringAsync();
        response.IsSuccessStatusCode.ShouldBeTrue(answer);
        return JsonNode.Parse(answer)!["job_id"]!.GetValue<string>();
    }

    private static Task WaitForAsync(Stage stage, int count) => Waiting.UntilAsync(
        async () => (await stage.Cloud.VolumesAsync()).Values.Count(volume => volume["status"]!.GetValue<string>() == "available") == count,
        $"{count} disks are there");

    private static async Task<string> FailureAsync(EngineDriver driver, string function, params (string Key, PropertyValue Value)[] arguments) =>
        (await Should.ThrowAsync<GrpcStatusException>(() => driver.InvokeAsync(function, arguments))).Message;

    private static async Task<IEnumerable<string>> NamesAsync(EngineDriver driver, params (string Key, PropertyValue Value)[] arguments) =>
        Maps((await driver.InvokeAsync("getVolumes", arguments))["volumes"]).Select(volume => ((PropertyValue.Text)volume["name"]).Value);

    private static List<PropertyMap> Maps(PropertyValue list) => [.. ((PropertyValue.List)list).Items.Select(item => ((PropertyValue.Map)item).Entries)];

    private static List<string> Texts(PropertyValue list) => [.. ((PropertyValue.List)list).Items.Select(item => ((PropertyValue.Text)item).Value)];
}
