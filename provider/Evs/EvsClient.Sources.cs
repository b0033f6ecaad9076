using PulumiEvs.Evs.Errors;
using PulumiEvs.Evs.Http;
using PulumiEvs.Evs.Models;

namespace PulumiEvs.Evs;

internal sealed partial class EvsClient
{
    /// <summary>KMS's code for a key id that it does not know (KMS API reference, error codes).</summary>
    private const string UnknownKey = "KMS.0205";

    /// <summary>The backup service's own codes begin so; a gateway's 404 does not.</summary>
    private const string BackupCodes = "BackupService.";

    /// <summary>The image, private, shared or public, or null when there is none that the project can see (IMS).</summary>
    public async Task<SourceImage?> FindImageAsync(string imageId, CancellationToken ct)
    {
        var operation = $"reading image {imageId}";
        var request = await DescribeAsync(operation, HttpMethod.Get, "v2", "cloudimages", Idempotency.Read, ct, Known(target.Images, operation, "IMS"));
        request = request with { Path = "/v2/cloudimages", Query = [KeyValuePair.Create("id", imageId)] };
        return (await transport.SendAsync(request, EvsJson.Default.SourceImageList, ct)).Images.FirstOrDefault(image => image.Id == imageId);
    }

    /// <summary>The backup, or null when the service itself says that it is not there (CBR).</summary>
    public async Task<SourceBackup?> FindBackupAsync(string backupId, CancellationToken ct)
    {
        var operation = $"reading backup {backupId}";
        var request = await DescribeAsync(
            operation, HttpMethod.Get, "v3", $"backups/{Escape(backupId)}", Idempotency.Read, ct, Known(target.Backups, operation, "CBR"));
        try
        {
            return (await transport.SendAsync(request, EvsJson.Default.SourceBackupEnvelope, ct)).Backup;
        }
        catch (EvsException e) when (e.IsDefinitelyNotFound || (e.HttpStatus == 404 && e.Code?.StartsWith(BackupCodes, StringComparison.Ordinal) is true))
        {
            return null;
        }
    }

    /// <summary>The key, or null when the service itself says that it is not there. KMS has no other way to read than this POST.</summary>
    public async Task<SourceKey?> FindKeyAsync(string keyId, CancellationToken ct)
    {
        var operation = $"reading key {keyId}";
        var request = await DescribeAsync(
            operation, HttpMethod.Post, "v1.0", "kms/describe-key", Idempotency.Read, ct, Known(target.Keys, operation, "KMS"));
        request = request with { Body = Body(new DescribeKeyRequest { KeyId = keyId }, EvsJson.Default.DescribeKeyRequest) };
        try
        {
            return (await transport.SendAsync(request, EvsJson.Default.SourceKeyEnvelope, ct)).Key;
        }
        catch (EvsException e) when (e.Code == UnknownKey)
        {
            return null;
        }
    }

    private static Uri Known(Uri? address, string operation, string service) => address ?? throw new EvsException(new ErrorFacts
    {
        Operation = operation,
        ServiceMessage = $"the address of {service} is not known",
        Knowledge = Knowledge.NotActedOn,
        Class = ErrorClass.Input,
    });
}
