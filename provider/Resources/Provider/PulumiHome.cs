namespace PulumiEvs.Resources.Provider;

/// <summary>Pulumi's own folder of this user: where its plugins are, and where ours keeps what has to outlive a run.</summary>
internal static class PulumiHome
{
    /// <returns>Null when the environment names neither PULUMI_HOME nor a home.</returns>
    public static string? Find(Func<string, string?> environment)
    {
        if (environment("PULUMI_HOME") is { Length: > 0 } home)
        {
            return home;
        }

        return (environment("HOME") ?? environment("USERPROFILE")) is { Length: > 0 } user ? Path.Combine(user, ".pulumi") : null;
    }
}
