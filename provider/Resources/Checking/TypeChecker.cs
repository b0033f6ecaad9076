using System.Collections.Immutable;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Declarations;
using PulumiEvs.Resources.Values;

namespace PulumiEvs.Resources.Checking;

/// <summary>Holds values against their declared types and rules. Unknowns are never at fault.</summary>
internal static class TypeChecker
{
    /// <summary>Everything wrong with <paramref name="values"/>: unknown names, wrong types, broken rules, missing required ones.</summary>
    public static void Check(
        string parentPath, PropertyMap values, ImmutableArray<PropertyDeclaration> properties, List<CheckFailure> failures)
    {
        foreach (var (name, value) in values)
        {
            if (IsEngineKey(name))
            {
                continue;
            }

            var path = PropertyPath.Child(parentPath, name);
            var property = properties.FirstOrDefault(candidate => candidate.Name == name);
            if (property is not { IsInput: true })
            {
                failures.Add(new CheckFailure(path, UnknownProperty(name, property, properties)));
            }
            else
            {
                Check(path, value, property, failures);
            }
        }

        foreach (var property in properties)
        {
            if (property is { IsInput: true, Required: true } && values[property.Name].IsAbsent)
            {
                failures.Add(new CheckFailure(PropertyPath.Child(parentPath, property.Name), "is required, but is not set"));
            }
        }
    }

    /// <summary>Keys with this prefix are the engine's or a bridge's own (protocol B3): neither ours nor an error.</summary>
    public static bool IsEngineKey(string name) => name.StartsWith("__", StringComparison.Ordinal);

    private static void Check(string path, PropertyValue value, PropertyDeclaration property, List<CheckFailure> failures)
    {
        var before = failures.Count;
        CheckType(path, value, property.Type, property.Secret, failures);
        if (failures.Count > before)
        {
            return;
        }

        if (property.EntryRule is { } entryRule && value.Bare is PropertyValue.Map { Entries: var entries })
        {
            failures.AddRange(entryRule(path, HideEntries(entries, property.Secret || value.IsSecret)));
        }

        if (value.HasUnknown)
        {
            return;
        }

        foreach (var rule in property.Rules)
        {
            if (rule.Problem(value.Unmarked()) is { } problem)
            {
                failures.Add(new CheckFailure(path, problem));
            }
        }
    }

    private static void CheckType(string path, PropertyValue value, PropertyType type, bool isSecret, List<CheckFailure> failures)
    {
        var hidden = isSecret || value.HasSecret;
        var bare = value.Bare;
        switch (type, bare)
        {
            case (_, PropertyValue.Unknown):
            case (PropertyType.Any, _):
            case (PropertyType.Text, PropertyValue.Text):
            case (PropertyType.Boolean, PropertyValue.Bool):
            case (PropertyType.Number, PropertyValue.Number):
            case (PropertyType.Choice { IsOpen: true }, PropertyValue.Text):
                return;

            case (PropertyType.Integer, PropertyValue.Number { Value: var number }):
                if (Math.Floor(number) != number)
                {
                    failures.Add(new CheckFailure(path, Problem(type, value, hidden)));
                }
                else if (Math.Abs(number) > int.MaxValue)
                {
                    // An integer of the package schema has 32 bits in the SDKs.
                    failures.Add(new CheckFailure(path, "is too large a number"));
                }

                return;

            case (PropertyType.Choice { Enum: var choice }, PropertyValue.Text { Value: var text }):
                if (!choice.Values.Any(member => member.Value == text))
                {
                    var near = hidden ? null : Suggestion.For(text, choice.Values.Select(member => member.Value));
                    failures.Add(new CheckFailure(path, Problem(type, value, hidden) + (near is null ? "" : $"; did you mean {near}?")));
                }

                return;

            case (PropertyType.List { Item: var item }, PropertyValue.List { Items: var items }):
                for (var i = 0; i < items.Length; i++)
                {
                    CheckType(PropertyPath.Child(path, i), items[i], item, hidden, failures);
                }

                return;

            case (PropertyType.Map { Value: var entryType }, PropertyValue.Map { Entries: var entries }):
                foreach (var (key, entry) in entries)
                {
                    CheckType(PropertyPath.Child(path, key), entry, entryType, hidden, failures);
                }

                return;

            case (PropertyType.Object { Declaration: var declaration }, PropertyValue.Map { Entries: var entries }):
                Check(path, HideEntries(entries, hidden), declaration.Properties, failures);
                return;

            default:
                failures.Add(new CheckFailure(path, Problem(type, value, hidden)));
                return;
        }
    }

    /// <summary>The entries of a map, each marked secret when the map is.</summary>
    private static PropertyMap HideEntries(PropertyMap entries, bool isSecret) =>
        isSecret ? PropertyMap.From(entries.Select(entry => KeyValuePair.Create(entry.Key, entry.Value.AsSecret()))) : entries;

    private static string Problem(PropertyType type, PropertyValue value, bool hidden) => value.Bare switch
    {
        _ when hidden => $"must be {type.Expected}, but is {value.KindName}",
        PropertyValue.Null => $"must be {type.Expected}, but is null",
        PropertyValue.Number or PropertyValue.Bool => $"must be {type.Expected}, but is {value}",
        PropertyValue.Text when type is PropertyType.Choice => $"must be {type.Expected}, but is {value}",
        PropertyValue.Text => $"must be {type.Expected}, but is the string {value}",
        _ => $"must be {type.Expected}, but is {value.KindName}",
    };

    private static string UnknownProperty(string name, PropertyDeclaration? output, ImmutableArray<PropertyDeclaration> properties)
    {
        if (output is not null)
        {
            return "is an output: the cloud sets it, a program cannot";
        }

        var inputs = properties.Where(property => property.IsInput).Select(property => property.Name).ToArray();
        return Suggestion.For(name, inputs) is { } near
            ? $"is not a property; did you mean {near}?"
            : $"is not a property; there are: {string.Join(", ", inputs)}";
    }
}
