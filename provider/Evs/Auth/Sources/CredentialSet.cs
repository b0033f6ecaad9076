namespace PulumiEvs.Evs.Auth.Sources;

/// <summary>The kinds of credentials, by what they need.</summary>
internal enum CredentialKind
{
    /// <summary>Nothing that lets in.</summary>
    None,
    Token,
    AccessKey,
    Password,

    /// <summary>The temporary keys of the server that this runs on.</summary>
    ServerAgency,
}

/// <summary>A field without which credentials that a source begins are not complete.</summary>
/// <param name="Text">As a sentence, without its full stop.</param>
internal sealed record CredentialGap(CredentialField Missing, string Text);

/// <summary>What one source has.</summary>
/// <param name="Source">What the source is called, for people: "the environment variables HW_*".</param>
/// <param name="Values">Its values; empty ones are left out.</param>
/// <param name="NameOf">What a field is called there: "HW_SECRET_KEY".</param>
internal sealed record CredentialSet(
    string Source, IReadOnlyDictionary<CredentialField, string> Values, Func<CredentialField, string> NameOf)
{
    public string? this[CredentialField field] => Values.GetValueOrDefault(field);

    /// <summary>The kind that it is complete for. A ready token comes before keys, and keys before a password: who sets them means them.</summary>
    public CredentialKind Kind
    {
        get
        {
            if (Has(CredentialField.Token))
            {
                return CredentialKind.Token;
            }

            if (Has(CredentialField.AccessKey) && Has(CredentialField.SecretKey))
            {
                return CredentialKind.AccessKey;
            }

            var user = Has(CredentialField.UserId) || (Has(CredentialField.UserName) && (Has(CredentialField.DomainName) || Has(CredentialField.DomainId)));
            return user && Has(CredentialField.Password) ? CredentialKind.Password : CredentialKind.None;
        }
    }

    /// <summary>What it begins but does not complete.</summary>
    public IEnumerable<CredentialGap> Gaps()
    {
        if (Kind != CredentialKind.None)
        {
            yield break;
        }

        foreach (var (one, other) in ((CredentialField, CredentialField)[])
        [
            (CredentialField.AccessKey, CredentialField.SecretKey),
            (CredentialField.SecretKey, CredentialField.AccessKey),
            (CredentialField.SecurityToken, CredentialField.AccessKey),
        ])
        {
            if (Has(one) && !Has(other))
            {
                yield return new CredentialGap(other, $"{NameOf(one)} is set, but {NameOf(other)} is not");
            }
        }

        var named = Has(CredentialField.UserName) || Has(CredentialField.UserId);
        if (named && !Has(CredentialField.Password))
        {
            var user = Has(CredentialField.UserName) ? CredentialField.UserName : CredentialField.UserId;
            yield return new CredentialGap(CredentialField.Password, $"{NameOf(user)} is set, but {NameOf(CredentialField.Password)} is not");
        }

        if (Has(CredentialField.Password) && !named)
        {
            yield return new CredentialGap(CredentialField.UserName, $"{NameOf(CredentialField.Password)} is set, but {NameOf(CredentialField.UserName)} is not");
        }

        if (Has(CredentialField.Password) && Has(CredentialField.UserName) && !Has(CredentialField.UserId))
        {
            yield return new CredentialGap(
                CredentialField.DomainName,
                $"{NameOf(CredentialField.UserName)} and {NameOf(CredentialField.Password)} are set, but {NameOf(CredentialField.DomainName)} is not");
        }
    }

    // The generated text would show the values.
    public override string ToString() => $"{Kind} from {Source}";

    private bool Has(CredentialField field) => Values.ContainsKey(field);
}
