using System.Globalization;
using EvsSimulator.Core.Errors;

namespace EvsSimulator.Http;

/// <summary>What the API gateway refuses before a service is reached; it says as little as the real one.</summary>
internal static class GatewayRefusals
{
    public static readonly Refusal UnknownApi =
        new(404, "APIGW.0101", "The API does not exist or has not been published in the environment");

    public static readonly Refusal BadSignature = new(401, "APIGW.0301", "Incorrect IAM authentication information");

    public static readonly Refusal NotAllowed = new(403, "APIGW.0302", "The IAM user is not authorized to access this API");

    public static readonly Refusal Skewed =
        new(401, "APIGW.0303", "Incorrect authentication information: the signing time is not within 15 minutes of the server's");

    public static readonly Refusal NoCredentials = new(401, "APIGW.0305", "Incorrect authentication information: no credentials");

    public static Refusal Throttled(double perSecond) => new(
        429,
        "APIGW.0308",
        string.Create(
            CultureInfo.InvariantCulture,
            $"The throttling threshold has been reached: policy user over ratelimit,limit:{perSecond:0.##},time:1 second"));
}
