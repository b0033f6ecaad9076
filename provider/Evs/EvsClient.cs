using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using PulumiEvs.Evs.Auth;
using PulumiEvs.Evs.Clouds;
using PulumiEvs.Evs.Errors;
using PulumiEvs.Evs.Http;

namespace PulumiEvs.Evs;

/// <summary>
/// The calls of the EVS API, and the few of ECS that attach disks. Every method throws <see cref="EvsException"/> when the service
/// cannot be reached or says no. Cheap to copy: <see cref="With"/> gives one for the calls of one operation.
/// </summary>
internal sealed partial class EvsClient(EvsTransport transport, CloudTarget target, ProjectSource project)
{
    private CallContext _context = CallContext.Default;

    public CloudTarget Target => target;

    public ProjectSource Project => project;

    /// <summary>The bounds that its calls have.</summary>
    public CallContext Context => _context;

    /// <summary>A client for the calls of one operation, with its deadline, observer and number of retries.</summary>
    public EvsClient With(CallContext context) => new(transport, target, project) { _context = context };

    private async ValueTask<RequestDescription> DescribeAsync(
        string operation, HttpMethod method, string version, string path, Idempotency idempotency, CancellationToken ct, Uri? endpoint = null)
    {
        string id;
        try
        {
            id = await project.GetIdAsync(ct);
        }
        catch (EvsException e)
        {
            throw e.With(facts => facts with
            {
                Operation = $"{operation}: {facts.Operation}",
                Knowledge = facts.Knowledge == Knowledge.Refused ? Knowledge.Refused : Knowledge.NotActedOn,
            });
        }

        return new RequestDescription
        {
            Operation = operation,
            Method = method,
            Endpoint = endpoint ?? target.Evs,
            EndpointSetting = endpoint is null ? Setting.Endpoint : Setting.EcsEndpoint,
            Path = $"/{version}/{Uri.EscapeDataString(id)}/{path.Replace("{project}", Uri.EscapeDataString(id), StringComparison.Ordinal)}",
            Idempotency = idempotency,
            Headers = [KeyValuePair.Create("X-Project-Id", id)],
            Context = _context,
        };
    }

    private static ReadOnlyMemory<byte> Body<T>(T value, JsonTypeInfo<T> shape) => JsonSerializer.SerializeToUtf8Bytes(value, shape);

    private static string Escape(string id) => Uri.EscapeDataString(id);

    /// <summary>The operation is not in this cloud's table.</summary>
    private EvsException NotOffered(string operation) => new(new ErrorFacts
    {
        Operation = operation,
        ServiceMessage = $"{target.Cloud.Title} does not offer this",
        Hint = $"If it does by now, set its version in {Setting.ApiVersions}.",
        Knowledge = Knowledge.NotActedOn,
        Class = ErrorClass.Input,
    });
}
