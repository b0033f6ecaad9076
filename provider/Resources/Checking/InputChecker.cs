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
    /// <param name="oldInputs">
    /// The inputs of a resource that is there; null or empty for a new one. It breaks no rule by staying what it is: values that do not
    /// change are not held against the rules (the service may know more than they do, or have other limits for this account).
    /// </param>
    public static List<CheckFailure> Failures(
        PropertyMap inputs, ImmutableArray<PropertyDeclaration> properties, ImmutableArray<CrossRule> rules, PropertyMap? oldInputs = null)
    {
        var failures = new List<CheckFailure>();
        TypeChecker.Check("", inputs, properties, failures);

        // A rule over several properties presumes that each is of its type: what is broken alone is reported alone.
        var broken = failures.Select(failure => PropertyPath.TopLevel(failure.Property)).ToHashSet(StringComparer.Ordinal);
        oldInputs ??= PropertyMap.Empty;
        if (oldInputs.Count > 0)
        {
            failures.RemoveAll(failure =>
                PropertyPath.TopLevel(failure.Property) is var name
                && properties.Any(property => property.IsInput && property.Name == name)
                && IsUnchanged(name, inputs, oldInputs));
        }

        foreach (var rule in rules)
        {
            var isSkipped = rule.Operands.Any(name => broken.Contains(name) || inputs[name].HasUnknown)
                || (oldInputs.Count > 0 && rule.Operands.All(name => IsUnchanged(name, inputs, oldInputs)));
            if (!isSkipped && rule.Problem(Bare(inputs, rule.Operands)) is { } failure)
            {
                // What a rule says may hold the values of its operands.
                failures.Add(rule.Operands.Any(name => inputs[name].HasSecret) ? failure with { Reason = $"breaks the rule: {rule.Statement}" } : failure);
            }
        }

        return failures;
    }

    private static bool IsUnchanged(string name, PropertyMap inputs, PropertyMap oldInputs) =>
        inputs[name].Unmarked().Equals(oldInputs[name].Unmarked());

    private static PropertyMap Bare(PropertyMap inputs, ImmutableArray<string> names) =>
        PropertyMap.From(names.Select(name => KeyValuePair.Create(name, inputs[name].Unmarked()))).WithoutNulls();

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
