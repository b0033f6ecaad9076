using System.Security.Cryptography;
using System.Text;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Values;

namespace PulumiEvs.Resources.Naming;

/// <summary>The name of a resource that the program did not name, or the reason why there is none.</summary>
internal readonly record struct AutonameResult(PropertyValue? Name, string? Problem);

/// <summary>
/// Makes up names (protocol B5): the old name stays; else what the engine's autonaming options say; else the resource's name
/// with random hex digits drawn from the deployment's seed, so that every Check of one deployment gives the same.
/// </summary>
internal static class Autonamer
{
    private const int RandomDigits = 7;

    /// <param name="maxBytes">The service's limit for the name, in bytes of UTF-8.</param>
    public static AutonameResult Name(CheckRequest request, PropertyValue oldName, int maxBytes)
    {
        if (!oldName.IsAbsent)
        {
            return new AutonameResult(oldName, null);
        }

        return request.Autonaming switch
        {
            { Mode: AutonamingMode.Disable } => new AutonameResult(null, "is required, because autonaming is disabled"),
            { Mode: AutonamingMode.Enforce, ProposedName: var name } => new AutonameResult(name, null),
            { Mode: AutonamingMode.Propose, ProposedName: { Length: > 0 } name } => new AutonameResult(Shorten(name, maxBytes), null),
            _ => new AutonameResult(WithRandomSuffix(request, maxBytes), null),
        };
    }

    private static string WithRandomSuffix(CheckRequest request, int maxBytes)
    {
        // The URN goes in as well, so that resources of one name under different parents get different digits.
        var hash = SHA256.HashData([.. request.RandomSeed.Span, .. Encoding.UTF8.GetBytes(request.Resource.Urn)]);
        var suffix = "-" + Convert.ToHexStringLower(hash)[..RandomDigits];
        return Shorten(request.Resource.Name, maxBytes - suffix.Length) + suffix;
    }

    private static string Shorten(string name, int maxBytes)
    {
        var bytes = 0;
        var length = 0;
        foreach (var rune in name.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > maxBytes)
            {
                return name[..length];
            }

            length += rune.Utf16SequenceLength;
        }

        return name;
    }
}
