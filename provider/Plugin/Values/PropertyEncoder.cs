using Google.Protobuf.WellKnownTypes;
using PulumiEvs.Resources.Values;

namespace PulumiEvs.Plugin.Values;

/// <summary>Values to the wire; <see cref="PropertyDecoder"/> gives them back as they were.</summary>
internal readonly struct PropertyEncoder
{
    private readonly ValueTrail _trail = new();

    public PropertyEncoder()
    {
    }

    /// <exception cref="MalformedValueException">Values are nested too deep.</exception>
    public static Struct Encode(PropertyMap map) => new PropertyEncoder().EncodeEntries(map);

    private Struct EncodeEntries(PropertyMap map)
    {
        var wire = new Struct();
        foreach (var (key, value) in map)
        {
            _trail.Enter(key);
            if (key == Signature.Key)
            {
                throw _trail.Malformed("the name is reserved: it marks special values on the wire");
            }

            wire.Fields.Add(key, EncodeValue(value));
            _trail.Leave();
        }

        return wire;
    }

    private Value EncodeInner(PropertyValue value)
    {
        _trail.EnterWrapper();
        var wire = EncodeValue(value);
        _trail.Leave();
        return wire;
    }

    private Value EncodeValue(PropertyValue value) => value switch
    {
        PropertyValue.Null => new Value { NullValue = NullValue.NullValue },
        PropertyValue.Bool boolean => new Value { BoolValue = boolean.Value },
        PropertyValue.Number number => new Value { NumberValue = number.Value },
        PropertyValue.Text text => Text(text.Value),
        PropertyValue.List list => new Value { ListValue = EncodeItems(list) },
        PropertyValue.Map map => new Value { StructValue = EncodeEntries(map.Entries) },
        PropertyValue.Unknown unknown => Text(Sentinel.Of(unknown.Kind)),
        PropertyValue.Secret secret => Special(Signature.Secret, ("value", EncodeInner(secret.Value))),
        PropertyValue.Output output => EncodeOutput(output),
        PropertyValue.ResourceReference reference => Special(
            Signature.ResourceReference,
            ("urn", Text(reference.Urn)),
            ("id", EncodeId(reference.Id)),
            ("packageVersion", OptionalText(reference.PackageVersion)),
            ("name", OptionalText(reference.ResourceName)),
            ("type", OptionalText(reference.ResourceType))),
        PropertyValue.Asset asset => Special(
            Signature.Asset,
            ("hash", OptionalText(asset.Hash)),
            ("text", OptionalText(asset.Content)),
            ("path", OptionalText(asset.Path)),
            ("uri", OptionalText(asset.Uri))),
        PropertyValue.Archive archive => Special(
            Signature.Archive,
            ("hash", OptionalText(archive.Hash)),
            ("assets", archive.Assets is { } assets ? new Value { StructValue = EncodeAssets(assets) } : null),
            ("path", OptionalText(archive.Path)),
            ("uri", OptionalText(archive.Uri))),
        PropertyValue.ByteString bytes => Special(Signature.ByteString, ("value", Text(Convert.ToBase64String(bytes.Bytes.AsSpan())))),
        _ => throw _trail.Malformed($"a {value.GetType().Name} has no form on the wire"),
    };

    private ListValue EncodeItems(PropertyValue.List list)
    {
        var wire = new ListValue();
        foreach (var item in list.Items)
        {
            _trail.Enter(wire.Values.Count);
            wire.Values.Add(EncodeValue(item));
            _trail.Leave();
        }

        return wire;
    }

    private Value EncodeOutput(PropertyValue.Output output)
    {
        var dependencies = new ListValue();
        dependencies.Values.AddRange(output.Dependencies.Select(Text));
        return Special(
            Signature.Output,
            ("value", output.Value is { } value ? EncodeInner(value) : null),
            ("secret", output.IsMarkedSecret ? new Value { BoolValue = true } : null),
            ("dependencies", dependencies.Values.Count > 0 ? new Value { ListValue = dependencies } : null));
    }

    private Struct EncodeAssets(PropertyMap assets)
    {
        _trail.Enter("assets");
        var wire = EncodeEntries(assets);
        _trail.Leave();
        return wire;
    }

    private static Value? EncodeId(PropertyValue? id) => id switch
    {
        null => null,
        PropertyValue.Unknown { Kind: UnknownKind.Text } => Text(""),
        PropertyValue.Unknown unknown => Text(Sentinel.Of(unknown.Kind)),
        PropertyValue.Text text => Text(text.Value),
        _ => throw new ArgumentException($"A resource id cannot be {id.KindName}.", nameof(id)),
    };

    private static Value Special(string signature, params ReadOnlySpan<(string Field, Value? Value)> fields)
    {
        var wire = new Struct { Fields = { [Signature.Key] = Text(signature) } };
        foreach (var (field, value) in fields)
        {
            if (value is not null)
            {
                wire.Fields.Add(field, value);
            }
        }

        return new Value { StructValue = wire };
    }

    private static Value Text(string text) => new() { StringValue = text };

    private static Value? OptionalText(string? text) => text is null ? null : Text(text);
}
