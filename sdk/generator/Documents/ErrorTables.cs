using PulumiEvs.Evs.Errors;

namespace PulumiEvs.Generator.Documents;

/// <summary>Every error code that is known, with what to do about it: a table for each kind of trouble.</summary>
internal static class ErrorTables
{
    private static readonly (ErrorClass Class, string Title, string Meaning)[] Sections =
    [
        (ErrorClass.Authentication, "Who asks", "The token, key or signature is not accepted."),
        (ErrorClass.Permission, "Rights", "The service knows who asks, but does not allow it."),
        (ErrorClass.Account, "The account", "The account is frozen, suspended or not ready."),
        (ErrorClass.Input, "What is asked for", "The content of the request is wrong; sending it again changes nothing. Most of it is refused by a preview already."),
        (ErrorClass.TypeOrZone, "Type and zone", "The type or zone does not exist, or does not fit."),
        (ErrorClass.SoldOut, "Sold out", "The type exists, but is not to be had in that zone."),
        (ErrorClass.Quota, "Quota", "The project has no more of it."),
        (ErrorClass.WrongState, "State", "The disk, snapshot or backup is in a state that forbids this. What clears by waiting is waited for, as long as the operation may take."),
        (ErrorClass.Encryption, "Encryption", "The key, or the agency that lets EVS use it."),
        (ErrorClass.Order, "Prepaid disks", "Their orders are a matter of the billing centre."),
        (ErrorClass.NotFound, "Not there", ""),
        (ErrorClass.JobUnknown, "Unknown jobs", "Right after a request a job may not be known to every node of the service yet: it is asked for again."),
        (ErrorClass.ResourceInError, "Left in error", "A job ended and left the disk or snapshot in an error state."),
        (ErrorClass.Throttled, "Too many requests", "Waited for, and tried again."),
        (ErrorClass.Service, "Inside the service", "Reads, and whatever may be repeated safely, are tried again."),
        (ErrorClass.Protocol, "The gateway", "The request did not reach the service that was meant."),
    ];

    public static string Write()
    {
        var known = ErrorCodes.All.ToLookup(code => code.Class);
        if (known.FirstOrDefault(codes => Sections.All(section => section.Class != codes.Key)) is { } homeless)
        {
            throw new InvalidOperationException($"the codes of class {homeless.Key} have no section");
        }

        return string.Join("\n\n", Sections.Select(section => Section(section.Title, section.Meaning, known[section.Class])));
    }

    private static string Section(string title, string meaning, IEnumerable<ErrorCode> codes) => string.Join("\n\n", new[]
    {
        $"### {title}",
        meaning,
        Markdown.Table(
            ["Code", "What to do"],
            codes.OrderBy(code => code.Code, StringComparer.Ordinal).Select(code => (IReadOnlyList<string>)[$"`{code.Code}`", code.Hint ?? "What the message says."])),
    }.Where(part => part.Length > 0));
}
