namespace PulumiEvs.Evs.Auth.Sources;

/// <summary>
/// Finds the credentials. The first source that is complete wins: the configuration; the profile that it names; the environment
/// (HW_*, OS_*, HUAWEICLOUD_SDK_*); the files of the clouds' own tools; at last the agency of the server that this runs on. No source
/// completes another, so that nobody's key meets somebody else's secret.
/// </summary>
internal static class CredentialChain
{
    /// <param name="configuration">What the user configured, under the configuration's own names.</param>
    /// <param name="profile">The profile that the configuration names, if it does.</param>
    /// <param name="host">The machine.</param>
    public static CredentialChoice Choose(CredentialSet configuration, string? profile, Host host)
    {
        var sets = new List<CredentialSet> { configuration };
        var problems = new List<string>();
        problems.AddRange(Gaps(configuration));
        if (configuration.Kind == CredentialKind.None && profile is not null)
        {
            return ByName(profile, host, sets, problems);
        }

        foreach (var source in Sources(host))
        {
            var (set, problem) = source();
            if (problem is not null)
            {
                problems.Add(problem);
            }

            if (set is not null)
            {
                sets.Add(set);
                problems.AddRange(Gaps(set));
            }
        }

        var chosen = sets.Find(set => set.Kind != CredentialKind.None);
        return new CredentialChoice { Kind = chosen?.Kind ?? CredentialKind.ServerAgency, Chosen = chosen, Sets = sets, Problems = problems };
    }

    /// <summary>A profile that the configuration names is the only source then; the environment still tells what it does not.</summary>
    private static CredentialChoice ByName(string profile, Host host, List<CredentialSet> sets, List<string> problems)
    {
        var found = (SourceOutcome[])[CommandLineProfile.Read(host, profile, required: true), CloudsYaml.Read(host, profile)];
        var chosen = Array.Find(found, outcome => outcome.Set is { Kind: not CredentialKind.None }).Set;
        sets.AddRange(chosen is null ? found.Where(outcome => outcome.Set is not null).Select(outcome => outcome.Set!) : [chosen]);
        problems.AddRange(sets.Skip(1).SelectMany(Gaps));
        sets.AddRange(EnvironmentSource.Read(host));
        return new CredentialChoice
        {
            Kind = chosen?.Kind ?? CredentialKind.None,
            Chosen = chosen,
            Sets = sets,
            Problems = problems,
            Fatal = chosen is not null
                ? null
                : $"{Setting.Profile} \"{profile}\" gives no credentials: "
                    + string.Join("; ", found.Select(outcome => outcome.Problem).Concat(problems).Where(problem => problem is not null)),
        };
    }

    private static IEnumerable<string> Gaps(CredentialSet set) => set.Gaps().Select(gap => gap.Text);

    private static IEnumerable<Func<SourceOutcome>> Sources(Host host)
    {
        foreach (var set in EnvironmentSource.Read(host))
        {
            yield return () => new SourceOutcome(set, null);
        }

        var profile = host.Get("HW_PROFILE");
        yield return () => CommandLineProfile.Read(host, profile, required: profile is not null);
        yield return () => SdkCredentialsFile.Read(host);
        if (host.Get("OS_CLOUD") is { } cloud)
        {
            yield return () => CloudsYaml.Read(host, cloud);
        }
    }
}
