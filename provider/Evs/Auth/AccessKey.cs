namespace PulumiEvs.Evs.Auth;

/// <summary>An access key with its secret key; with a security token when it is temporary.</summary>
internal sealed record AccessKey(string Id, string Secret, string? SecurityToken = null)
{
    public override string ToString() => $"access key {Id}";
}
