using PulumiEvs.Resources.Provider;

namespace PulumiEvs.Resources.Functions;

/// <summary>What is said when a look-up finds nothing: what was asked for, and where, since a wrong region is the commonest cause.</summary>
internal static class NotFound
{
    public static string Volume(EvsSession session, string volumeId) => $"there is no volume with the id \"{volumeId}\" {Where(session)}";

    public static string Where(EvsSession session)
    {
        var target = session.Client.Target;
        return target.Region.Length > 0 ? $"in the region {target.Region} (at {target.Evs.Host})" : $"at {target.Evs.Host}";
    }
}
