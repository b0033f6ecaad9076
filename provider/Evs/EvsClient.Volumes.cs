using System.Runtime.CompilerServices;
using PulumiEvs.Evs.Errors;
using PulumiEvs.Evs.Http;
using PulumiEvs.Evs.Jobs;
using PulumiEvs.Evs.Models;

namespace PulumiEvs.Evs;

internal sealed partial class EvsClient
{
    /// <summary>Asks for one or more new disks.</summary>
    /// <param name="volume">What is wanted.</param>
    /// <param name="clientToken">A UUID of the caller's for this request. Where the API takes one, an uncertain request is sent again with it.</param>
    /// <param name="ct">Cancels the call.</param>
    public async Task<CreateAccepted> CreateVolumeAsync(CreateVolume volume, string? clientToken, CancellationToken ct)
    {
        var withToken = clientToken is not null && target.Versions.CreateTakesClientToken;
        var operation = volume.Count > 1 ? $"creating {volume.Count} volumes '{volume.Name}'" : $"creating volume '{volume.Name}'";
        var request = await DescribeAsync(
            operation, HttpMethod.Post, target.Versions.Create, "cloudvolumes", withToken ? Idempotency.CreateWithToken : Idempotency.Create, ct);
        request = request with
        {
            Body = Body(
                new CreateVolumeRequest
                {
                    Volume = volume,
                    Billing = volume.Billing,
                    ServerId = volume.ServerId,
                    SchedulerHints = volume.DedicatedStorageId is { } pool ? new SchedulerHints { DedicatedStorageId = pool } : null,
                },
                EvsJson.Default.CreateVolumeRequest),
            Headers = withToken ? [.. request.Headers, KeyValuePair.Create("X-Client-Token", clientToken!)] : request.Headers,
        };
        var accepted = await transport.SendAsync(request, EvsJson.Default.CreateAccepted, ct);
        return accepted is { JobId: null, OrderId: null } && accepted.VolumeIds.Count == 0
            ? throw Incomplete(request, "the answer names neither a job nor an order")
            : accepted;
    }

    /// <summary>The disk, or null when the service itself says that it is not there.</summary>
    public async Task<Volume?> FindVolumeAsync(string volumeId, CancellationToken ct)
    {
        var request = await DescribeAsync(
            $"reading volume {volumeId}", HttpMethod.Get, target.Versions.Volumes, $"cloudvolumes/{Escape(volumeId)}", Idempotency.Read, ct);
        try
        {
            return (await transport.SendAsync(request, EvsJson.Default.VolumeEnvelope, ct)).Volume;
        }
        catch (EvsException e) when (e.IsDefinitelyNotFound)
        {
            return null;
        }
    }

    /// <summary>All disks that the filter lets through, each once, however many pages they fill.</summary>
    public async IAsyncEnumerable<Volume> ListVolumesAsync(VolumeFilter filter, [EnumeratorCancellation] CancellationToken ct)
    {
        var request = (await DescribeAsync("listing volumes", HttpMethod.Get, target.Versions.Volumes, "cloudvolumes/detail", Idempotency.Read, ct))
            with
        { ReadsOthers = true };
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var pages = new Pages(Query(filter), filter.PageSize);
        while (pages.Next is { } query)
        {
            var page = await transport.SendAsync(request with { Query = query }, EvsJson.Default.VolumePage, ct);
            foreach (var volume in page.Volumes)
            {
                if (seen.Add(volume.Id))
                {
                    yield return volume;
                }
            }

            pages.Turn(page.Volumes.Count, page.Volumes.Count > 0 ? page.Volumes[^1].Id : null, page.Links);
        }
    }

    /// <summary>The pages of a list of disks, each with only what is needed to see what has moved.</summary>
    public async IAsyncEnumerable<IReadOnlyList<VolumeGlance>> GlanceAtVolumesAsync(
        VolumeFilter filter, [EnumeratorCancellation] CancellationToken ct)
    {
        var request = (await DescribeAsync("watching volumes", HttpMethod.Get, target.Versions.Volumes, "cloudvolumes/detail", Idempotency.Read, ct))
            with
        { ReadsOthers = true };
        var pages = new Pages(Query(filter), filter.PageSize);
        while (pages.Next is { } query)
        {
            var page = await transport.SendAsync(request with { Query = query }, EvsJson.Default.VolumeGlancePage, ct);
            yield return page.Volumes;
            pages.Turn(page.Volumes.Count, page.Volumes.Count > 0 ? page.Volumes[^1].Id : null, page.Links);
        }
    }

    /// <summary>Sets the name, the description or both. Empty text clears; null leaves.</summary>
    public async Task UpdateVolumeAsync(string volumeId, string? name, string? description, CancellationToken ct)
    {
        var request = await DescribeAsync(
            $"updating volume {volumeId}", HttpMethod.Put, target.Versions.Volumes, $"cloudvolumes/{Escape(volumeId)}", Idempotency.IdempotentWrite, ct);
        var body = new UpdateRequest { Volume = new NameAndDescription { Name = name, Description = description } };
        await transport.SendAsync(request with { Body = Body(body, EvsJson.Default.UpdateRequest) }, ct);
    }

    /// <summary>Grows a disk to a size in GiB.</summary>
    /// <returns>
    /// The job; null when there is none to wait for: an earlier attempt of the request was acted on after all, and the disk's status
    /// and size tell when it is done.
    /// </returns>
    public async Task<string?> ExtendVolumeAsync(string volumeId, int newSize, CancellationToken ct)
    {
        var request = await DescribeAsync(
            $"extending volume {volumeId} to {newSize} GiB",
            HttpMethod.Post,
            target.Versions.Extend,
            $"cloudvolumes/{Escape(volumeId)}/action",
            Idempotency.IdempotentWrite,
            ct);
        var body = new ExtendRequest { Extend = new ExtendBody { NewSize = newSize } };
        return await SubmitAsync(
            request with { Body = Body(body, EvsJson.Default.ExtendRequest) },
            volumeId,
            volume => volume.Size >= newSize || volume.Status == VolumeStatus.Extending,
            ct);
    }

