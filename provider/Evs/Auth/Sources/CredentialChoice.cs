namespace PulumiEvs.Evs.Auth.Sources;

/// <summary>Which credentials are used, and what else the sources tell.</summary>
internal sealed record CredentialChoice
{
    public required CredentialKind Kind { get; init; }

    /// <summary>The source that is complete; null for the keys of the server that this runs on.</summary>
    public CredentialSet? Chosen { get; init; }

    /// <summary>Everything that was looked at, in order.</summary>
    public required IReadOnlyList<CredentialSet> Sets { get; init; }

    /// <summary>What was begun but not complete, or could not be read: a sentence each, without its full stop.</summary>
    public required IReadOnlyList<string> Problems { get; init; }

    /// <summary>A problem that no other source makes good, because it was asked for by name.</summary>
    public string? Fatal { get; init; }

    /// <summary>
    /// A field that goes with the credentials: from the configuration, else from where the credentials are from, else from any other
    /// source, in order.
    /// </summary>
    public string? Find(CredentialField field) => FindNamed(field)?.Value;

    /// <summary>As <see cref="Find"/>, with what the value is called where it is from: <c>OS_AUTH_URL</c>.</summary>
    public (string Value, string Name)? FindNamed(CredentialField field) => Sets.Take(1).Append(Chosen).Concat(Sets)
        .Select(set => set?[field] is { } value ? (value, set.NameOf(field)) : ((string, string)?)null)
        .FirstOrDefault(found => found is not null);

    /// <summary>What the source of a field calls it: "HW_REGION_NAME"; null when there is none.</summary>
    public string? SourceOf(CredentialField field) => Sets.Take(1).Append(Chosen).Concat(Sets)
        .FirstOrDefault(set => set?[field] is not null)?.NameOf(field);

    /// <summary>What is used, for people; never the secret.</summary>
    public override string ToString() => Chosen is { } set
        ? $"{Name(Kind)} from {set.Source}"
        : "the temporary key of this server's agency";

    private static string Name(CredentialKind kind) => kind switch
    {
        CredentialKind.Token => "a token",
        CredentialKind.AccessKey => "an access key",
        CredentialKind.Password => "a user name and password",
        _ => "nothing",
    };
}
