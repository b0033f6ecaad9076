namespace PulumiEvs.Evs.Auth.Sources;

/// <summary>The file of Huawei Cloud's SDKs: <c>~/.huaweicloud/credentials</c>, sections <c>[basic]</c> and <c>[global]</c>.</summary>
internal static class SdkCredentialsFile
{
    private const string Variable = "HUAWEICLOUD_SDK_CREDENTIALS_FILE";

    private static readonly (CredentialField Field, string Name)[] Fields =
    [
        (CredentialField.AccessKey, "ak"),
        (CredentialField.SecretKey, "sk"),
        (CredentialField.SecurityToken, "security_token"),
        (CredentialField.ProjectId, "project_id"),
        (CredentialField.DomainId, "domain_id"),
        (CredentialField.AuthUrl, "iam_endpoint"),
    ];

    public static SourceOutcome Read(Host host)
    {
        var named = host.Get(Variable);
        var path = named is not null ? host.Expand(named) : host.InHome(".huaweicloud/credentials");
        return path is null ? SourceOutcome.Nothing : SourceOutcome.Of(host, path, named is not null, text => Parse(text, path));
    }

    private static SourceOutcome Parse(string text, string path)
    {
        var sections = Sections(text);
        var section = sections.ContainsKey("basic") ? "basic" : "global";
        if (!sections.TryGetValue(section, out var entries))
        {
            return new SourceOutcome(null, $"the file {path} has no section [basic]");
        }

        var values = Fields.Where(row => entries.ContainsKey(row.Name)).ToDictionary(row => row.Field, row => entries[row.Name]);
        var title = $"[{section}] in {path}";
        return new SourceOutcome(
            new CredentialSet(title, values, field => $"{Array.Find(Fields, row => row.Field == field).Name ?? field.ToString()} of {title}"), null);
    }

    private static Dictionary<string, Dictionary<string, string>> Sections(string text)
    {
        var sections = new Dictionary<string, Dictionary<string, string>>(StringComparer.OrdinalIgnoreCase);
        Dictionary<string, string>? current = null;
        var number = 0;
        foreach (var raw in text.Split('\n'))
        {
            number++;
            var line = raw.Trim().TrimStart('\uFEFF');
            if (line.Length == 0 || line[0] is '#' or ';')
            {
                continue;
            }

            if (line[0] == '[' && line[^1] == ']')
            {
                var name = line[1..^1].Trim();
                current = sections.TryGetValue(name, out var known) ? known : sections[name] = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
                continue;
            }

            var equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                throw new FormatException($"line {number} is neither a section nor a setting");
            }

            var value = line[(equals + 1)..].Trim();
            if (current is not null && value.Length > 0)
            {
                current[line[..equals].Trim()] = value.Length > 1 && value[0] == value[^1] && value[0] is '"' or '\'' ? value[1..^1] : value;
            }
        }

        return sections;
    }
}
