using System.Text;
using EvsSimulator.Accounts;
using EvsSimulator.Http.Auth;

namespace PulumiEvs.Tests.Unit.Simulator;

public sealed class SigningTests
{
    private const string Secret = "SecretKey";
    private const string ListPath = "/v1/77b6a44cba5143ab91d13ab9a8ff44fd/vpcs";
    private const string ItemPath = "/v1/77b6a44cba5143ab91d13ab9a8ff44fd/vpc/123";
    private const string ListQuery = "limit=2&marker=13551d6b-755d-4757-b956-536f674975c0";
    private const string Vendor = "service.endpoint.myhuaweicloud.com";
    private const string Region = "service.region.example.com";

    /// <summary>The published vectors: name, method, host (empty when it is not signed), path, query, date, body, signature.</summary>
    public static TheoryData<string, string, string, string, string, string, string, string> Vectors => new()
    {
        { "get with query", "GET", Vendor, "/resources", "size=1", "20200608T023900Z", "", "cfb4171acec81de07d50e53d57eb77edd537414d66ddb1d7d780f128e12cd842" },
        { "post", "POST", Vendor, "/resources", "size=1", "20200608T023900Z", """{"name":"test","id":1}""", "436b1ac0a1ae03705934bb70ef2f2e09f7bfed2117d731a38235053199323a1f" },
        { "get with two parameters", "GET", Region, ListPath, ListQuery, "20191115T033655Z", "", "fd95e7da6f695cfb4cabbb9d6b0968aec155bc576b064835282473539ae9ea1d" },
        { "post without query", "POST", Region, ItemPath, "", "20191115T033655Z", """{"key":"value"}""", "b5649aa774f6cac7437631662f08815fc65c70e40e486df6db2436ce68902771" },
        { "get, host not signed", "GET", "", "/path", "limit=1", "20060102T150405Z", "", "5a2ce64c865e0e6046321c6f3d5a77ba8413eeaf355c3166c03d58d02ac79624" },
        { "post, host not signed", "POST", "", "/path", "key=value", "20060102T150405Z", """{"Name":"test","Id":1}""" + "\n", "cecc2af119b18ab70b4d094c0750f3b42c02f254903179a0fc2cc72fc9db4f59" },
    };

