using PulumiEvs.Evs.Auth.Sources;
using PulumiEvs.Evs.Clouds;
using PulumiEvs.Evs.Local;
using PulumiEvs.Resources.Contracts;

namespace PulumiEvs.Resources.Provider;

/// <summary>
/// The cloud of this machine: what it needs is filled in. Neither the environment nor profiles are asked for it: what they have is
/// meant for real clouds.
/// </summary>
internal static class LocalCloud
{
    /// <summary>How long a local EVS goes on without being used, in place of the usual time: <c>5m</c>.</summary>
    public const string IdleVariable = "PULUMI_EVS_LOCAL_IDLE";

    /// <summary>What the one user and the one project of a local EVS leave nothing to say about, when it is started here.</summary>
    private static readonly string[] Unused =
    [
        ProviderDeclaration.ProjectId, ProviderDeclaration.ProjectName, ProviderDeclaration.AuthUrl, ProviderDeclaration.EcsEndpoint,
        ProviderDeclaration.AccessKey, ProviderDeclaration.SecretKey, ProviderDeclaration.SecurityToken, ProviderDeclaration.Token,
        ProviderDeclaration.UserName, ProviderDeclaration.Password, ProviderDeclaration.DomainName, ProviderDeclaration.AgencyName,
        ProviderDeclaration.AgencyDomainName, ProviderDeclaration.Profile,
    ];

    public static bool IsChosen(ProviderSettings settings) =>
        settings.Given(ProviderDeclaration.Cloud) is { } name && KnownClouds.TryFind(name, out var cloud) && cloud.IsLocal;

    /// <summary>Whether the local EVS is started by this provider, not at an address that the user gives.</summary>
    public static bool IsStarted(ProviderSettings settings) =>
        IsChosen(settings) && settings.Given(ProviderDeclaration.Endpoint) is null && !settings.IsUnknown(ProviderDeclaration.Endpoint);

    /// <summary>The credentials of a local EVS, unless the user gives those of one that was started by hand.</summary>
    public static CredentialChoice Choose(ProviderSettings settings, CredentialSet configuration)
    {
        var own = IsStarted(settings)
            ? configuration with { Values = configuration.Values.Where(pair => pair.Key == CredentialField.Region).ToDictionary() }
            : configuration;
        var chosen = own.Kind == CredentialKind.None ? LocalAccount.Credentials : own;
        return new CredentialChoice { Kind = chosen.Kind, Chosen = chosen, Sets = [own, LocalAccount.Credentials], Problems = [] };
    }

    /// <summary>How the local EVS is started; null when it is not.</summary>
    /// <param name="problems">Receives what stands in the way.</param>
    public static LocalEvsSetup? SetupOf(ProviderSettings settings, string region, Host host, ICollection<string> problems)
    {
        if (!IsStarted(settings))
        {
            return null;
        }

        if (PulumiHome.Find(host.Variable) is not { } home || host.Programs is not { } programs)
        {
            problems.Add("there is no folder for the state of the local EVS: set PULUMI_HOME or HOME");
            return null;
        }

        var setup = new LocalEvsSetup
        {
            Program = LocalEvsSetup.ProgramIn(programs),
            Folder = Path.GetFullPath(Path.Combine(home, "evs", "local", region)),
            Region = region,
        };
        if (!host.FileExists(setup.Program))
        {
            problems.Add($"there is no local EVS to start: {setup.NotThere}. {LocalEvsSetup.Remedy}");
        }

        return host.Get(IdleVariable) is { } idle ? setup with { IdleExit = idle } : setup;
    }

    /// <summary>Says that nothing real is made, and which settings are therefore without effect.</summary>
    public static void Tell(ProviderSettings settings, LocalEvsSetup? setup, IOperationLog log)
    {
        var where = setup is not null ? $"Its state is kept in {setup.Folder}." : $"It is the one at {settings.Given(ProviderDeclaration.Endpoint)}.";
        log.Info($"{EvsPackage.Name}:{ProviderDeclaration.Cloud} is local: nothing real is made and nothing is charged, a local EVS on this machine keeps books about disks. {where}");
        if (setup is not null && Unused.Where(name => settings.Given(name) is not null).Select(name => $"{EvsPackage.Name}:{name}").ToArray() is { Length: > 0 } unused)
        {
            log.Warning($"{string.Join(", ", unused)} {(unused.Length == 1 ? "has" : "have")} no effect with a local cloud: the local EVS has one user and one project of its own.");
        }
    }
}
