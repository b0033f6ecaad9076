using System.Collections.Immutable;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Declarations;
using PulumiEvs.Resources.Values;

namespace PulumiEvs.Resources.Checking;

/// <summary>Checks a resource's inputs against its declaration: all failures at once, nothing asked of the cloud.</summary>
internal static class InputChecker
{
    /// <summary>The inputs as they are kept: without nulls (which mean absent) and without keys of the engine's own.</summary>
    public static PropertyMap Normalize(PropertyMap inputs)
    {
        var builder = new PropertyMap.Builder(inputs.Count + 2);
        foreach (var (name, value) in inputs)
        {
            if (!TypeChecker.IsEngineKey(name))
            {
                builder.SetIfPresent(name, DropNulls(value));
            }
        }

        return builder.Build();
    }

    /// <summary>Everything wrong with <paramref name="inputs"/>, which are normalized.</summary>
    public static List<CheckFailure> Failures(
        PropertyMap inputs, ImmutableArray<PropertyDeclaration> properties, ImmutableArray<CrossRule> rules)
    {
        var failures = new List<CheckFailure>();
        TypeChecker.Check("", inputs, properties, failures);

        // A rule over several properties presumes that each is of its type: what is broken alone is reported alone.
        var broken = failures.Select(failure => PropertyPath.TopLevel(failure.Property)).ToHashSet(StringComparer.Ordinal);
        PropertyMap? bare = null;
        foreach (var rule in rules)
        {
            if (rule.Operands.Any(name => broken.Contains(name) || inputs[name].HasUnknown))
            {
                continue;
            }

            bare ??= PropertyMap.From(inputs.Select(entry => KeyValuePair.Create(entry.Key, entry.Value.Unmarked())));
            if (rule.Problem(bare) is { } failure)
            {
                failures.Add(failure);
            }
        }

        return failures;
    }

    private static PropertyValue DropNulls(PropertyValue value) => value switch
    {
        PropertyValue.Map map => new PropertyValue.Map(Clean(map.Entries)),
        PropertyValue.Secret { Value: PropertyValue.Null } => PropertyValue.Null.Instance,
        PropertyValue.Secret secret => new PropertyValue.Secret(DropNulls(secret.Value)),
        _ => value,
    };

    private static PropertyMap Clean(PropertyMap map)
    {
        var builder = new PropertyMap.Builder(map.Count);
        foreach (var (key, value) in map)
        {
            builder.SetIfPresent(key, DropNulls(value));
        }

        return builder.Build();
    }
}