    [Theory]
    [MemberData(nameof(Vectors))]
    public void A_published_vector_is_signed_alike(
        string name, string method, string host, string path, string query, string date, string body, string signature)
    {
        var request = Request(method, path, query, body, ("x-sdk-date", date), ("host", host));

        Signing.Sign(request, SignedHeaders(host), date, Secret).ShouldBe(signature, name);
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public void A_published_vector_is_accepted_within_fifteen_minutes(
        string name, string method, string host, string path, string query, string date, string body, string signature)
    {
        var authorization = $"SDK-HMAC-SHA256 Access=AccessKey, SignedHeaders={string.Join(';', SignedHeaders(host))}, Signature={signature}";
        var request = Request(method, path, query, body, ("x-sdk-date", date), ("host", host));
        var signedAt = DateTimeOffset.ParseExact(date, "yyyyMMdd'T'HHmmss'Z'", null, System.Globalization.DateTimeStyles.AssumeUniversal);

        Verify(authorization, request, signedAt).ShouldBe(SignatureVerdict.Valid, name);
        Verify(authorization, request, signedAt.AddMinutes(15)).ShouldBe(SignatureVerdict.Valid, name);
        Verify(authorization, request, signedAt.AddMinutes(-15)).ShouldBe(SignatureVerdict.Valid, name);
        Verify(authorization, request, signedAt.AddMinutes(15).AddSeconds(1)).ShouldBe(SignatureVerdict.Skewed, name);
        Verify(authorization, request, signedAt.AddMinutes(-15).AddSeconds(-1)).ShouldBe(SignatureVerdict.Skewed, name);
    }

    [Fact]
    public void The_canonical_query_is_the_published_one() =>
        Signing.CanonicalQuery("test=%E4%B8%80%20%28%26%3D%3F%21%23%25.%2a%29&path=%2Ftmp%2F123&multi=2&multi=1&multi=3&limit=1&enable=true")
            .ShouldBe("enable=true&limit=1&multi=1&multi=2&multi=3&path=%2Ftmp%2F123&test=%E4%B8%80%20%28%26%3D%3F%21%23%25.%2A%29");

    [Theory]
    [InlineData("/a/b", "/a/b/")]
    [InlineData("/a/b/", "/a/b/")]
    [InlineData("/", "/")]
    [InlineData("/a%20b/%e4%b8%80/c~d", "/a%20b/%E4%B8%80/c~d/")]
    [InlineData("/a(b)", "/a%28b%29/")]
    public void The_canonical_path_is_encoded_anew_and_ends_in_a_slash(string path, string canonical) =>
        Signing.CanonicalPath(path).ShouldBe(canonical);

    [Theory]
    [InlineData("another body", "GET", "/resources", "{}")]
    [InlineData("another method", "POST", "/resources", "")]
    [InlineData("another path", "GET", "/resource", "")]
    public void A_request_that_was_changed_after_signing_is_refused(string name, string method, string path, string body)
    {
        const string Date = "20200608T023900Z";
        var signature = Signing.Sign(Request("GET", "/resources", "", "", ("x-sdk-date", Date)), ["x-sdk-date"], Date, Secret);
        var authorization = $"SDK-HMAC-SHA256 Access=AccessKey, SignedHeaders=x-sdk-date, Signature={signature}";

        Verify(authorization, Request(method, path, "", body, ("x-sdk-date", Date)), Moment).ShouldBe(SignatureVerdict.Wrong, name);
    }

    [Theory]
    [InlineData("no such key", "Access=Other, SignedHeaders=x-sdk-date, Signature=")]
    [InlineData("date not signed", "Access=AccessKey, SignedHeaders=host, Signature=")]
    [InlineData("no headers", "Access=AccessKey, Signature=")]
    public void A_header_that_says_too_little_or_the_wrong_thing_is_refused(string name, string fields)
    {
        const string Date = "20200608T023900Z";
        var request = Request("GET", "/resources", "", "", ("x-sdk-date", Date), ("host", "h"));
        var signature = Signing.Sign(request, ["x-sdk-date"], Date, Secret);

        Verify($"SDK-HMAC-SHA256 {fields}{signature}", request, Moment).ShouldBe(SignatureVerdict.Wrong, name);
    }

    [Fact]
    public void A_temporary_key_needs_its_security_token()
    {
        const string Date = "20200608T023900Z";
        var key = new AccessKey { Access = "AccessKey", Secret = Secret, User = "u", SecurityToken = "temporary" };
        var without = Request("GET", "/resources", "", "", ("x-sdk-date", Date));
        var with = Request("GET", "/resources", "", "", ("x-sdk-date", Date), ("x-security-token", "temporary"));
        var authorization = $"SDK-HMAC-SHA256 Access=AccessKey, SignedHeaders=x-sdk-date, Signature={Signing.Sign(without, ["x-sdk-date"], Date, Secret)}";

        Verify(authorization, without, Moment, key).ShouldBe(SignatureVerdict.Wrong);
        Verify(authorization, with, Moment, key).ShouldBe(SignatureVerdict.Valid);
    }

    [Fact]
    public void An_unsigned_payload_is_not_hashed()
    {
        const string Date = "20200608T023900Z";
        (string, string)[] headers = [("x-sdk-date", Date), ("x-sdk-content-sha256", "UNSIGNED-PAYLOAD")];
        string[] signed = ["x-sdk-content-sha256", "x-sdk-date"];

        Signing.Sign(Request("POST", "/a", "", "one", headers), signed, Date, Secret)
            .ShouldBe(Signing.Sign(Request("POST", "/a", "", "two", headers), signed, Date, Secret));
    }

    private static DateTimeOffset Moment => new(2020, 6, 8, 2, 39, 0, TimeSpan.Zero);

    private static string[] SignedHeaders(string host) => host.Length == 0 ? ["x-sdk-date"] : ["host", "x-sdk-date"];

    private static SignatureVerdict Verify(string authorization, SignedRequest request, DateTimeOffset now, AccessKey? key = null)
    {
        var accounts = new AccountDirectory(new AccountSetup
        {
            AccessKeys = [key ?? new AccessKey { Access = "AccessKey", Secret = Secret, User = "u" }],
        });
        return new SignatureVerifier(accounts).Verify(authorization, request, now, out _);
    }

    private static SignedRequest Request(string method, string path, string query, string body, params (string Name, string Value)[] headers) => new(
        method,
        path,
        query,
        name => headers.FirstOrDefault(header => header.Name == name).Value,
        Encoding.UTF8.GetBytes(body));
}
