using System.Collections.Immutable;

namespace EvsSimulator.Accounts;

/// <summary>The accounts the cloud is set up with. Replaced as a whole when the set-up changes.</summary>
internal sealed record AccountSetup
{
    public ImmutableArray<Project> Projects { get; init; } = [];

    public ImmutableArray<User> Users { get; init; } = [];

    public ImmutableArray<AccessKey> AccessKeys { get; init; } = [];

    public ImmutableArray<Token> Tokens { get; init; } = [];

    public ImmutableArray<Agency> Agencies { get; init; } = [];

    /// <summary>What the metadata service gives keys for; null when it knows no agency.</summary>
    public ServerAgency? ServerAgency { get; init; }
}

/// <summary>The accounts as set up, and the tokens and temporary keys issued since. Thread-safe.</summary>
internal sealed class AccountDirectory(AccountSetup setup)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Token> issuedTokens = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AccessKey> issuedKeys = new(StringComparer.Ordinal);
    private readonly HashSet<string> revokedTokens = new(StringComparer.Ordinal);
    private AccountSetup setup = setup;

    public AccountSetup Setup => Volatile.Read(ref setup);

    public void Change(Func<AccountSetup, AccountSetup> change)
    {
        lock (gate)
        {
            Volatile.Write(ref setup, change(setup));
        }
    }

    public User? User(string name) => Setup.Users.FirstOrDefault(user => user.Name == name);

    /// <summary>The key pair of an access key, if it is (still) valid.</summary>
    public AccessKey? Key(string access, DateTimeOffset now)
    {
        lock (gate)
        {
            var key = Setup.AccessKeys.FirstOrDefault(key => key.Access == access) ?? issuedKeys.GetValueOrDefault(access);
            return key?.ExpiresAt <= now ? null : key;
        }
    }

    /// <summary>The token of this value, if it is (still) valid.</summary>
    public Token? Token(string value, DateTimeOffset now)
    {
        lock (gate)
        {
            var token = Setup.Tokens.FirstOrDefault(token => token.Value == value) ?? issuedTokens.GetValueOrDefault(value);
            return token?.ExpiresAt <= now || revokedTokens.Contains(value) ? null : token;
        }
    }

    /// <summary>Takes in a token that the identity service gave out.</summary>
    public void Issue(Token token, DateTimeOffset now)
    {
        lock (gate)
        {
            foreach (var old in issuedTokens.Values.Where(old => old.ExpiresAt <= now).ToArray())
            {
                issuedTokens.Remove(old.Value);
            }

            issuedTokens[token.Value] = token;

            // After a reset the same draws come again, and with them a token that was made invalid before.
            revokedTokens.Remove(token.Value);
        }
    }

    /// <summary>Takes in a temporary key pair that the identity service gave out.</summary>
    public void Issue(AccessKey key, DateTimeOffset now)
    {
        lock (gate)
        {
            foreach (var old in issuedKeys.Values.Where(old => old.ExpiresAt <= now).ToArray())
            {
                issuedKeys.Remove(old.Access);
            }

            issuedKeys[key.Access] = key;
        }
    }

    /// <summary>Makes a token invalid from now on.</summary>
    public void Revoke(string value)
    {
        lock (gate)
        {
            revokedTokens.Add(value);
        }
    }
}
