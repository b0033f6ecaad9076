using System.Text.Json.Serialization;
using PulumiEvs.Evs.Models;

namespace PulumiEvs.Resources.Journal;

/// <summary>The process that wrote an entry. The start time tells it from a later process with the same number.</summary>
internal sealed record ProcessIdentity(int Id, DateTimeOffset Started);

/// <summary>
/// One create in flight: what a later run needs to find the disk if this run ends before its answer reaches the engine.
/// Holds no secret: what of a request is one is left out.
/// </summary>
internal sealed record JournalEntry
{
    /// <summary>The version of this format.</summary>
    public int Format { get; init; } = 1;

    public required string Urn { get; init; }

    /// <summary>Host and port of the EVS API; a disk is looked for where it was asked for.</summary>
    public required string Endpoint { get; init; }

    public required string ProjectId { get; init; }

    /// <summary>The client token of the request: sent again, it gives the same job (create disks v2.1).</summary>
    public required string ClientToken { get; init; }

    /// <summary>When the request was about to be sent, by this machine's clock.</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>The same moment by the service's clock, which this machine's may be set against; null when no answer had told it yet.</summary>
    public DateTimeOffset? ServiceTime { get; init; }

    /// <summary>The disk asked for, without what of it is secret, to look for the disk; null when its looks are secret.</summary>
    public CreateVolume? Order { get; init; }

    /// <summary>Nothing was left out of <see cref="Order"/>: the very same request can be sent again.</summary>
    public bool OrderIsWhole { get; init; } = true;

    public string? JobId { get; init; }

    public string? VolumeId { get; init; }

    /// <summary>When the answer was given to the engine; whether it has arrived, and is in a state, is not known from that.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }

    public required ProcessIdentity Owner { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(JournalEntry))]
internal sealed partial class JournalJson : JsonSerializerContext;
