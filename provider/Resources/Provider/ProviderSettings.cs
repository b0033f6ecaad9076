using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Values;

namespace PulumiEvs.Resources.Provider;

/// <summary>
/// The configuration as it holds: what the program or stack gave, else what the environment gives. What came from the
/// environment stays in here and never reaches the state.
/// </summary>
internal sealed class ProviderSettings(PropertyMap configuration, Func<string, string?> environment)
{
    /// <summary>The default tags; each is secret where they all are, because they end in the state of every disk.</summary>
    public PropertyMap DefaultTags => configuration[ProviderDeclaration.DefaultTags] switch
    {
        { Bare: PropertyValue.Map { Entries: var tags }, IsSecret: true } => PropertyMap.From(tags.Select(tag => KeyValuePair.Create(tag.Key, tag.Value.AsSecret()))),
        { Bare: PropertyValue.Map { Entries: var tags } } => tags,
        _ => PropertyMap.Empty,
    };

    /// <summary>The enterprise project of resources that name none, with its secret mark; null when there is none.</summary>
    public PropertyValue? EnterpriseProjectId => Given(ProviderDeclaration.EnterpriseProjectId) is { } given
        ? SecretMarks.Carry(configuration[ProviderDeclaration.EnterpriseProjectId], given)
        : null;

    /// <summary>A text, or null when neither source has it (or only a preview's unknown).</summary>
    public string? Text(string name)
    {
        if (configuration[name].Bare is PropertyValue.Text { Value: { Length: > 0 } given })
        {
            return given;
        }

        var declaration = ProviderDeclaration.Properties.First(property => property.Name == name);
        return configuration[name].IsAbsent ? FromEnvironment(declaration) : null;
    }

    /// <summary>A map of texts; empty when nothing gives it.</summary>
    public IReadOnlyDictionary<string, string> Map(string name) =>
        configuration[name].IsUnknown ? new Dictionary<string, string>() : InputReader.Map(configuration[name]);

    /// <summary>A whole number; the declared default when nothing gives it.</summary>
    public int Int(string name) => (int)((PropertyValue.Number)Effective(name)).Value;

    /// <summary>A boolean; the declared default when nothing gives it.</summary>
    public bool Bool(string name) => ((PropertyValue.Bool)Effective(name)).Value;

    /// <summary>One of a closed set of texts; the declared default when nothing gives it.</summary>
    public string Choice(string name) => ((PropertyValue.Text)Effective(name)).Value;

    private PropertyValue Effective(string name) => configuration[name].Bare switch
    {
        PropertyValue.Null or PropertyValue.Unknown => ProviderDeclaration.Properties.First(property => property.Name == name).ImpliedValue
            ?? throw new InvalidOperationException($"the configuration {name} has no default"),
        var given => given,
    };

    /// <summary>What the configuration itself gives, as text; null when it does not, or only a preview's unknown.</summary>
    public string? Given(string name) => configuration[name].Bare switch
    {
        PropertyValue.Text { Value: { Length: > 0 } text } => text,
        PropertyValue.Bool { Value: var flag } => flag ? "true" : "false",
        _ => null,
    };

    /// <summary>True when the value will be known only in the real run.</summary>
    public bool IsUnknown(string name) => configuration[name].IsUnknown;

    /// <summary>True when anything will be known only in the real run.</summary>
    public bool HasUnknown => configuration.Values.Any(value => value.HasUnknown);

    /// <summary>How the user can set a property: "evs:region" or the variables.</summary>
    public static MissingKey Missing(string name)
    {
        var declaration = ProviderDeclaration.Properties.First(property => property.Name == name);
        var variables = declaration.Environment.IsEmpty ? "" : $" Also from the environment: {string.Join(", ", declaration.Environment)}.";
        return new MissingKey($"{EvsPackage.Name}:{name}", declaration.Description + variables);
    }

    private string? FromEnvironment(Declarations.PropertyDeclaration declaration)
    {
        foreach (var variable in declaration.Environment)
        {
            if (environment(variable) is { Length: > 0 } value)
            {
                return value;
            }
        }

        return null;
    }
}
