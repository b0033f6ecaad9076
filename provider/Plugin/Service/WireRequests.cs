using Google.Protobuf.WellKnownTypes;
using PulumiEvs.Plugin.Grpc;
using PulumiEvs.Plugin.Values;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Values;
using Mode = PulumiEvs.Plugin.Protos.CheckRequest.Types.AutonamingOptions.Types.Mode;
using Wire = PulumiEvs.Plugin.Protos;

namespace PulumiEvs.Plugin.Service;

/// <summary>The engine's messages as the requests that resources know.</summary>
internal static class WireRequests
{
    private const string ConfigurationPrefix = "evs:config:";

    public static CheckRequest ToCheck(Wire.CheckRequest wire) => new(
        Urn.Identify(wire.Urn, wire.Type, wire.Name),
        ToMap(wire.Olds) ?? PropertyMap.Empty,
        ToMap(wire.News) ?? PropertyMap.Empty,
        wire.RandomSeed.Memory,
        wire.Autonaming is { } autonaming ? new AutonamingOptions(ToMode(autonaming.Mode), autonaming.ProposedName) : null);

    public static DiffRequest ToDiff(Wire.DiffRequest wire) => new(
        Urn.Identify(wire.Urn, wire.Type, wire.Name),
        wire.Id,
        ToMap(wire.OldInputs),
        ToMap(wire.Olds) ?? PropertyMap.Empty,
        ToMap(wire.News) ?? PropertyMap.Empty,
        [.. wire.IgnoreChanges]);

    public static CreateRequest ToCreate(Wire.CreateRequest wire) => new(
        Urn.Identify(wire.Urn, wire.Type, wire.Name), ToMap(wire.Properties) ?? PropertyMap.Empty, ToTimeout(wire.Timeout), wire.Preview);

    public static ReadRequest ToRead(Wire.ReadRequest wire) => new(
        Urn.Identify(wire.Urn, wire.Type, wire.Name), RequiredId(wire.Id), ToMap(wire.Inputs), ToMap(wire.Properties), ToTimeout(wire.Timeout));

    public static UpdateRequest ToUpdate(Wire.UpdateRequest wire) => new(
        Urn.Identify(wire.Urn, wire.Type, wire.Name),
        RequiredId(wire.Id),
        ToMap(wire.OldInputs),
        ToMap(wire.Olds) ?? PropertyMap.Empty,
        ToMap(wire.News) ?? PropertyMap.Empty,
        ToTimeout(wire.Timeout),
        wire.Preview,
        [.. wire.IgnoreChanges]);

    public static DeleteRequest ToDelete(Wire.DeleteRequest wire) => new(
        Urn.Identify(wire.Urn, wire.Type, wire.Name),
        RequiredId(wire.Id),
        ToMap(wire.OldInputs),
        ToMap(wire.Properties) ?? PropertyMap.Empty,
        ToTimeout(wire.Timeout));

    public static ListRequest ToList(Wire.ListRequest wire) => new(
        ToMap(wire.Query) ?? PropertyMap.Empty,
        wire.Limit > 0 ? wire.Limit : null,
        wire.PageSize > 0 ? wire.PageSize : null,
        wire.ContinuationToken.Length > 0 ? wire.ContinuationToken : null);

    /// <summary>As <see cref="ToCheck"/>, of the provider's own configuration.</summary>
    public static CheckRequest ToCheckConfig(Wire.CheckRequest wire)
    {
        var check = ToCheck(wire);
        return check with { NewInputs = JsonText.Open(check.NewInputs) };
    }

    /// <summary>As <see cref="ToDiff"/>, of the provider's own configuration.</summary>
    public static DiffRequest ToDiffConfig(Wire.DiffRequest wire)
    {
        var diff = ToDiff(wire);
        return diff with
        {
            OldInputs = diff.OldInputs is { } old ? JsonText.Open(old) : null,
            OldOutputs = JsonText.Open(diff.OldOutputs),
            NewInputs = JsonText.Open(diff.NewInputs),
        };
    }

    public static PropertyMap ToConfiguration(Wire.ConfigureRequest wire) => JsonText.Open(
        ToMap(wire.Args) ?? PropertyMap.From(wire.Variables.Select(variable => KeyValuePair.Create(
            variable.Key.StartsWith(ConfigurationPrefix, StringComparison.Ordinal) ? variable.Key[ConfigurationPrefix.Length..] : variable.Key,
            (PropertyValue)variable.Value))));

    public static PropertyMap? ToMap(Struct? wire) => wire is null ? null : PropertyDecoder.Decode(wire);

    /// <summary>Null for 0, which stands for "none given", and for what is no time at all.</summary>
    public static TimeSpan? ToTimeout(double seconds) => seconds switch
    {
        > 0 and < 1e11 => TimeSpan.FromSeconds(seconds),
        >= 1e11 => TimeSpan.MaxValue,
        _ => null,
    };

    /// <summary>Without an id a request to the service would be about all volumes, not about one.</summary>
    private static string RequiredId(string id) =>
        id.Length > 0 ? id : throw new GrpcStatusException(GrpcStatusCode.InvalidArgument, "the request names no resource id");

    private static AutonamingMode ToMode(Mode mode) => mode switch
    {
        Mode.Enforce => AutonamingMode.Enforce,
        Mode.Disable => AutonamingMode.Disable,
        _ => AutonamingMode.Propose,
    };
}
