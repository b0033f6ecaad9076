using System.Text;
using PulumiEvs.Evs.Errors;
using PulumiEvs.Evs.Http;

namespace PulumiEvs.Evs.Auth;

/// <summary>
/// The temporary access key of a server's agency, from the metadata service that every server finds at the same address. Asks for a
/// session first, which newer servers require, and goes on without where there is none to be had.
/// </summary>
/// <param name="transport">Without credential, with a short time-out.</param>
/// <param name="endpoint">The metadata service's address.</param>
/// <param name="time">For the lifetime of keys.</param>
internal sealed class MetadataClient(EvsTransport transport, Uri endpoint, TimeProvider time)
{
    public static readonly Uri Address = new("http://169.254.169.254");

    private const string Operation = "getting the temporary key of this server's agency";

    public async Task<Lease> GetKeyAsync(CancellationToken ct)
    {
        var session = await SessionAsync(ct);
        var request = Describe(HttpMethod.Get, "/openstack/latest/securitykey") with
        {
            Headers = session is null ? [] : [new("X-Metadata-Token", session)],
        };
        try
        {
            var key = (await transport.SendAsync(request, IamJson.Default.SecurityKeyResponse, ct)).Credential;
            return new Lease
            {
                Key = new AccessKey(key.Access, key.Secret, key.SecurityToken),
                Lifetime = Lease.LifetimeOf(key.ExpiresAt, time.GetUtcNow()),
            };
        }
        catch (EvsException e) when (e.HttpStatus is not null)
        {
            throw e.With(facts => facts with { Hint = "Give this server an agency for ECS with permissions for EVS, or set other credentials." });
        }
    }

    private async Task<string?> SessionAsync(CancellationToken ct)
    {
        var request = Describe(HttpMethod.Put, "/meta-data/latest/api/token") with { Headers = [new("X-Metadata-Token-Ttl-Seconds", "21600")] };
        try
        {
            var answer = await transport.SendAsync(request, ct);
            var token = Encoding.UTF8.GetString(answer.Body.Span).Trim();
            return token.Length > 0 ? token : null;
        }
        catch (EvsException e) when (e.HttpStatus is not null)
        {
            // A server that knows no sessions answers without one.
            return null;
        }
    }

    private RequestDescription Describe(HttpMethod method, string path) => new()
    {
        Operation = Operation,
        Method = method,
        Endpoint = endpoint,
        Path = path,
        Idempotency = Idempotency.Read,
        HideBodies = true,
    };
}
