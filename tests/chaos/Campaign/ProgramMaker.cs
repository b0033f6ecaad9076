using System.Collections.Immutable;
using System.Globalization;
using PulumiEvs.Harness;
using PulumiEvs.Resources.Values;

namespace PulumiEvs.Chaos.Campaign;

/// <summary>Makes programs of a few disks, and programs that follow them: changed, replaced, shrunk with consent, removed, added.</summary>
/// <param name="secret">Used as the description of some disks, marked as secret.</param>
internal sealed class ProgramMaker(Random random, string secret)
{
    private static readonly string[] Types = ["SAS", "SSD", "GPSSD"];
    private static readonly string[] Zones = ["local-1a", "local-1b"];
    private static readonly string[] TagKeys = ["team", "cost-centre", "用途"];
    private int _made;

    public ImmutableArray<Wish> First() => [.. Enumerable.Range(0, random.Next(1, 7)).Select(_ => New())];

    public ImmutableArray<Wish> Next(ImmutableArray<Wish> before)
    {
        var program = before.Where(_ => !Chance(0.15)).Select(wish => Chance(0.5) ? Changed(wish) : wish).ToList();
        if (program.Count == 0 || (program.Count < 6 && Chance(0.3)))
        {
            program.Add(New());
        }

        return [.. program];
    }

    private Wish New()
    {
        _made++;
        var inputs = PropertyMap.Of(
            ("availabilityZone", Pick(Zones)), ("volumeType", Pick(Types)), ("size", random.Next(10, 100))).ToBuilder();
        if (Chance(0.6))
        {
            inputs.Set("name", Chance(0.4) ? "same" : string.Create(CultureInfo.InvariantCulture, $"named-{_made}"));
        }

        if (Chance(0.4))
        {
            inputs.Set("tags", Tags());
        }

        if (Chance(0.3))
        {
            inputs.Set("description", Description());
        }

        if (Chance(0.15))
        {
            inputs.Set("multiattach", true);
        }

        if (Chance(0.15))
        {
            inputs.Set("deviceType", "SCSI");
        }

        return new Wish(string.Create(CultureInfo.InvariantCulture, $"disk-{_made}"), inputs.Build());
    }

    private Wish Changed(Wish wish)
    {
        var inputs = wish.Inputs;
        var size = (int)((PropertyValue.Number)inputs["size"]).Value;
        inputs = random.Next(9) switch
        {
            0 or 1 => inputs.With("size", size + random.Next(1, 50)),
            2 when size > 10 => inputs.With("size", random.Next(10, size)).With("onShrink", "replace"),
            3 => inputs.With("volumeType", Pick(Types)),
            4 => inputs.With("name", string.Create(CultureInfo.InvariantCulture, $"renamed-{random.Next(100)}")),
            5 => inputs.With("tags", Tags()),
            6 => inputs.With("description", Description()),
            7 => inputs.With("multiattach", !inputs["multiattach"].Equals(PropertyValue.Bool.True)),
            _ => inputs.With("availabilityZone", Pick(Zones)),
        };
        return wish with { Inputs = inputs };
    }

    private PropertyValue Description() =>
        Chance(0.3) ? ((PropertyValue)secret).AsSecret() : string.Create(CultureInfo.InvariantCulture, $"text {random.Next(100)}");

    private PropertyValue Tags() => PropertyMap.From(
        TagKeys.Where(_ => Chance(0.5)).Select(key => KeyValuePair.Create(key, (PropertyValue)string.Create(CultureInfo.InvariantCulture, $"v{random.Next(5)}"))));

    private string Pick(string[] choices) => choices[random.Next(choices.Length)];

    private bool Chance(double probability) => random.NextDouble() < probability;
}
