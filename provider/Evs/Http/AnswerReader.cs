using System.Globalization;
using PulumiEvs.Evs.Auth;
using PulumiEvs.Evs.Errors;

namespace PulumiEvs.Evs.Http;

/// <summary>Reads an answer whole, within bounds, and judges what it is.</summary>
/// <param name="options">Has the bounds.</param>
/// <param name="credential">Its secrets are kept out of every text.</param>
/// <param name="time">For dates in answers, compared with this machine's.</param>
internal sealed class AnswerReader(TransportOptions options, ICredential credential, TimeProvider time)
{
    private static readonly string[] RequestIdHeaders = ["X-Request-Id", "X-Openstack-Request-Id", "X-Compute-Request-Id", "X-IAM-Trace-Id"];


    public static string? RequestId(HttpResponseMessage response)
    {
        foreach (var name in RequestIdHeaders)
        {
            if (response.Headers.TryGetValues(name, out var values) && values.FirstOrDefault() is { Length: > 0 } id)
            {
                return id;
            }
        }

        return null;
    }

    public async Task<ReadOnlyMemory<byte>> ReadAsync(RequestDescription request, HttpResponseMessage response, CancellationToken ct)
    {
        using var buffer = new MemoryStream();
        await using var stream = await response.Content.ReadAsStreamAsync(ct);
        var chunk = new byte[16 * 1024];
        int read;
        while ((read = await stream.ReadAsync(chunk, ct)) > 0)
        {
            if (buffer.Length + read > options.LargestAnswer)
            {
                throw new EvsException(request.ToFacts() with
                {
                    HttpStatus = (int)response.StatusCode,
                    RequestId = RequestId(response),
                    ServiceMessage = $"the answer is larger than {options.LargestAnswer / (1024 * 1024)} MiB",
                    Class = ErrorClass.Protocol,
                    Knowledge = Knowledge.Unknown,
                });
            }

            buffer.Write(chunk, 0, read);
        }

        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }

    public Attempt Judge(RequestDescription request, HttpResponseMessage response, ReadOnlyMemory<byte> body, string? requestId)
    {
        var status = (int)response.StatusCode;
        var success = response.IsSuccessStatusCode || status == request.AlsoSuccess;
        if (success && !ErrorDecoder.IsErrorAlone(body.Span))
        {
            var headers = response.Headers.ToDictionary(header => header.Key, header => header.Value.FirstOrDefault(), StringComparer.OrdinalIgnoreCase);
            return new Attempt(
                new HttpAnswer { Status = status, Body = body, RequestId = requestId, Header = name => headers.GetValueOrDefault(name) }, null, null);
        }

        var error = ErrorDecoder.Decode(body.Span);
        var facts = ErrorClassifier.Classify(request.ToFacts() with { RequestId = requestId }, status, error, RetryAfter(response));
        facts = facts with { ServiceMessage = facts.ServiceMessage is { } text ? Redactor.Text(text, credential.Secrets) : null };
        return new Attempt(null, facts.Class is ErrorClass.Authentication or ErrorClass.Permission ? WithMaker(WithSkew(facts, response)) : facts, null);
    }

    /// <summary>Of several credentials that may lie around, which one it was that did not do.</summary>
    private ErrorFacts WithMaker(ErrorFacts facts) => credential.Description is { } maker
        ? facts with { Hint = string.Join(' ', new[] { facts.Hint, ErrorCodes.IsVague(facts) ? credential.Remedy : null, $"The request was made with {maker}." }.OfType<string>()) }
        : facts;

    /// <summary>A wrong clock is the usual reason for a refused signature, and the answer itself tells the right time.</summary>
    private ErrorFacts WithSkew(ErrorFacts facts, HttpResponseMessage response)
    {
        if (facts.Class != ErrorClass.Authentication || response.Headers.Date is not { } theirs || (time.GetUtcNow() - theirs).Duration() < TimeSpan.FromMinutes(5))
        {
            return facts;
        }

        var ours = time.GetUtcNow() - theirs;
        return facts with
        {
            Hint = string.Create(
                CultureInfo.InvariantCulture,
                $"{facts.Hint} The clock of this machine is {ours.Duration().TotalMinutes:0} minutes {(ours > TimeSpan.Zero ? "ahead of" : "behind")} that of the service.").TrimStart(),
        };
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => TimeSpan.FromTicks(Math.Max(0, (date - (response.Headers.Date ?? time.GetUtcNow())).Ticks)),
        _ => null,
    };
}
