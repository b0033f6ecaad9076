using Google.Protobuf.WellKnownTypes;
using PulumiEvs.Plugin.Values;

namespace PulumiEvs.Chaos.Fuzz;

/// <summary>Changes a tree of values: kinds, marks of special values, names, and how deep it is.</summary>
internal static class StructMutator
{
    private static readonly string[] Names = [Signature.Key, "value", "secret", "dependencies", "urn", "id", "assets", "hash", "text", "", "a.b", "__x"];

    private static readonly string[] Texts =
    [
        Signature.Secret, Signature.Output, Signature.ResourceReference, Signature.Asset, Signature.Archive, Signature.ByteString, "",
        "04da6b54-80e4-46f7-96ec-b56ff0331ba9", "not base64", "aGVsbG8=", "\u0000", "ä",
    ];

    public static Struct Mutate(Struct seed, Random random)
    {
        var wire = seed.Clone();
        for (var left = random.Next(0, 6); left > 0; left--)
        {
            Change(wire, random);
        }

        return wire;
    }

    private static void Change(Struct wire, Random random)
    {
        var at = wire;
        while (at.Fields.Values.Select(value => value.StructValue).Where(inner => inner is not null).ToArray() is { Length: > 0 } inner && random.Next(3) > 0)
        {
            at = inner[random.Next(inner.Length)];
        }

        var keys = at.Fields.Keys.ToArray();
        var key = keys.Length > 0 && random.Next(3) > 0 ? keys[random.Next(keys.Length)] : Names[random.Next(Names.Length)];
        if (random.Next(6) == 0)
        {
            at.Fields.Remove(key);
        }
        else
        {
            at.Fields[key] = Any(random, 0);
        }
    }

    private static Value Any(Random random, int depth) => random.Next(depth > 4 ? 6 : 10) switch
    {
        0 => Value.ForNull(),
        1 => Value.ForBool(random.Next(2) == 0),
        2 => Value.ForNumber(random.Next(4) switch { 0 => double.NaN, 1 => double.PositiveInfinity, 2 => -0.0, _ => random.Next() }),
        3 => new Value(),
        4 or 5 => Value.ForString(Texts[random.Next(Texts.Length)]),
        6 => Value.ForList([.. Enumerable.Range(0, random.Next(4)).Select(_ => Any(random, depth + 1))]),
        7 => Deep(random.Next(100, 160)),
        _ => Value.ForStruct(Tree(random, depth + 1)),
    };

    private static Struct Tree(Random random, int depth)
    {
        var wire = new Struct();
        for (var fields = random.Next(4); fields > 0; fields--)
        {
            wire.Fields[Names[random.Next(Names.Length)]] = Any(random, depth);
        }

        return wire;
    }

    private static Value Deep(int levels)
    {
        var value = Value.ForBool(true);
        for (var level = 0; level < levels; level++)
        {
            value = Value.ForList(value);
        }

        return value;
    }
}
