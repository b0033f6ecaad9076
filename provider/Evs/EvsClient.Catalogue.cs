using PulumiEvs.Evs.Http;
using PulumiEvs.Evs.Models;

namespace PulumiEvs.Evs;

internal sealed partial class EvsClient
{
    public async Task<IReadOnlyList<VolumeType>> ListVolumeTypesAsync(CancellationToken ct)
    {
        var request = await DescribeAsync("listing volume types", HttpMethod.Get, target.Versions.Catalogue, "types", Idempotency.Read, ct);
        return (await transport.SendAsync(request, EvsJson.Default.VolumeTypeList, ct)).VolumeTypes;
    }

    public async Task<IReadOnlyList<AvailabilityZone>> ListAvailabilityZonesAsync(CancellationToken ct)
    {
        var request = await DescribeAsync(
            "listing availability zones", HttpMethod.Get, target.Versions.Catalogue, "os-availability-zone", Idempotency.Read, ct);
        return (await transport.SendAsync(request, EvsJson.Default.AvailabilityZoneList, ct)).Zones;
    }

    /// <summary>The quotas of the project, with what is in use of them.</summary>
    public async Task<QuotaSet> GetQuotasAsync(CancellationToken ct)
    {
        var request = await DescribeAsync(
            "reading quotas", HttpMethod.Get, target.Versions.Catalogue, "os-quota-sets/{project}", Idempotency.Read, ct);
        request = request with { Query = [KeyValuePair.Create("usage", "True")] };
        return (await transport.SendAsync(request, EvsJson.Default.QuotaSetEnvelope, ct)).QuotaSet;
    }

    /// <summary>The API versions that the endpoint lists; needs neither project nor permission.</summary>
    public async Task<IReadOnlyList<ApiVersion>> ListApiVersionsAsync(CancellationToken ct)
    {
        var request = new RequestDescription
        {
            Operation = "listing API versions",
            Method = HttpMethod.Get,
            Endpoint = target.Evs,
            Path = "/",
            Idempotency = Idempotency.Read,
            AlsoSuccess = 300,
            Context = _context,
        };
        return (await transport.SendAsync(request, EvsJson.Default.ApiVersionList, ct)).Versions;
    }
}
