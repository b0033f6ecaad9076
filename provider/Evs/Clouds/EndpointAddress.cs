using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace PulumiEvs.Evs.Clouds;

/// <summary>Reads an address that a user gives in place of the table's.</summary>
internal static partial class EndpointAddress
{
    /// <param name="text">For example <c>https://evs.eu-de.otc.t-systems.com</c>; without a scheme it is taken as https.</param>
    /// <param name="allowVersion">Whether the path may name an API version, as identity endpoints do (<c>/v3</c>); it is dropped.</param>
    /// <param name="address">Without a slash at the end.</param>
    /// <param name="problem">Why it is none, to follow the setting's name.</param>
    public static bool TryParse(string text, bool allowVersion, [NotNullWhen(true)] out Uri? address, [NotNullWhen(false)] out string? problem)
    {
        address = null;
        var trimmed = text.Trim();
        var absolute = trimmed.Contains("://", StringComparison.Ordinal) ? trimmed : "https://" + trimmed;
        if (!Uri.TryCreate(absolute, UriKind.Absolute, out var uri)
            || uri.Host.Length == 0
            || uri.Scheme is not ("http" or "https")
            || NoPort().IsMatch(absolute))
        {
            problem = $"\"{text}\" is not an address such as https://evs.eu-de.otc.t-systems.com";
            return false;
        }

        if (uri.UserInfo.Length > 0)
        {
            problem = "must not have a user name or password in it";
            return false;
        }

        if (uri.Query.Length > 0 || uri.Fragment.Length > 0)
        {
            problem = $"\"{text}\" must be an address without query";
            return false;
        }

        if (uri.Scheme == "http" && !uri.IsLoopback)
        {
            problem = $"\"{text}\" would send credentials in the clear: plain http is allowed only to this machine, use https";
            return false;
        }

        var path = uri.AbsolutePath.TrimEnd('/');
        var version = Version().Match(path);
        if (version.Success && !(allowVersion && version.Groups["rest"].Length == 0))
        {
            problem = $"\"{text}\" must not name an API version or project: give it without \"{version.Value}\"";
            return false;
        }

        address = new Uri(uri.GetLeftPart(UriPartial.Authority) + (version.Success ? path[..version.Index] : path));
        problem = null;
        return true;
    }

    /// <summary>A colon without a port after the host, as in <c>https:/evs.example</c>, whose host would be "https".</summary>
    [GeneratedRegex("^https?://[^/]*:(/|$)", RegexOptions.IgnoreCase, 200)]
    private static partial Regex NoPort();

    [GeneratedRegex("/v[0-9]+(\\.[0-9]+)?(?<rest>/.*)?$", RegexOptions.None, 200)]
    private static partial Regex Version();
}
