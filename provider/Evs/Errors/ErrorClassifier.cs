using System.Globalization;

namespace PulumiEvs.Evs.Errors;

/// <summary>From an answer's status and decoded body to what kind of trouble it is and what is known about the request's effect.</summary>
internal static class ErrorClassifier
{
    public static ErrorFacts Classify(ErrorFacts request, int status, DecodedError error, TimeSpan? retryAfter = null)
    {
        var row = ErrorCodes.Find(error.Code);
        var kind = ClassOf(status, error, row, retryAfter);
        return request with
        {
            HttpStatus = status,
            Code = error.Code,
            OuterCode = error.OuterCode,
            ServiceMessage = error.Message,
            RequestId = request.RequestId ?? error.RequestId,
            Class = kind,
            Hint = row?.Hint ?? HintOf(kind, status, error, request.HostSetting),
            Knowledge = KnowledgeOf(status, kind, error.Code),
            RetryAfter = retryAfter,
            DefinitelyNotFound = IsDefinitelyNotFound(status, error, row),
        };
    }

    private static ErrorClass ClassOf(int status, DecodedError error, ErrorCode? row, TimeSpan? retryAfter)
    {
        if (status == 429 || (error.Fault == "overLimit" && retryAfter is not null))
        {
            return ErrorClass.Throttled;
        }

        if (row is not null)
        {
            return row.Class;
        }

        return status switch
        {
            401 => ErrorClass.Authentication,
            403 => ErrorClass.Permission,
            404 when IsDefinitelyNotFound(status, error, row) => ErrorClass.NotFound,
            413 when error.Fault == "overLimit" => ErrorClass.Quota,
            // A refusal without a known code from JSON of the service is at least about the request; anything else is from in between.
            >= 400 and < 500 when error.Shape is ErrorShape.Nested or ErrorShape.Fault or ErrorShape.Flat =>
                error.Code is null || IsStatusAsCode(status, error.Code) ? ErrorClass.Input : ErrorClass.Unknown,
            >= 500 => ErrorClass.Service,
            < 300 => ErrorClass.Unknown,
            _ => ErrorClass.Protocol,
        };
    }

    /// <summary>
    /// The status is not to be trusted for meaning, but for one thing: a refusal with 4xx was not acted on. Trouble inside the
    /// service is uncertain whatever its status, and so is a gateway's 5xx, except 503: then it did not pass the request on.
    /// </summary>
    private static Knowledge KnowledgeOf(int status, ErrorClass kind, string? code)
    {
        if (kind == ErrorClass.Throttled)
        {
            return Knowledge.NotActedOn;
        }

        if (ErrorCodes.IsGateway(code) && status == 503)
        {
            return Knowledge.NotActedOn;
        }

        if (status is 408 or 499 or >= 500 || kind == ErrorClass.Service)
        {
            return Knowledge.Unknown;
        }

        // An error in an answer with 2xx is a refusal as far as its code is known.
        return status >= 400 || kind is not (ErrorClass.Unknown or ErrorClass.Protocol) ? Knowledge.Refused : Knowledge.Unknown;
    }

    /// <summary>
    /// Only the service's own word counts: a gateway or proxy answers 404 too when an endpoint is wrong, and EVS itself uses 404 for
    /// a missing agency (EVS.2044, EVS.2265). Taking those for "gone" would drop disks from a state.
    /// </summary>
    private static bool IsDefinitelyNotFound(int status, DecodedError error, ErrorCode? row)
    {
        if (status != 404)
        {
            return false;
        }

        if (row is not null)
        {
            return row.Class == ErrorClass.NotFound;
        }

        return error.Fault == "itemNotFound"
            || (error.Shape == ErrorShape.Nested && IsStatusAsCode(status, error.Code));
    }

    private static bool IsStatusAsCode(int status, string? code) => code == status.ToString(CultureInfo.InvariantCulture);

    private static string? HintOf(ErrorClass kind, int status, DecodedError error, string hostSetting) => (kind, status) switch
    {
        (ErrorClass.Throttled, _) => ErrorCodes.Find("APIGW.0308")!.Hint,
        (ErrorClass.Authentication, _) => "Check the credentials and that they belong to this cloud and region.",
        (ErrorClass.Permission, _) => ErrorCodes.Find("EVS.5403")!.Hint,
        (ErrorClass.Quota, _) => ErrorCodes.Find("EVS.5413")!.Hint,
        (_, 404) when error.Shape is ErrorShape.Markup or ErrorShape.PlainText or ErrorShape.Empty or ErrorShape.OtherJson =>
            $"The answer is not from the service: check {hostSetting}, {Setting.Region} and {Setting.ApiVersions}, and any proxy in between.",
        (_, >= 300 and < 400) => $"The address points somewhere else: set {hostSetting} to the service's own.",

        // Calls that go back to Cinder say it with the status as their code.
        (ErrorClass.Input, _) when error.Message?.Contains("tenant id", StringComparison.OrdinalIgnoreCase) == true => ErrorCodes.Find("EVS.0001")!.Hint,
        (ErrorClass.Service, _) => "Try again in a few minutes; give the request id to the cloud's support if it stays.",
        _ => null,
    };
}
