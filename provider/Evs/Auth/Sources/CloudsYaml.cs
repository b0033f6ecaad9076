using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace PulumiEvs.Evs.Auth.Sources;

/// <summary>
/// The file of the OpenStack tools: <c>clouds.yaml</c> in the working folder, the user's or the machine's, with its secrets beside it
/// in <c>secure.yaml</c> if so wished.
/// </summary>
internal static class CloudsYaml
{
    private static readonly (CredentialField Field, string[] Names)[] AuthFields =
    [
        (CredentialField.AccessKey, ["ak", "access_key"]),
        (CredentialField.SecretKey, ["sk", "secret_key"]),
        (CredentialField.SecurityToken, ["security_token"]),
        (CredentialField.Token, ["token"]),
        (CredentialField.UserName, ["username", "user_name"]),
        (CredentialField.UserId, ["user_id"]),
        (CredentialField.Password, ["password"]),
        (CredentialField.DomainName, ["user_domain_name", "domain_name"]),
        (CredentialField.DomainId, ["user_domain_id", "domain_id"]),
        (CredentialField.ProjectId, ["project_id", "tenant_id"]),
        (CredentialField.ProjectName, ["project_name", "tenant_name"]),
        (CredentialField.AuthUrl, ["auth_url"]),
        (CredentialField.AgencyName, ["agency_name"]),
        (CredentialField.AgencyDomainName, ["agency_domain_name"]),
    ];

    private static readonly (CredentialField Field, string[] Names)[] CloudFields =
    [
        (CredentialField.Region, ["region_name"]),
        (CredentialField.CaCertFile, ["cacert"]),
    ];

    /// <param name="host">Has the files and the variables.</param>
    /// <param name="cloud">The entry's name.</param>
    public static SourceOutcome Read(Host host, string cloud)
    {
        var problem = (string?)null;
        foreach (var path in Paths(host))
        {
            var outcome = SourceOutcome.Of(host, path, required: false, text => Parse(host, text, path, cloud));
            if (outcome.Set is not null)
            {
                return outcome;
            }

            problem ??= outcome.Problem;
        }

        return new SourceOutcome(null, problem ?? $"there is no clouds.yaml with a cloud \"{cloud}\"");
    }

    private static IEnumerable<string> Paths(Host host)
    {
        if (host.Get("OS_CLIENT_CONFIG_FILE") is { } named)
        {
            yield return host.Expand(named);
        }

        yield return "clouds.yaml";
        if (host.InHome(".config/openstack/clouds.yaml") is { } own)
        {
            yield return own;
        }

        yield return "/etc/openstack/clouds.yaml";
    }

    private static SourceOutcome Parse(Host host, string text, string path, string cloud)
    {
        var clouds = Clouds(text);
        if (Entry(clouds, cloud) is not { } entry)
        {
            var names = clouds?.Children.Keys.Select(key => (key as YamlScalarNode)?.Value) ?? [];
            return new SourceOutcome(null, $"the file {path} has no cloud \"{cloud}\"{SourceOutcome.Others(names)}");
        }

        var values = new Dictionary<CredentialField, string>();
        var folder = path.LastIndexOfAny(['/', '\\']) is var end and >= 0 ? path[..(end + 1)] : "";
        Take(entry, values);
        if (host.ReadFile(folder + "secure.yaml") is { } secure && Entry(Clouds(secure), cloud) is { } secrets)
        {
            Take(secrets, values);
        }

        var title = $"cloud \"{cloud}\" in {path}";
        return new SourceOutcome(
            new CredentialSet(title, values, field => $"{NameOf(field)} of {title}"), null);
    }

    private static string NameOf(CredentialField field) =>
        field == CredentialField.Insecure ? "verify" : AuthFields.Concat(CloudFields).First(row => row.Field == field).Names[0];

    private static void Take(YamlMappingNode entry, Dictionary<CredentialField, string> values)
    {
        Take(entry, CloudFields, values);
        if (Child(entry, "auth") is YamlMappingNode auth)
        {
            Take(auth, AuthFields, values);
        }

        if (Child(entry, "verify") is YamlScalarNode { Value: { } verify } && verify.ToLowerInvariant() is "false" or "no" or "off")
        {
            values[CredentialField.Insecure] = "true";
        }
    }

    private static void Take(YamlMappingNode node, (CredentialField Field, string[] Names)[] fields, Dictionary<CredentialField, string> values)
    {
        foreach (var (field, names) in fields)
        {
            if (names.Select(name => (Child(node, name) as YamlScalarNode)?.Value).FirstOrDefault(value => !string.IsNullOrEmpty(value)) is { } value)
            {
                values[field] = value;
            }
        }
    }

    private static YamlMappingNode? Entry(YamlMappingNode? clouds, string cloud) => clouds is null ? null : Child(clouds, cloud) as YamlMappingNode;

    private static YamlMappingNode? Clouds(string text)
    {
        var stream = new YamlStream();
        try
        {
            using var reader = new StringReader(text);
            stream.Load(reader);
        }
        catch (YamlException e)
        {
            // The message of the parser may quote the text, which holds secrets: only the place is told.
            throw new FormatException($"it is not YAML near line {e.Start.Line}");
        }

        return stream.Documents.FirstOrDefault()?.RootNode is YamlMappingNode root ? Child(root, "clouds") as YamlMappingNode : null;
    }

    private static YamlNode? Child(YamlMappingNode node, string name) => node.Children.TryGetValue(new YamlScalarNode(name), out var child) ? child : null;
}
