using System.Collections.Immutable;
using Google.Protobuf.WellKnownTypes;
using PulumiEvs.Resources.Values;

namespace PulumiEvs.Plugin.Values;

/// <summary>Values from the wire. Null stays null: what it means is for the reader of the map to say.</summary>
internal readonly struct PropertyDecoder
{
    private readonly ValueTrail _trail = new();

    public PropertyDecoder()
    {
    }

    /// <exception cref="MalformedValueException">A value is marked as special and is not, or is nested too deep.</exception>
    public static PropertyMap Decode(Struct wire) => wire.Fields.Count == 0 ? PropertyMap.Empty : new PropertyDecoder().DecodeEntries(wire);

    private PropertyMap DecodeEntries(Struct wire)
    {
        var entries = new PropertyMap.Builder(wire.Fields.Count);
        foreach (var (key, value) in wire.Fields)
        {
            _trail.Enter(key);
            entries.Set(key, DecodeValue(value));
            _trail.Leave();
        }

        return entries.Build();
    }

    private PropertyValue DecodeValue(Value wire)
    {
        switch (wire.KindCase)
        {
            case Value.KindOneofCase.NullValue:
                return PropertyValue.Null.Instance;
            case Value.KindOneofCase.BoolValue:
                return wire.BoolValue;
            case Value.KindOneofCase.NumberValue:
                return wire.NumberValue;
            case Value.KindOneofCase.StringValue:
                return Sentinel.Parse(wire.StringValue) ?? (PropertyValue)wire.StringValue;
            case Value.KindOneofCase.ListValue:
                return new PropertyValue.List(DecodeItems(wire.ListValue));
            case Value.KindOneofCase.StructValue:
                return DecodeStruct(wire.StructValue);
            case Value.KindOneofCase.None:
            default:
                throw _trail.Malformed("the value is of no kind");
        }
    }

    private ImmutableArray<PropertyValue> DecodeItems(ListValue wire)
    {
        var items = ImmutableArray.CreateBuilder<PropertyValue>(wire.Values.Count);
        foreach (var item in wire.Values)
        {
            _trail.Enter(items.Count);
            items.Add(DecodeValue(item));
            _trail.Leave();
        }

        return items.MoveToImmutable();
    }

    private PropertyValue DecodeStruct(Struct wire)
    {
        if (!wire.Fields.TryGetValue(Signature.Key, out var signature))
        {
            return DecodeEntries(wire);
        }

        return signature.StringValue switch
        {
            Signature.Secret => new PropertyValue.Secret(DecodeInner(Required(wire, "value"))),
            Signature.Output => DecodeOutput(wire),
            Signature.ResourceReference => DecodeResourceReference(wire),
            Signature.Asset => new PropertyValue.Asset(
                OptionalText(wire, "hash"), OptionalText(wire, "text"), OptionalText(wire, "path"), OptionalText(wire, "uri")),
            Signature.Archive => new PropertyValue.Archive(
                OptionalText(wire, "hash"), DecodeAssets(wire), OptionalText(wire, "path"), OptionalText(wire, "uri")),
            Signature.ByteString => new PropertyValue.ByteString(DecodeBase64(wire)),
            _ => throw _trail.Malformed($"the object is marked as a special value ({Signature.Key}) of an unknown kind"),
        };
    }

    private PropertyValue DecodeInner(Value wire)
    {
        _trail.EnterWrapper();
        var value = DecodeValue(wire);
        _trail.Leave();
        return value;
    }

    private PropertyValue.Output DecodeOutput(Struct wire)
    {
        var value = wire.Fields.TryGetValue("value", out var known) ? DecodeInner(known) : null;
        var secret = Optional(wire, "secret", Value.KindOneofCase.BoolValue)?.BoolValue ?? false;
        var dependencies = ImmutableArray.CreateBuilder<string>();
        foreach (var urn in Optional(wire, "dependencies", Value.KindOneofCase.ListValue)?.ListValue.Values ?? [])
        {
            dependencies.Add(
                urn.KindCase == Value.KindOneofCase.StringValue ? urn.StringValue : throw _trail.Malformed("an output's dependency is no string"));
        }

        return new PropertyValue.Output(value, secret, dependencies.DrainToImmutable());
    }

    private PropertyValue.ResourceReference DecodeResourceReference(Struct wire)
    {
        // The empty id is the protocol's word for one that is not known yet.
        PropertyValue? id = OptionalText(wire, "id") switch
        {
            null => null,
            "" => PropertyValue.Unknown.Plain,
            var text => Sentinel.Parse(text) ?? (PropertyValue)text,
        };
        return new PropertyValue.ResourceReference(
            RequiredText(wire, "urn"), id, OptionalText(wire, "packageVersion"), OptionalText(wire, "name"), OptionalText(wire, "type"));
    }

    private PropertyMap? DecodeAssets(Struct wire)
    {
        if (Optional(wire, "assets", Value.KindOneofCase.StructValue) is not { } assets)
        {
            return null;
        }

        _trail.Enter("assets");
        var entries = DecodeEntries(assets.StructValue);
        _trail.Leave();
        return entries;
    }

    private ImmutableArray<byte> DecodeBase64(Struct wire)
    {
        try
        {
            return [.. Convert.FromBase64String(RequiredText(wire, "value"))];
        }
        catch (FormatException malformed)
        {
            throw _trail.Malformed("the byte string is not base64", malformed);
        }
    }

    private Value Required(Struct wire, string field) =>
        wire.Fields.TryGetValue(field, out var value) ? value : throw _trail.Malformed($"the special value has no field \"{field}\"");

    private string RequiredText(Struct wire, string field) =>
        OptionalText(wire, field) ?? throw _trail.Malformed($"the special value has no field \"{field}\"");

    private string? OptionalText(Struct wire, string field) => Optional(wire, field, Value.KindOneofCase.StringValue)?.StringValue;

    private Value? Optional(Struct wire, string field, Value.KindOneofCase kind)
    {
        if (!wire.Fields.TryGetValue(field, out var value) || value.KindCase == Value.KindOneofCase.NullValue)
        {
            return null;
        }

        return value.KindCase == kind
            ? value
            : throw _trail.Malformed($"field \"{field}\" of the special value is a {value.KindCase}, not a {kind}");
    }
}
