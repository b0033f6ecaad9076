namespace PulumiEvs.Evs.Auth;

/// <summary>What lets a request in.</summary>
internal interface ICredential
{
    /// <summary>What kind it is and where it is from, for people; never the secret. Null for none.</summary>
    string? Description { get; }

    /// <summary>What may help when the service does not accept it and does not say why; null for nothing in particular.</summary>
    string? Remedy => null;

    /// <summary>The secrets in it, so that they can be kept out of every text.</summary>
    IEnumerable<string> Secrets { get; }

    /// <summary>Adds the headers that let the request in. Called anew for every attempt.</summary>
    /// <returns>Which generation of the credential was used, for <see cref="RenewAsync"/>.</returns>
    ValueTask<int> AuthorizeAsync(HttpRequestMessage request, ReadOnlyMemory<byte> body, CancellationToken ct);

    /// <summary>Called when the service did not accept a generation. Any number of callers cause one renewal.</summary>
    /// <returns>Whether there is a newer generation to try with.</returns>
    ValueTask<bool> RenewAsync(int rejected, CancellationToken ct);
}
