using PulumiEvs.Evs;
using PulumiEvs.Evs.Auth;
using PulumiEvs.Evs.Clouds;
using PulumiEvs.Evs.Http;

namespace PulumiEvs.Tests.Unit.Support;

/// <summary>The EVS room over a stub: a connection, its clock, and what was told of its exchanges.</summary>
internal sealed class TestClient : IDisposable
{
    public const string ProjectId = "3cfb09080bd944d0b4cdd72ef26857bd";
    public const string VolumeId = "591ac654-26d8-41be-bb77-4f90699d2d41";

    /// <summary>Where Huawei Cloud has its EVS in the region of the tests.</summary>
    public const string Authority = "evs.eu-test-1.myhuaweicloud.com";

    private readonly EvsConnection _connection;

    public TestClient(
        StubHttp http, string cloud = "huaweicloud", ApiVersions? versions = null, TransportOptions? options = null, ICredential? credential = null)
    {
        Http = http;
        KnownClouds.TryFind(cloud, out var row).ShouldBeTrue();
        var target = CloudTarget.Resolve(row!, "eu-test-1", versions, row!.IsLocal ? new Uri("http://127.0.0.1:1") : null)!;
        options ??= new TransportOptions();
        _connection = new EvsConnection(
            http,
            target,
            ProjectSource.Fixed(ProjectId),
            credential ?? new TokenCredential("the-secret-token", "the test"),
            options with { OnExchange = Exchanges.Add },
            Time,
            new Random(1));
    }

    public StubHttp Http { get; }

    public FakeTime Time { get; } = new();

    public List<HttpExchange> Exchanges { get; } = [];

    public EvsClient Client => _connection.Client;

    public EvsConnection Connection => _connection;

    /// <summary>Makes the call while the clock moves as it needs.</summary>
    public Task<T> RunAsync<T>(Func<EvsClient, Task<T>> call) => Time.RunAsync(() => call(Client));

    public Task RunAsync(Func<EvsClient, Task> call) => Time.RunAsync(() => call(Client));

    public void Dispose() => _connection.Dispose();
}
