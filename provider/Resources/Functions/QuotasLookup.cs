using PulumiEvs.Evs.Models;
using PulumiEvs.Resources.Declarations;
using PulumiEvs.Resources.Provider;
using PulumiEvs.Resources.Values;
using static PulumiEvs.Resources.Functions.LookupProperty;

namespace PulumiEvs.Resources.Functions;

/// <summary><c>getQuotas</c>: the limits of the project and what is in use of them (Cinder API, querying tenant quotas).</summary>
internal static class QuotasLookup
{
    private static readonly ObjectDeclaration QuotaType = new(
        "evs:index:QuotaInfo",
        "One quota of the project.",
        [
            Always("limit", PropertyType.Int, "The limit; -1 means that there is none."),
            Always("inUse", PropertyType.Int, "What is in use."),
            Always("reserved", PropertyType.Int, "What is reserved for operations under way."),
            Result("remaining", PropertyType.Int, "What is left: `limit` less `inUse` less `reserved`, never below 0. Not there without a limit."),
        ]);

    public static readonly Lookup Lookup = new(
        new FunctionDeclaration
        {
            Token = "evs:index:getQuotas",
            Examples = LookupExamples.Quotas,
            Description = "The quotas of the project for disks, snapshots and gigabytes, and what is in use of them.",
            Arguments = [],
            Results =
            [
                Result("projectId", PropertyType.String, "ID of the project."),
                Always(
                    "quotas",
                    new PropertyType.Map(new PropertyType.Object(QuotaType)),
                    "The quotas by name, as the cloud names them: `volumes`, `snapshots`, `gigabytes` (in GiB), `per_volume_gigabytes`, `backups`, "
                    + "`backup_gigabytes`, and the first three for one disk type alone, such as `volumes_SSD` and `gigabytes_SSD`."),
            ],
        },
        ReadAsync);

    private static async Task<PropertyMap> ReadAsync(EvsSession session, PropertyMap arguments, CancellationToken cancellationToken)
    {
        var set = await session.Client.GetQuotasAsync(cancellationToken);
        var quotas = PropertyMap.From(set.Quotas.Select(quota => KeyValuePair.Create(quota.Key, (PropertyValue)Describe(quota.Value))));
        return new PropertyMap.Builder(2).SetIfPresent("projectId", Text(set.Id)).Set("quotas", quotas).Build();
    }

    private static PropertyMap Describe(Quota quota) => new PropertyMap.Builder(4)
        .Set("limit", quota.Limit)
        .Set("inUse", quota.InUse)
        .Set("reserved", quota.Reserved)
        .SetIfPresent("remaining", Number(quota.Left))
        .Build();
}
