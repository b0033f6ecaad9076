using System.Text.Json;
using EvsSimulator.Accounts;
using EvsSimulator.Core;
using EvsSimulator.Core.Errors;

namespace EvsSimulator.Http.Routes;

/// <summary>Temporary keys: from the identity service, and from the metadata service that a server asks for its agency's.</summary>
internal static class AgencyRoutes
{
    private const string MetadataTokenHeader = "X-Metadata-Token";
    private const string LifetimeHeader = "X-Metadata-Token-Ttl-Seconds";
    private static readonly TimeSpan DefaultLifetime = TimeSpan.FromMinutes(15);

    public static IEnumerable<Route> All() =>
    [
        Route.Post("/v3.0/OS-CREDENTIAL/securitytokens", "createTemporaryKey", CreateTemporaryKey),
        Route.Get("/openstack/latest/securitykey", "getAgencyKey", GetAgencyKey) with { IsOpen = true },
        Route.Put("/meta-data/latest/api/token", "createMetadataToken", CreateMetadataToken) with { IsOpen = true },
    ];

    private static Outcome<Answer> CreateTemporaryKey(Call call)
    {
        if (call.ReadBody(out var body) is not null)
        {
            return IamRoutes.Keystone(400, "Request body is invalid.");
        }

        var user = call.Principal.User;
        var lifetime = DefaultLifetime;
        if (IamRoutes.TryFind(body, out var identity, "auth", "identity"))
        {
            if (IamRoutes.TryFind(identity, out var assumeRole, "assume_role"))
            {
                if (IamRoutes.AssumedUser(call, assumeRole) is not { } assumed)
                {
                    return IamRoutes.Keystone(404, "Could not find the agency.");
                }

                user = assumed;
                lifetime = Seconds(assumeRole) ?? lifetime;
            }
            else if (IamRoutes.TryFind(identity, out var token, "token"))
            {
                lifetime = Seconds(token) ?? lifetime;
            }
        }

        var key = Issue(call, user, lifetime);
        return Answer.Json(201, json => WriteKey(json, key));
    }

    /// <summary>The keys of the agency that the asking server runs under; there is none unless the set-up names one.</summary>
    private static Outcome<Answer> GetAgencyKey(Call call)
    {
        var setup = call.Accounts.Setup;
        if (setup.ServerAgency is not { } served || call.Accounts.User(served.User) is not { } user)
        {
            return Answer.Text(404, "no agency is bound to this server", "text/plain");
        }

        if (served.TokenRequired
            && !(call.Headers.TryGetValue(MetadataTokenHeader, out var token)
                && call.Accounts.Token(token.ToString(), call.Cloud.Now) is { User: Token.OfMetadataService }))
        {
            return Answer.Text(401, "a metadata token is required", "text/plain");
        }

        var key = Issue(call, user, TimeSpan.FromSeconds(served.LifetimeSeconds));
        return Answer.Json(200, json => WriteKey(json, key));
    }

    private static Outcome<Answer> CreateMetadataToken(Call call)
    {
        if (!call.Headers.TryGetValue(LifetimeHeader, out var text) || !int.TryParse(text, out var seconds) || seconds is < 1 or > 21600)
        {
            return Answer.Text(400, $"{LifetimeHeader} must be between 1 and 21600", "text/plain");
        }

        var now = call.Cloud.Now;
        var token = new Token { Value = NewSecret(call), User = Token.OfMetadataService, ExpiresAt = now.AddSeconds(seconds) };
        call.Accounts.Issue(token, now);
        return Answer.Text(200, token.Value, "text/plain");
    }

    private static AccessKey Issue(Call call, User user, TimeSpan lifetime)
    {
        var key = new AccessKey
        {
            Access = $"LOCALTMP{NewSecret(call)[..12].ToUpperInvariant()}",
            Secret = NewSecret(call),
            SecurityToken = NewSecret(call) + NewSecret(call),
            User = user.Name,
            ExpiresAt = call.Cloud.Now + lifetime,
        };
        call.Accounts.Issue(key, call.Cloud.Now);
        return key;
    }

    private static string NewSecret(Call call) => call.Run(world => world.Draws.Hex32());

    private static TimeSpan? Seconds(JsonElement json) =>
        new JsonInput(json).Number("duration_seconds") is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    private static void WriteKey(Utf8JsonWriter json, AccessKey key)
    {
        json.WriteStartObject();
        json.WriteStartObject("credential");
        json.WriteString("access", key.Access);
        json.WriteString("secret", key.Secret);
        json.WriteString("securitytoken", key.SecurityToken);
        json.WriteString("expires_at", JsonWriting.TokenTime(key.ExpiresAt!.Value));
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
