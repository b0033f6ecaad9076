using EvsSimulator.Accounts;
using EvsSimulator.Core;
using EvsSimulator.Core.Errors;
using Microsoft.AspNetCore.Http;

namespace EvsSimulator.Http.Auth;

/// <summary>Finds out who makes a request, and whether that user may make it.</summary>
internal sealed class Authenticator(Cloud cloud, AccountDirectory directory, SignatureVerifier verifier)
{
    public const string TokenHeader = "X-Auth-Token";

    /// <summary>How a request says it is authenticated, whether rightly or not.</summary>
    public static string MeansOf(IHeaderDictionary headers) =>
        headers.ContainsKey(TokenHeader) ? "token" : headers.Authorization.Count > 0 ? "aksk" : "none";

    /// <summary>The maker of a request, or the gateway's or the service's refusal.</summary>
    public Outcome<Principal> Authenticate(IHeaderDictionary headers, SignedRequest request)
    {
        var now = cloud.Now;
        if (headers.TryGetValue(TokenHeader, out var values))
        {
            return directory.Token(values.ToString(), now) is { } token && directory.User(token.User) is { } owner
                ? new Principal(owner, token.ProjectId, "token")
                : Refusal.Of("Common.0013") with { Status = cloud.Settings.InvalidTokenStatus };
        }

        if (headers.Authorization.Count == 0)
        {
            return GatewayRefusals.NoCredentials;
        }

        return verifier.Verify(headers.Authorization.ToString(), request, now, out var key) switch
        {
            SignatureVerdict.Valid when directory.User(key!.User) is { } user => new Principal(user, null, "aksk"),
            SignatureVerdict.Skewed => GatewayRefusals.Skewed,
            _ => GatewayRefusals.BadSignature,
        };
    }

    /// <summary>Why the principal may not do this in this project, or null.</summary>
    public Refusal? Authorize(Principal principal, string operation, string? projectId)
    {
        if (projectId is not null
            && (!directory.Setup.Projects.Any(project => project.Id == projectId) || !principal.Reaches(projectId)))
        {
            return Refusal.Of("EVS.0001");
        }

        return principal.User.May(operation) ? null
            : principal.User.DenyCode == GatewayRefusals.NotAllowed.Code ? GatewayRefusals.NotAllowed
            : Refusal.Of(principal.User.DenyCode);
    }
}
