using System.Collections.Immutable;

namespace EvsSimulator.Core.Catalog;

// What a set-up may leave out has a setter, as in Accounts/Account.cs.

/// <summary>An image a volume can be made from.</summary>
internal sealed record ImageEntry
{
    public required string Id { get; init; }

    public string Name { get; set; } = "image";

    /// <summary>GiB; the smallest volume the image fits on.</summary>
    public int MinDisk { get; set; } = 1;

    /// <summary>A system image makes a bootable volume of at most 1024 GiB.</summary>
    public bool System { get; set; } = true;

    public bool Encrypted { get; init; }
}

/// <summary>A backup a volume can be made from.</summary>
internal sealed record BackupEntry
{
    public required string Id { get; init; }

    /// <summary>GiB.</summary>
    public int Size { get; set; } = 10;

    /// <summary>The zone the volume must be in; null for any.</summary>
    public string? Zone { get; init; }

    public string Status { get; set; } = "available";
}

/// <summary>A KMS key.</summary>
internal sealed record KeyEntry
{
    public required string Id { get; init; }

    public bool Enabled { get; set; } = true;
}

/// <summary>A server that volumes can be attached to.</summary>
internal sealed record ServerEntry
{
    public required string Id { get; init; }

    public string Status { get; set; } = "ACTIVE";
}

/// <summary>
/// What other services know: images, backups, keys, servers. An open catalog takes any id that is not listed for a thing
/// with the entry's defaults, a closed one refuses it.
/// </summary>
internal sealed record Sources
{
    public bool Closed { get; init; }

    public ImmutableArray<ImageEntry> Images { get; init; } = [];

    public ImmutableArray<BackupEntry> Backups { get; init; } = [];

    public ImmutableArray<KeyEntry> Keys { get; init; } = [];

    public ImmutableArray<ServerEntry> Servers { get; init; } = [];

    public ImageEntry? Image(string id) => Find(Images, entry => entry.Id == id) ?? (Closed ? null : new ImageEntry { Id = id });

    public BackupEntry? Backup(string id) => Find(Backups, entry => entry.Id == id) ?? (Closed ? null : new BackupEntry { Id = id });

    public KeyEntry? Key(string id) => Find(Keys, entry => entry.Id == id) ?? (Closed ? null : new KeyEntry { Id = id });

    public ServerEntry? Server(string id) => Find(Servers, entry => entry.Id == id) ?? (Closed ? null : new ServerEntry { Id = id });

    private static T? Find<T>(ImmutableArray<T> entries, Func<T, bool> isIt)
        where T : class => entries.FirstOrDefault(isIt);
}
