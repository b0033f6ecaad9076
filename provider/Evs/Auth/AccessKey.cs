namespace PulumiEvs.Evs.Auth;

/// <summary>An access key with its secret key; with a security token when it is temporary.</summary>
internal sealed record AccessKey(string Id, string Secret, string? SecurityToken = null)
{
    /// <summary>Everything in it that must not be shown. The id is no secret to the cloud, but the configuration treats it as one.</summary>
    public IEnumerable<string> Secrets => SecurityToken is { } token ? [Id, Secret, token] : [Id, Secret];

    /// <summary>Enough of the id to recognise the key, and nothing else.</summary>
    public override string ToString() =>
        $"{(SecurityToken is null ? "" : "temporary ")}access key {(Id.Length > 8 ? string.Concat(Id.AsSpan(0, 4), "…") : "…")}";
}
