using PulumiEvs.Evs.Clouds;

namespace PulumiEvs.Tests.Unit.Evs.Clouds;

public sealed class CloudsTests
{
    [Theory]
    [InlineData("huaweicloud", "cn-north-4", "evs.cn-north-4.myhuaweicloud.com", "ecs.cn-north-4.myhuaweicloud.com", "iam.cn-north-4.myhuaweicloud.com")]
    [InlineData("opentelekomcloud", "eu-de", "evs.eu-de.otc.t-systems.com", "ecs.eu-de.otc.t-systems.com", "iam.eu-de.otc.t-systems.com")]
    [InlineData("opentelekomcloud-swiss", "eu-ch2", "evs.eu-ch2.sc.otc.t-systems.com", "ecs.eu-ch2.sc.otc.t-systems.com", "iam-pub.eu-ch2.sc.otc.t-systems.com")]
    [InlineData(
        "flexibleengine", "eu-west-0", "evs.eu-west-0.prod-cloud-ocb.orange-business.com", "ecs.eu-west-0.prod-cloud-ocb.orange-business.com",
        "iam.eu-west-0.prod-cloud-ocb.orange-business.com")]
    public void A_cloud_is_found_where_its_documents_say(string name, string region, string evs, string ecs, string iam)
    {
        KnownClouds.TryFind(name, out var cloud).ShouldBeTrue();

        var target = CloudTarget.Resolve(cloud!, region)!;

        (target.Evs, target.Ecs, target.Iam).ShouldBe((new Uri($"https://{evs}"), new Uri($"https://{ecs}"), new Uri($"https://{iam}")));
        KnownClouds.RegionProblem(cloud!, region).ShouldBeNull();
    }

    [Theory]
    [InlineData("huaweicloud", "cn-north-4", "cn-north-4.myhuaweicloud.com")]
    [InlineData("opentelekomcloud", "eu-de", "eu-de.otc.t-systems.com")]
    [InlineData("opentelekomcloud-swiss", "eu-ch2", "eu-ch2.sc.otc.t-systems.com")]
    [InlineData("flexibleengine", "eu-west-0", "eu-west-0.prod-cloud-ocb.orange-business.com")]
    public void What_disks_are_made_from_is_asked_of_the_services_beside(string name, string region, string domain)
    {
        KnownClouds.TryFind(name, out var cloud).ShouldBeTrue();

        var target = CloudTarget.Resolve(cloud!, region)!;

        (target.Images, target.Backups, target.Keys).ShouldBe(
            (new Uri($"https://ims.{domain}"), new Uri($"https://cbr.{domain}"), new Uri($"https://kms.{domain}")));
    }

    [Fact]
    public void Where_evs_is_somewhere_else_than_the_table_says_no_other_service_of_the_table_is_asked()
    {
        KnownClouds.TryFind("huaweicloud", out var cloud).ShouldBeTrue();
        var local = new Uri("http://127.0.0.1:4711");

        var elsewhere = CloudTarget.Resolve(cloud!, "cn-north-4", evs: new Uri("https://evs.example.org"))!;
        var here = CloudTarget.Resolve(cloud!, "cn-north-4", evs: local)!;

        (elsewhere.Images, elsewhere.Backups, elsewhere.Keys).ShouldBe((null, null, null));
        (here.Images, here.Backups, here.Keys).ShouldBe((local, local, local));
    }

    [Fact]
    public void A_local_cloud_is_asked_for_everything_at_one_address()
    {
        KnownClouds.TryFind("local", out var cloud).ShouldBeTrue();
        var own = new Uri("http://evs.any.localhost");
        var address = new Uri("http://127.0.0.1:4711");

        var named = CloudTarget.Resolve(cloud!, "any")!;
        (named.Evs, named.Ecs, named.Iam).ShouldBe((own, own, own));
        var target = CloudTarget.Resolve(cloud!, "any", evs: address)!;

        (target.Evs, target.Ecs, target.Iam).ShouldBe((address, address, address));
    }

    [Fact]
    public void What_is_meant_for_an_evs_on_this_machine_never_goes_to_a_real_cloud()
    {
        KnownClouds.TryFind("huaweicloud", out var cloud).ShouldBeTrue();
        var address = new Uri("http://127.0.0.1:4711");

        var target = CloudTarget.Resolve(cloud!, "cn-north-4", evs: address)!;

        (target.Evs, target.Ecs, target.Iam).ShouldBe((address, address, address));
    }

    [Fact]
    public void Given_addresses_and_versions_win()
    {
        KnownClouds.TryFind("opentelekomcloud", out var cloud).ShouldBeTrue();
        var versions = new ApiVersions { Create = "v2" };

        var target = CloudTarget.Resolve(cloud!, "eu-de", versions, new Uri("https://e"), new Uri("https://s"), new Uri("https://i"))!;

        (target.Evs.Host, target.Ecs!.Host, target.Iam!.Host, target.Versions.Create).ShouldBe(("e", "s", "i", "v2"));
    }

    [Theory]
    [InlineData("huaweicloud", "eu-de", "opentelekomcloud")]
    [InlineData("opentelekomcloud", "cn-north-1", "huaweicloud")]
    [InlineData("opentelekomcloud", "eu-ch2", "opentelekomcloud-swiss")]
    [InlineData("huaweicloud", "eu-west-0", "flexibleengine")]
    public void A_region_of_another_cloud_is_a_mistake_that_is_named(string name, string region, string owner)
    {
        KnownClouds.TryFind(name, out var cloud).ShouldBeTrue();

        KnownClouds.RegionProblem(cloud!, region).ShouldNotBeNull().ShouldContain($"set evs:cloud to \"{owner}\"");
    }

