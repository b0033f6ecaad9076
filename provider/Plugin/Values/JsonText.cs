using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using PulumiEvs.Resources.Values;

namespace PulumiEvs.Plugin.Values;

/// <summary>
/// Special values inside JSON text: generated SDKs send every argument of a provider that is no string as JSON, and what is secret or
/// unknown in it stands there as on the wire (protocol B3).
/// </summary>
internal static class JsonText
{
    /// <summary>The map with every such text replaced by the value that it stands for; any other text stays as it is.</summary>
    public static PropertyMap Open(PropertyMap configuration) => PropertyMap.From(configuration.Select(entry => KeyValuePair.Create(
        entry.Key,
        entry.Value.Bare is PropertyValue.Text { Value: var text } && MayHold(text) ? Carried(entry.Value, Open(text)) : entry.Value)));

    private static bool MayHold(string text) => text.Contains(Signature.Key, StringComparison.Ordinal) || Sentinel.IsWithin(text);

    private static PropertyValue Open(string text)
    {
        try
        {
            var value = PropertyDecoder.Decode(new Struct { Fields = { ["value"] = Value.Parser.ParseJson(text) } })["value"];
            return value.HasSecret || value.HasUnknown ? value : text;
        }
        catch (Exception e) when (e is InvalidJsonException or InvalidProtocolBufferException or MalformedValueException)
        {
            // Not JSON, or broken: the check of types says so. The text may have a secret in it, so it must not be quoted there.
            return ((PropertyValue)text).AsSecret();
        }
    }

    private static PropertyValue Carried(PropertyValue from, PropertyValue to) => from.IsSecret ? to.AsSecret() : to;
}
