using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using PulumiEvs.Resources.Values;
using PulumiEvs.Tests.Unit.Plugin.Doubles;

namespace PulumiEvs.Tests.Unit.Plugin.Values;

/// <summary>Draws any values that the protocol has a form for.</summary>
internal static class PropertyValues
{
    private const int MaxFields = 4;

    public static Arbitrary<PropertyMap> Maps { get; } = Gen.Sized(size => MapOf(Math.Min(size, 5))).ToArbitrary();

    private static Gen<string> Text => Texts.Any;

    private static Gen<string?> OptionalText { get; } = Gen.OneOf(Gen.Constant<string?>(null), Text.Select(text => (string?)text));

    private static Gen<PropertyValue> Unknown { get; } =
        Gen.Elements(Enum.GetValues<UnknownKind>()).Select(kind => (PropertyValue)new PropertyValue.Unknown(kind));

    private static Gen<PropertyValue> Leaf { get; } = Gen.OneOf(
        Gen.Constant<PropertyValue>(PropertyValue.Null.Instance),
        ArbMap.Default.GeneratorFor<bool>().Select(value => (PropertyValue)value),
        ArbMap.Default.GeneratorFor<double>().Select(value => (PropertyValue)value),
        Text.Select(text => (PropertyValue)text),
        Unknown,
        ArbMap.Default.GeneratorFor<byte[]>().Select(bytes => (PropertyValue)new PropertyValue.ByteString([.. bytes])),
        from hash in OptionalText
        from content in OptionalText
        from path in OptionalText
        from uri in OptionalText
        select (PropertyValue)new PropertyValue.Asset(hash, content, path, uri),
        from urn in Text
        from id in Gen.OneOf<PropertyValue?>(Gen.Constant<PropertyValue?>(null), Unknown.Select(id => (PropertyValue?)id), Text.Where(text => text.Length > 0).Select(text => (PropertyValue?)text))
        from version in OptionalText
        from name in OptionalText
        from type in OptionalText
        select (PropertyValue)new PropertyValue.ResourceReference(urn, id, version, name, type));

    private static Gen<PropertyValue> ValueOf(int depth) => depth == 0
        ? Leaf
        : Gen.OneOf(
            Leaf,
            ListOf(ValueOf(depth - 1)).Select(items => (PropertyValue)new PropertyValue.List(items)),
            MapOf(depth - 1).Select(map => (PropertyValue)map),
            ValueOf(depth - 1).Select(value => (PropertyValue)new PropertyValue.Secret(value)),
            from value in Gen.OneOf(Gen.Constant<PropertyValue?>(null), ValueOf(depth - 1).Select(value => (PropertyValue?)value))
            from secret in ArbMap.Default.GeneratorFor<bool>()
            from dependencies in ListOf(Text)
            select (PropertyValue)new PropertyValue.Output(value, secret, dependencies),
            from hash in OptionalText
            from assets in Gen.OneOf(Gen.Constant<PropertyMap?>(null), MapOf(depth - 1).Select(map => (PropertyMap?)map))
            from path in OptionalText
            from uri in OptionalText
            select (PropertyValue)new PropertyValue.Archive(hash, assets, path, uri));

    private static Gen<PropertyMap> MapOf(int depth) =>
        ListOf(from key in Text from value in ValueOf(depth) select KeyValuePair.Create(key, value)).Select(entries => PropertyMap.From(entries));

    private static Gen<ImmutableArray<T>> ListOf<T>(Gen<T> item) =>
        Gen.Choose(0, MaxFields).SelectMany(length => item.ListOf(length)).Select(items => items.ToImmutableArray());
}