    [Theory]
    [InlineData("huaweicloud", "cn-new-9")]
    [InlineData("local", "eu-de")]
    public void A_region_that_nobody_knows_may_be_new(string name, string region)
    {
        KnownClouds.TryFind(name, out var cloud).ShouldBeTrue();

        KnownClouds.RegionProblem(cloud!, region).ShouldBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("../other")]
    [InlineData("my region")]
    [InlineData("-x")]
    [InlineData("x\n")]
    public void A_local_region_must_be_fit_for_a_folder_and_a_host(string region)
    {
        KnownClouds.TryFind("local", out var cloud).ShouldBeTrue();

        KnownClouds.RegionProblem(cloud!, region).ShouldNotBeNull().ShouldContain("letters, digits and hyphens");
    }

    [Fact]
    public void A_typo_is_no_cloud() => KnownClouds.TryFind("huawei", out _).ShouldBeFalse();

    [Fact]
    public void Names_and_regions_are_unique()
    {
        KnownClouds.All.Select(cloud => cloud.Name).ShouldBeUnique();
        KnownClouds.All.SelectMany(cloud => cloud.Regions).ShouldBeUnique();
        KnownClouds.TryFind(KnownClouds.Default, out _).ShouldBeTrue();
    }

    [Fact]
    public void Every_cloud_has_a_version_for_each_operation_that_it_offers_among_the_allowed_ones()
    {
        foreach (var cloud in KnownClouds.All)
        {
            foreach (var name in ApiVersions.Names)
            {
                if (cloud.Versions[name] is { } version)
                {
                    ApiVersions.Allowed(name).ShouldContain(version, $"{cloud.Name} {name}");
                }
            }
        }
    }

    [Theory]
    [InlineData("huaweicloud", "create", "v3")]
    [InlineData("huaweicloud", "extend", "v2.1")]
    [InlineData("huaweicloud", "qos", "v5")]
    [InlineData("opentelekomcloud", "create", "v3")]
    [InlineData("opentelekomcloud", "extend", "v2")]
    [InlineData("opentelekomcloud", "qos", null)]
    public void The_table_says_which_version_each_operation_has(string name, string operation, string? version)
    {
        KnownClouds.TryFind(name, out var cloud).ShouldBeTrue();

        cloud!.Versions[operation].ShouldBe(version);
    }

    [Fact]
    public void Versions_are_overridden_one_by_one_and_every_mistake_is_named()
    {
        var problems = new List<string>();

        var versions = new ApiVersions().With(
            [new("create", "v2.1"), new("extend", "v9"), new("destroy", "v2"), new("catalogue", "v3")], problems);

        (versions.Create, versions.Extend, versions.Catalogue).ShouldBe(("v2.1", "v2", "v3"));
        versions.CreateTakesClientToken.ShouldBeTrue();
        problems.ShouldBe(
        [
            "evs:apiVersions.extend cannot be \"v9\"; it can be v2 or v2.1",
            "evs:apiVersions has no operation \"destroy\"; there are create, extend, delete, retype, qos, volumes, tags, snapshots, catalogue",
        ]);
    }

    [Theory]
    [InlineData("https://evs.eu-de.otc.t-systems.com", "https://evs.eu-de.otc.t-systems.com/")]
    [InlineData("https://evs.eu-de.otc.t-systems.com/", "https://evs.eu-de.otc.t-systems.com/")]
    [InlineData(" evs.eu-de.otc.t-systems.com ", "https://evs.eu-de.otc.t-systems.com/")]
    [InlineData("http://127.0.0.1:8080", "http://127.0.0.1:8080/")]
    [InlineData("http://localhost:8080", "http://localhost:8080/")]
    [InlineData("http://[::1]:8080", "http://[::1]:8080/")]
    [InlineData("https://proxy.example/evs", "https://proxy.example/evs")]
    public void An_address_is_read(string text, string address)
    {
        EndpointAddress.TryParse(text, allowVersion: false, out var uri, out var problem).ShouldBeTrue(problem);

        uri!.AbsoluteUri.ShouldBe(address);
    }

    [Theory]
    [InlineData("https://iam.example/v3", "https://iam.example/")]
    [InlineData("https://iam.example/identity/v3", "https://iam.example/identity")]
    public void An_identity_address_may_name_its_version(string text, string address)
    {
        EndpointAddress.TryParse(text, allowVersion: true, out var uri, out _).ShouldBeTrue();

        uri!.AbsoluteUri.ShouldBe(address);
    }

    [Theory]
    [InlineData("", "is not an address")]
    [InlineData("ftp://evs.example", "is not an address")]
    [InlineData("https://", "is not an address")]
    [InlineData("https:/evs.example", "is not an address")]
    [InlineData("https:evs.example", "is not an address")]
    [InlineData("evs.example:/evs", "is not an address")]
    [InlineData("not an address", "is not an address")]
    [InlineData("http://evs.example", "plain http is allowed only to this machine")]
    [InlineData("https://user:hunter2@evs.example", "must not have a user name or password")]
    [InlineData("https://evs.example/?a=b", "without query")]
    [InlineData("https://evs.example/v2", "without \"/v2\"")]
    [InlineData("https://evs.example/v2.1/3cfb09080bd944d0", "without \"/v2.1/3cfb09080bd944d0\"")]
    public void An_address_that_cannot_be_right_is_refused_with_the_reason(string text, string reason)
    {
        EndpointAddress.TryParse(text, allowVersion: false, out _, out var problem).ShouldBeFalse();

        problem!.ShouldContain(reason);
        problem.ShouldNotContain("hunter2");
    }
}