    /// <summary>Changes a disk's type; some types need the figures with it.</summary>
    /// <returns>As of <see cref="ExtendVolumeAsync"/>.</returns>
    public async Task<string?> RetypeVolumeAsync(string volumeId, string newType, int? iops, int? throughput, CancellationToken ct)
    {
        var operation = $"changing the type of volume {volumeId} to {newType}";
        var request = await DescribeAsync(
            operation,
            HttpMethod.Post,
            target.Versions.Retype ?? throw NotOffered(operation),
            $"volumes/{Escape(volumeId)}/retype",
            Idempotency.IdempotentWrite,
            ct);
        var body = new RetypeRequest { Retype = new RetypeBody { NewType = newType, Iops = iops, Throughput = throughput } };
        return await SubmitAsync(
            request with { Body = Body(body, EvsJson.Default.RetypeRequest) },
            volumeId,
            volume => volume.VolumeType == newType || VolumeStatus.GroupOf(volume.Status) == StatusGroup.Moving,
            ct);
    }

    /// <summary>Sets the performance figures of a GPSSD2 or ESSD2 disk.</summary>
    /// <returns>As of <see cref="ExtendVolumeAsync"/>.</returns>
    public async Task<string?> SetQosAsync(string volumeId, int iops, int? throughput, CancellationToken ct)
    {
        var operation = $"setting the performance of volume {volumeId}";
        var request = await DescribeAsync(
            operation,
            HttpMethod.Put,
            target.Versions.Qos ?? throw NotOffered(operation),
            $"cloudvolumes/{Escape(volumeId)}/qos",
            Idempotency.IdempotentWrite,
            ct);
        var body = new QosRequest { QosModify = new QosBody { Iops = iops, Throughput = throughput } };
        return await SubmitAsync(
            request with { Body = Body(body, EvsJson.Default.QosRequest) },
            volumeId,
            volume => volume.Iops?.TotalVal == iops && (throughput is null || volume.Throughput?.TotalVal == throughput),
            ct);
    }

    /// <summary>Deletes a disk.</summary>
    /// <returns>Null when it is not there any more. Without a job in it, the disk is watched until it is gone.</returns>
    public async Task<DeleteAccepted?> DeleteVolumeAsync(string volumeId, CancellationToken ct)
    {
        var request = await DescribeAsync(
            $"deleting volume {volumeId}", HttpMethod.Delete, target.Versions.Delete, $"cloudvolumes/{Escape(volumeId)}", Idempotency.IdempotentWrite, ct);
        try
        {
            return new DeleteAccepted(await SubmitAsync(request, volumeId, volume => volume.Status == VolumeStatus.Deleting, ct));
        }
        catch (EvsException e) when (e.IsDefinitelyNotFound)
        {
            return null;
        }
    }

    /// <summary>
    /// Sends a request that answers with a job. When an earlier attempt had no clear answer and the last one is refused, the refusal
    /// may be the effect of the first: then the disk itself tells.
    /// </summary>
    private async Task<string?> SubmitAsync(RequestDescription request, string volumeId, Func<Volume, bool> isActedOn, CancellationToken ct)
    {
        try
        {
            var answer = await transport.SendAsync(request, EvsJson.Default.JobAccepted, ct);
            return answer.JobId ?? (answer.OrderId is null ? throw Incomplete(request, "the answer names no job") : null);
        }
        catch (EvsException e) when (
            e is { Knowledge: Knowledge.Refused, EarlierAttemptUnknown: true, IsDefinitelyNotFound: false, IsDefiniteRefusal: false })
        {
            if (await FindVolumeAsync(volumeId, ct) is { } volume && isActedOn(volume))
            {
                return null;
            }

            throw;
        }
    }

    private static EvsException Incomplete(RequestDescription request, string what) =>
        new(request.ToFacts() with { ServiceMessage = what, Class = ErrorClass.Protocol });

    private static IEnumerable<KeyValuePair<string, string?>> Query(VolumeFilter filter) =>
    [
        new("name", filter.Name),
        new("status", filter.Status),
        new("availability_zone", filter.AvailabilityZone),
        new("id", filter.Id),
        new("ids", filter.Ids is { Count: > 0 } ids ? $"[{string.Join(',', ids.Select(id => $"'{id}'"))}]" : null),
        new("server_id", filter.ServerId),
        new("multiattach", filter.Multiattach is { } multiattach ? multiattach ? "true" : "false" : null),
        new("volume_type_id", filter.VolumeTypeId),
        new("service_type", filter.ServiceType),
        new("enterprise_project_id", filter.EnterpriseProjectId),
        new("dedicated_storage_id", filter.DedicatedStorageId),
        new("dedicated_storage_name", filter.DedicatedStorageName),
        new("metadata", filter.Metadata is { Count: > 0 } metadata ? Literal(metadata) : null),
        new("sort_key", filter.SortKey),
        new("sort_dir", filter.SortDirection),
    ];

    /// <summary>A map as the filter wants it: <c>{"key":"value"}</c>.</summary>
    private static string Literal(IReadOnlyDictionary<string, string> map) =>
        System.Text.Json.JsonSerializer.Serialize(map, EvsJson.Default.IReadOnlyDictionaryStringString);
}
