using System.Collections.Frozen;
using PulumiEvs.Resources.Values;

namespace PulumiEvs.Plugin.Values;

/// <summary>The strings that stand for values not known yet (protocol B4).</summary>
internal static class Sentinel
{
    private const int Length = 36;

    private static readonly FrozenDictionary<string, PropertyValue.Unknown> ByText = new (string Text, UnknownKind Kind)[]
    {
        ("1c4a061d-8072-4f0a-a4cb-0ff528b18fe7", UnknownKind.Bool),
        ("3eeb2bf0-c639-47a8-9e75-3b44932eb421", UnknownKind.Number),
        ("04da6b54-80e4-46f7-96ec-b56ff0331ba9", UnknownKind.Text),
        ("6a19a0b0-7e62-4c92-b797-7f8e31da9cc2", UnknownKind.List),
        ("dd056dcd-154b-4c76-9bd3-c8f88648b5ff", UnknownKind.Map),
        ("030794c1-ac77-496b-92df-f27374a8bd58", UnknownKind.Asset),
        ("e48ece36-62e2-4504-bad9-02848725956a", UnknownKind.Archive),
    }.ToFrozenDictionary(entry => entry.Text, entry => new PropertyValue.Unknown(entry.Kind), StringComparer.Ordinal);

    private static readonly FrozenDictionary<UnknownKind, string> ByKind =
        ByText.ToFrozenDictionary(entry => entry.Value.Kind, entry => entry.Key);

    /// <summary>The unknown that <paramref name="text"/> stands for; null for an ordinary string.</summary>
    public static PropertyValue.Unknown? Parse(string text) =>
        text.Length == Length && ByText.TryGetValue(text, out var unknown) ? unknown : null;

    /// <summary>Whether one of the strings is somewhere in a longer text.</summary>
    public static bool IsWithin(string text) => text.Length > Length && ByText.Keys.Any(sentinel => text.Contains(sentinel, StringComparison.Ordinal));

    public static string Of(UnknownKind kind) => ByKind[kind];
}
