using PulumiEvs.Resources.Declarations;

namespace PulumiEvs.Resources.Previews;

/// <summary>What a preview does with what the cloud would refuse.</summary>
internal enum PreflightMode
{
    /// <summary>Nothing is asked and nothing is said.</summary>
    Off,

    /// <summary>A warning on the resource; the preview goes on.</summary>
    Warn,

    /// <summary>The resource's preview fails.</summary>
    Error,
}

/// <param name="Bound">How long the reads for one resource may hold up its preview.</param>
internal sealed record PreflightOptions(PreflightMode Mode, TimeSpan Bound)
{
    public static readonly EnumDeclaration Choices = new(
        "evs:index:PreflightMode",
        "What a preview does with what the cloud would refuse.",
        [
            new EnumMember("Warn", "warn", "Warn, and go on."),
            new EnumMember("Error", "error", "Fail the preview."),
            new EnumMember("Off", "off", "Ask the cloud nothing."),
        ]);

    /// <summary>The mode of a checked configuration value.</summary>
    public static PreflightMode ModeOf(string value) => value switch
    {
        "off" => PreflightMode.Off,
        "error" => PreflightMode.Error,
        _ => PreflightMode.Warn,
    };
}
