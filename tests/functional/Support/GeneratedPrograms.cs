using PulumiEvs.Harness;
using PulumiEvs.Resources.Values;

namespace PulumiEvs.Tests.Functional.Support;

/// <summary>Programs for one volume, each with the changes that follow it: drawn from a seed, growing with their number.</summary>
internal sealed class GeneratedPrograms(int seed)
{
    private static readonly string[] Types = ["SATA", "SAS", "GPSSD", "SSD", "ESSD"];
    private static readonly string[] Keys = ["env", "owner", "cost-centre", "Team_1", "x", "标签"];
    private static readonly string[] Texts = ["", "one", "zwei", "trois-3", "a.b", "1"];

    /// <summary>The inputs to begin with, and those after each change.</summary>
    public IReadOnlyList<PropertyMap> Program(int number)
    {
        var random = new Random(HashCode.Combine(seed, number));
        var inputs = First(random, number);
        var steps = new List<PropertyMap> { inputs };
        for (var change = 0; change < 1 + (number / 6); change++)
        {
            inputs = Change(random, inputs);
            steps.Add(inputs);
        }

        return steps;
    }

    private static PropertyMap First(Random random, int number)
    {
        var inputs = new PropertyMap.Builder()
            .Set("availabilityZone", SimulatorProcess.Zone)
            .Set("volumeType", Types[random.Next(Types.Length)])
            .Set("size", random.Next(10, 200));
        if (number >= 3)
        {
            Maybe(random, () => inputs.Set("name", $"disk {number}"));
            Maybe(random, () => inputs.Set("description", $"Größe und 名字 {number}"));
        }

        if (number >= 6)
        {
            Maybe(random, () => inputs.Set("tags", TagsOf(random)));
            Maybe(random, () => inputs.Set("multiattach", random.Next(2) == 0));
        }

        if (number >= 10)
        {
            Maybe(random, () => inputs.Set("deviceType", random.Next(2) == 0 ? "SCSI" : "VBD"));
            Maybe(random, () => inputs.Set("kmsKeyId", "37b0d52e-c249-40d6-83cb-2b93f22445bd"));
            Maybe(random, () => inputs.Set("deleteSnapshots", random.Next(2) == 0));
            Maybe(random, () => inputs.Set("enterpriseProjectId", "0"));
        }

        if (number >= 15 && random.Next(3) == 0)
        {
            inputs.Set("volumeType", "GPSSD2").Set("iops", 3000 + (100 * random.Next(10))).Set("throughput", 125 + random.Next(100));
        }

        if (number >= 20)
        {
            Maybe(random, () => inputs.Set("description", ((PropertyValue)$"secret {number}").AsSecret()));
        }

        return inputs.Build();
    }

    private static PropertyMap Change(Random random, PropertyMap inputs)
    {
        switch (random.Next(7))
        {
            case 0:
                return inputs.With("description", Texts[random.Next(1, Texts.Length)]);
            case 1:
                return inputs.Without("description");
            case 2:
                return inputs.With("tags", TagsOf(random));
            case 3:
                return inputs.Without("tags");
            case 4 when inputs["iops"].IsAbsent:
                return inputs.With("volumeType", Types[random.Next(Types.Length)]);
            case 5:
                return inputs.With("multiattach", random.Next(2) == 0);
            default:
                return inputs.With("size", ((PropertyValue.Number)inputs["size"]).Value + random.Next(1, 50));
        }
    }

    private static PropertyValue TagsOf(Random random)
    {
        var tags = new PropertyMap.Builder();
        foreach (var key in Keys.OrderBy(_ => random.Next()).Take(random.Next(0, Keys.Length)))
        {
            tags.Set(key, Texts[random.Next(Texts.Length)]);
        }

        return tags.Build();
    }

    private static void Maybe(Random random, Action action)
    {
        if (random.Next(2) == 0)
        {
            action();
        }
    }
}
