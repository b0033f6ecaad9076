using PulumiEvs.Evs.Errors;
using PulumiEvs.Evs.Http;
using PulumiEvs.Evs.Models;

namespace PulumiEvs.Evs;

internal sealed partial class EvsClient
{
    /// <summary>Asks for the state of a job of EVS. An <c>error</c> in place of a state is thrown, whatever the HTTP status.</summary>
    public Task<Job> GetJobAsync(string jobId, CancellationToken ct) => GetJobAsync("reading job", jobId, target.Evs, ct);

    private async Task<Job> GetJobAsync(string what, string jobId, Uri endpoint, CancellationToken ct)
    {
        var request = await DescribeAsync($"{what} {jobId}", HttpMethod.Get, "v1", $"jobs/{Escape(jobId)}", Idempotency.Read, ct, endpoint);
        var job = await transport.SendAsync(request, EvsJson.Default.Job, ct);
        if (job is { Error: { } error, Status: null or "" })
        {
            var decoded = new DecodedError { Shape = ErrorShape.Nested, Code = error.Code, Message = error.Message };
            throw new EvsException(ErrorClassifier.Classify(request.ToFacts(), 200, decoded));
        }

        return job;
    }
}
