namespace PulumiEvs.Evs.Clouds;

/// <summary>
/// The version of the API that each operation is called at. Null where the cloud does not offer the operation at all. The names are
/// those of the setting <c>apiVersions</c>.
/// </summary>
internal sealed record ApiVersions
{
    /// <summary>v2, v2.1 (takes a client token) or v3.</summary>
    public string Create { get; init; } = "v3";

    /// <summary>v2 or v2.1.</summary>
    public string Extend { get; init; } = "v2";

    /// <summary>v2.</summary>
    public string Delete { get; init; } = "v2";

    /// <summary>v2.</summary>
    public string? Retype { get; init; } = "v2";

    /// <summary>v5.</summary>
    public string? Qos { get; init; }

    /// <summary>v2: reading, listing and updating disks.</summary>
    public string Volumes { get; init; } = "v2";

    /// <summary>v2.</summary>
    public string Tags { get; init; } = "v2";

    /// <summary>v2.</summary>
    public string Snapshots { get; init; } = "v2";

    /// <summary>v2 or v3: disk types, zones and quotas.</summary>
    public string Catalogue { get; init; } = "v2";

    /// <summary>Versions of create that recognise a request that comes again by its X-Client-Token.</summary>
    public bool CreateTakesClientToken => Create == "v2.1";

    private sealed record Operation(string Name, IReadOnlyList<string> Allowed, Func<ApiVersions, string?> Get, Func<ApiVersions, string, ApiVersions> Set);

    private static readonly Operation[] Operations =
    [
        new("create", ["v2", "v2.1", "v3"], versions => versions.Create, (versions, value) => versions with { Create = value }),
        new("extend", ["v2", "v2.1"], versions => versions.Extend, (versions, value) => versions with { Extend = value }),
        new("delete", ["v2"], versions => versions.Delete, (versions, value) => versions with { Delete = value }),
        new("retype", ["v2"], versions => versions.Retype, (versions, value) => versions with { Retype = value }),
        new("qos", ["v5"], versions => versions.Qos, (versions, value) => versions with { Qos = value }),
        new("volumes", ["v2"], versions => versions.Volumes, (versions, value) => versions with { Volumes = value }),
        new("tags", ["v2"], versions => versions.Tags, (versions, value) => versions with { Tags = value }),
        new("snapshots", ["v2"], versions => versions.Snapshots, (versions, value) => versions with { Snapshots = value }),
        new("catalogue", ["v2", "v3"], versions => versions.Catalogue, (versions, value) => versions with { Catalogue = value }),
    ];

    /// <summary>The operations whose version can be set.</summary>
    public static IEnumerable<string> Names => Operations.Select(operation => operation.Name);

    /// <summary>The versions that an operation can be set to; empty for a name that is none.</summary>
    public static IReadOnlyList<string> Allowed(string name) => Operations.FirstOrDefault(operation => operation.Name == name)?.Allowed ?? [];

    /// <summary>The version of an operation by its name.</summary>
    public string? this[string name] => Operations.FirstOrDefault(operation => operation.Name == name)?.Get(this);

    /// <summary>These versions with the user's choices in their place.</summary>
    /// <param name="choices">By operation.</param>
    /// <param name="problems">Receives one sentence for each choice that is none.</param>
    public ApiVersions With(IEnumerable<KeyValuePair<string, string>> choices, ICollection<string> problems)
    {
        var versions = this;
        foreach (var (name, value) in choices)
        {
            var operation = Operations.FirstOrDefault(candidate => candidate.Name == name);
            if (operation is null)
            {
                problems.Add($"{Setting.ApiVersions} has no operation \"{name}\"; there are {string.Join(", ", Names)}");
            }
            else if (!operation.Allowed.Contains(value))
            {
                problems.Add($"{Setting.ApiVersions}.{name} cannot be \"{value}\"; it can be {string.Join(" or ", operation.Allowed)}");
            }
            else
            {
                versions = operation.Set(versions, value);
            }
        }

        return versions;
    }
}
