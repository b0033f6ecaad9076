using System.Globalization;
using System.Net.Http.Headers;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.AspNetCore.Http;
using Status = PulumiEvs.Plugin.Protos.Status;

namespace PulumiEvs.Plugin.Grpc;

/// <summary>How a call ended, as the trailers of its answer say it.</summary>
internal static class GrpcTrailers
{
    public const string StatusName = "grpc-status";
    public const string MessageName = "grpc-message";
    public const string DetailsName = "grpc-status-details-bin";

    /// <summary>Ends the answer with <paramref name="failure"/>, or with OK when there is none.</summary>
    public static void Write(IHeaderDictionary trailers, GrpcStatusException? failure)
    {
        if (failure is null)
        {
            trailers.Append(StatusName, "0");
            return;
        }

        trailers.Append(StatusName, ((int)failure.Code).ToString(CultureInfo.InvariantCulture));
        if (failure.Message.Length > 0)
        {
            trailers.Append(MessageName, GrpcMessageEncoding.Encode(failure.Message));
        }

        if (failure.Details.Count > 0)
        {
            var status = new Status { Code = (int)failure.Code, Message = failure.Message, Details = { failure.Details } };
            trailers.Append(DetailsName, Convert.ToBase64String(status.ToByteArray()));
        }
    }

    /// <summary>
    /// The failure that an answer reports; null = OK. <paramref name="headers"/> are looked at when there are no
    /// trailers: an answer without any message may carry its status there.
    /// </summary>
    public static GrpcStatusException? Read(HttpResponseHeaders trailers, HttpResponseHeaders headers)
    {
        var source = trailers.Contains(StatusName) ? trailers : headers;
        if (First(source, StatusName) is not { } statusText)
        {
            return new GrpcStatusException(GrpcStatusCode.Internal, "the answer ended without a grpc-status");
        }

        if (!int.TryParse(statusText, NumberStyles.None, CultureInfo.InvariantCulture, out var code))
        {
            return new GrpcStatusException(GrpcStatusCode.Unknown, $"the answer has grpc-status \"{statusText}\", which is no number");
        }

        if (code == (int)GrpcStatusCode.Ok)
        {
            return null;
        }

        // Codes that nobody knows are UNKNOWN, as the gRPC specification asks.
        var known = code is >= (int)GrpcStatusCode.Cancelled and <= (int)GrpcStatusCode.Unauthenticated;
        return new GrpcStatusException(
            known ? (GrpcStatusCode)code : GrpcStatusCode.Unknown,
            GrpcMessageEncoding.Decode(First(source, MessageName) ?? ""),
            First(source, DetailsName) is { } encoded ? DecodeDetails(encoded) : []);
    }

    private static string? First(HttpResponseHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;

    private static Any[] DecodeDetails(string encoded)
    {
        // Senders may leave the padding off.
        var padded = encoded + ((encoded.Length % 4) switch { 2 => "==", 3 => "=", _ => "" });
        try
        {
            return [.. Status.Parser.ParseFrom(Convert.FromBase64String(padded)).Details];
        }
        catch (Exception malformed) when (malformed is FormatException or InvalidProtocolBufferException)
        {
            throw new GrpcStatusException(GrpcStatusCode.Internal, $"the answer's {DetailsName} is malformed: {malformed.Message}", malformed);
        }
    }
}
