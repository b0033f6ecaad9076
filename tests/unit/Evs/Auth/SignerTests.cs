using System.Text;
using PulumiEvs.Evs.Auth;

namespace PulumiEvs.Tests.Unit.Evs.Auth;

/// <summary>The published vectors of the official SDKs for SDK-HMAC-SHA256; their keys are AccessKey and SecretKey.</summary>
public sealed class SignerTests
{
    private static readonly AccessKey Key = new("AccessKey", "SecretKey");

    public static TheoryData<string, string, string, string, string, string, string> Vectors => new()
    {
        {
            "Python, GET with an ignored header", "GET", "https://service.endpoint.myhuaweicloud.com/resources?size=1", "20200608T023900Z", "",
            "host;x-sdk-date", "cfb4171acec81de07d50e53d57eb77edd537414d66ddb1d7d780f128e12cd842"
        },
        {
            "Python, POST", "POST", "https://service.endpoint.myhuaweicloud.com/resources?size=1", "20200608T023900Z", """{"name":"test","id":1}""",
            "host;x-sdk-date", "436b1ac0a1ae03705934bb70ef2f2e09f7bfed2117d731a38235053199323a1f"
        },
        {
            "C#, GET", "GET",
            "https://service.region.example.com/v1/77b6a44cba5143ab91d13ab9a8ff44fd/vpcs?limit=2&marker=13551d6b-755d-4757-b956-536f674975c0",
            "20191115T033655Z", "", "host;x-sdk-date", "fd95e7da6f695cfb4cabbb9d6b0968aec155bc576b064835282473539ae9ea1d"
        },
        {
            "C#, POST", "POST", "https://service.region.example.com/v1/77b6a44cba5143ab91d13ab9a8ff44fd/vpc/123", "20191115T033655Z",
            """{"key":"value"}""", "host;x-sdk-date", "b5649aa774f6cac7437631662f08815fc65c70e40e486df6db2436ce68902771"
        },
        {
            "Go, GET without host", "GET", "https://example.huaweicloud.com/path?limit=1", "20060102T150405Z", "",
            "x-sdk-date", "5a2ce64c865e0e6046321c6f3d5a77ba8413eeaf355c3166c03d58d02ac79624"
        },
        {
            "Go, POST without host", "POST", "https://example.huaweicloud.com/path?key=value", "20060102T150405Z", "{\"Name\":\"test\",\"Id\":1}\n",
            "x-sdk-date", "cecc2af119b18ab70b4d094c0750f3b42c02f254903179a0fc2cc72fc9db4f59"
        },
    };

    [Theory]
    [MemberData(nameof(Vectors))]
    public void A_signature_agrees_with_the_published_one(
        string name, string method, string address, string date, string body, string signedHeaders, string signature)
    {
        var uri = new Uri(address);
        var headers = new List<KeyValuePair<string, string>>
        {
            new(Signer.DateHeader, date),
            new("TEST_UNDERSCORE", "TEST_VALUE"),
            new("Content-Type", "application/json"),
        };
        if (signedHeaders.StartsWith("host", StringComparison.Ordinal))
        {
            headers.Add(new("Host", uri.Host));
        }

        var authorization = Signer.Authorization(new SigningRequest(method, uri, headers, Encoding.UTF8.GetBytes(body)), Key, date);

        authorization.ShouldBe($"SDK-HMAC-SHA256 Access=AccessKey, SignedHeaders={signedHeaders}, Signature={signature}", name);
    }

    [Fact]
    public void The_query_is_sorted_and_encoded_as_the_sdks_do()
    {
        var uri = new Uri("https://host/p?path=%2Ftmp%2F123&multi=3&multi=1&multi=2&limit=1&enable=true&test=%E4%B8%80%20%28%26%3D%3F%21%23%25.%2A%29");

        var (_, text) = Signer.CanonicalRequest(new SigningRequest("GET", uri, [], default));

        text.Split('\n')[2].ShouldBe("enable=true&limit=1&multi=1&multi=2&multi=3&path=%2Ftmp%2F123&test=%E4%B8%80%20%28%26%3D%3F%21%23%25.%2A%29");
    }

    [Theory]
    [InlineData("https://h/v2/p/volumes", "/v2/p/volumes/")]
    [InlineData("https://h/v2/p/volumes/", "/v2/p/volumes/")]
    [InlineData("https://h", "/")]
    [InlineData("https://h/a%20b/c%2Fd/~x*", "/a%20b/c%2Fd/~x%2A/")]
    public void The_path_ends_in_a_slash_and_is_encoded_part_by_part(string address, string canonical)
    {
        var (_, text) = Signer.CanonicalRequest(new SigningRequest("GET", new Uri(address), [], default));

        text.Split('\n')[1].ShouldBe(canonical);
    }

    [Fact]
    public async Task A_credential_adds_date_token_and_signature_and_signs_the_port_of_an_unusual_address()
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, "http://127.0.0.1:8080/v1/p/jobs/1");
        message.Headers.Add("X-Project-Id", "p");
        var key = new AccessKey("AK", "SK-secret", "security-token");
        var time = new Support.FakeTime(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)));
        var credential = new AccessKeyCredential(key, time, "the test");

        await credential.AuthorizeAsync(message, default, CancellationToken.None);

        message.Headers.GetValues("X-Sdk-Date").ShouldBe(["20260102T010405Z"]);
        message.Headers.GetValues("X-Security-Token").ShouldBe(["security-token"]);
        var expected = Signer.Authorization(
            new SigningRequest(
                "GET",
                message.RequestUri!,
                [new("X-Project-Id", "p"), new("X-Sdk-Date", "20260102T010405Z"), new("X-Security-Token", "security-token"), new("Host", "127.0.0.1:8080")],
                default),
            key,
            "20260102T010405Z");
        message.Headers.GetValues("Authorization").ShouldBe([expected]);
        expected.ShouldContain("SignedHeaders=host;x-project-id;x-sdk-date;x-security-token,");
        credential.Secrets.ShouldBe(["AK", "SK-secret", "security-token"]);
        credential.Description.ShouldBe("temporary access key … from the test");
        key.ToString().ShouldNotContain("SK-secret");
    }
}
