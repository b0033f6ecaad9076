using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
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

    /// <summary>What is made room for when no length is told, in bytes.</summary>
    private const int UntoldLength = 4 * 1024;

    /// <summary>A longer body is made room for only as it comes, in bytes: who tells a length need not keep it.</summary>
    private const int BelievedLength = 2 * 1024 * 1024;

    /// <summary>From here on, in bytes, a body's room is kept for the next one: the collector looks after pieces of that size seldom only.</summary>
    public const int LargeLength = 64 * 1024;

    /// <summary>A larger room, in bytes, is not kept: it would lie there for as long as the process does.</summary>
    public const int LargestKept = 4 * 1024 * 1024;

    /// <summary>The room of the last large body that was read out: lists are read one after the other, each about as long as the last.</summary>
    private byte[]? _spare;

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

    /// <remarks>
    /// Into one piece of the size that the service tells, where it does: a list of disks has hundreds of kilobytes, and pieces that grow
    /// with it would be copied and left as many times.
    /// </remarks>
    public async Task<ReadOnlyMemory<byte>> ReadAsync(RequestDescription request, HttpResponseMessage response, CancellationToken ct)
    {
        // One more than the body, so that its end is seen; of a large one some more still, because lists grow.
        var told = response.Content.Headers.ContentLength ?? UntoldLength;
        var length = (int)Math.Min(Math.Min(told, BelievedLength), options.LargestAnswer) + 1;
        var buffer = Room(length < LargeLength ? length : (int)BitOperations.RoundUpToPowerOf2((uint)length));
        var filled = 0;
        await using var stream = await response.Content.ReadAsStreamAsync(ct);
        int read;
        while ((read = await stream.ReadAsync(buffer.AsMemory(filled), ct)) > 0)
        {
            filled += read;
            if (filled > options.LargestAnswer)
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

            if (filled == buffer.Length)
            {
                var larger = Room((int)Math.Min(2L * buffer.Length, options.LargestAnswer + 1L));
                buffer.CopyTo(larger);
                buffer = larger;
            }
        }

        return buffer.AsMemory(0, filled);
    }

    /// <summary>The body has been read out and is not looked at any more: the next large one may come into its place.</summary>
    public void Reuse(ReadOnlyMemory<byte> body)
    {
        if (MemoryMarshal.TryGetArray(body, out var bytes) && bytes.Array is { Length: >= LargeLength and <= LargestKept } room)
        {
            Volatile.Write(ref _spare, room);
        }
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

    private byte[] Room(int length) =>
        length >= LargeLength && Interlocked.Exchange(ref _spare, null) is { } spare && spare.Length >= length ? spare : new byte[length];

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
