using System.Globalization;
using PulumiEvs.Evs;
using PulumiEvs.Evs.Auth.Sources;
using PulumiEvs.Resources.Checking;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Values;

namespace PulumiEvs.Resources.Provider;

/// <summary>
/// Checks the provider's configuration, all problems at once: types in any of the encodings it comes in, and whether it leads to a
/// cloud. Each reason is a sentence that names what to change as the user types it. Whether there are credentials is not asked here:
/// schema, checks and previews work without.
/// </summary>
internal static class ConfigChecker
{
    /// <summary>Keys that the engine adds to the configuration: neither ours nor an error (protocol B3).</summary>
    private static readonly string[] EngineKeys = ["version", "pluginDownloadURL"];

    public static CheckResult Check(CheckRequest request, Host host, IOperationLog log)
    {
        var failures = new List<CheckFailure>();
        var decoded = Decode(request.NewInputs, failures);
        failures.AddRange(InputChecker.Failures(decoded, ProviderDeclaration.Properties, []));

        // What is wrong by itself says nothing about the rest: no other complaint follows from it.
        var sound = decoded;
        foreach (var failure in failures)
        {
            sound = sound.With(PropertyPath.TopLevel(failure.Property), PropertyValue.Unknown.Plain);
        }

        var settings = new ProviderSettings(sound, host.Variable);
        var (plan, problems) = ConnectionSettings.Examine(settings, host);
        if (plan is not null && LocalCloud.IsChosen(settings))
        {
            LocalCloud.Tell(settings, plan.Local, log);
        }

        return new CheckResult(Kept(request.NewInputs), [.. failures.Select(failure => failure with { Reason = Sentence(failure, decoded) }), .. problems]);
    }

    /// <summary>The configuration with every value of its declared type, without the engine's own keys.</summary>
    public static PropertyMap Decode(PropertyMap configuration, List<CheckFailure> failures)
    {
        var own = InputChecker.Normalize(configuration);
        foreach (var key in EngineKeys)
        {
            own = own.Without(key);
        }

        return ConfigDecoder.Decode(own, ProviderDeclaration.Properties, failures);
    }

    /// <summary>True when no source has a region: neither the configuration nor the environment nor a profile.</summary>
    public static bool LacksRegion(ProviderSettings settings, Host host) =>
        ConnectionSettings.RegionOf(settings, ConnectionSettings.Choose(settings, host)) is null
        && !settings.IsUnknown(ProviderDeclaration.Region)
        && !settings.IsUnknown(ProviderDeclaration.Profile)
        && settings.Text(ProviderDeclaration.Endpoint) is null
        && !settings.IsUnknown(ProviderDeclaration.Endpoint);

    /// <summary>
    /// What the state keeps: the program's own form, so that nothing from the environment gets there; what is declared as secret is
    /// marked, whether or not the user did.
    /// </summary>
    private static PropertyMap Kept(PropertyMap inputs)
    {
        var kept = InputChecker.Normalize(inputs);
        foreach (var property in ProviderDeclaration.Properties)
        {
            if (property.Secret && kept[property.Name] is { IsAbsent: false } value)
            {
                kept = kept.With(property.Name, value.AsSecret());
            }
        }

        return kept;
    }

    /// <summary>The reason as a sentence about the setting, with its value where the reason does not quote it.</summary>
    private static string Sentence(CheckFailure failure, PropertyMap decoded)
    {
        var number = decoded[failure.Property] is PropertyValue.Number { Value: var value } && !failure.Reason.Contains("but is", StringComparison.Ordinal)
            ? string.Create(CultureInfo.InvariantCulture, $", but is {value}")
            : "";

        // What is said of an entry of a map is a sentence of its own.
        var colon = failure.Property.AsSpan().ContainsAny('[', '.') && !failure.Reason.StartsWith("must ", StringComparison.Ordinal) ? ":" : "";
        return failure.Reason.StartsWith(Setting.Prefix, StringComparison.Ordinal) ? failure.Reason : $"{Setting.Prefix}{failure.Property}{colon} {failure.Reason}{number}";
    }
}
