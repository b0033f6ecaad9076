using System.Collections.Immutable;
using PulumiEvs.Evs.Errors;
using PulumiEvs.Evs.Models;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Declarations;
using PulumiEvs.Resources.Provider;
using PulumiEvs.Resources.Values;
using static PulumiEvs.Resources.Functions.LookupProperty;

namespace PulumiEvs.Resources.Functions;

/// <summary><c>getJob</c>: a job as the service shows it, whole (EVS API reference, querying task status).</summary>
internal static class JobLookup
{
    /// <summary>"No such job" may come from a node that does not know it yet: said once it is asked again, said three times it is so.</summary>
    private const int Asks = 3;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private static readonly EnumDeclaration Services = new(
        "evs:index:JobService",
        "The service that a job belongs to.",
        [
            new EnumMember("Evs", "evs", "EVS: creating, extending, retyping and deleting disks."),
            new EnumMember("Ecs", "ecs", "ECS: attaching and detaching disks."),
        ]);

    private static readonly EnumDeclaration Statuses = new(
        "evs:index:JobStatus",
        "How far a job is.",
        [
            new EnumMember("Init", "INIT", "Accepted, not begun."),
            new EnumMember("Running", "RUNNING", "Under way."),
            new EnumMember("Success", "SUCCESS", "Ended, and done."),
            new EnumMember("Fail", "FAIL", "Ended, and failed: `errorCode` and `failReason` say why."),
        ]);

    private static readonly EnumDeclaration Types = new(
        "evs:index:JobType",
        "What a job does. The list is open: other services have other types.",
        [
            new EnumMember("CreateVolume", "createVolume", "Creates a disk."),
            new EnumMember("BatchCreateVolume", "batchCreateVolume", "Creates several disks, each in a sub-job."),
            new EnumMember("DeleteVolume", "deleteVolume", "Deletes a disk."),
            new EnumMember("ExtendVolume", "extendVolume", "Extends a disk."),
            new EnumMember("BulkDeleteVolume", "bulkDeleteVolume", "Deletes several disks, each in a sub-job."),
            new EnumMember("DeleteSingleVolume", "deleteSingleVolume", "Deletes one disk of several."),
            new EnumMember("RetypeVolume", "retypeVolume", "Changes the type of a disk."),
        ]);

    private static readonly ImmutableArray<PropertyDeclaration> CommonEntities =
    [
        Result("volumeId", PropertyType.String, "ID of the disk; known while the job runs."),
        Result("name", PropertyType.String, "Name of the disk."),
        Result("size", PropertyType.Int, "Size of the disk in GiB."),
        Result("volumeType", PropertyType.String, "Type of the disk."),
        Result("serverId", PropertyType.String, "ID of the server, in jobs of ECS."),
    ];

    private static readonly ImmutableArray<PropertyDeclaration> CommonJob =
    [
        Result("jobId", PropertyType.String, "ID of the job."),
        Result("jobType", new PropertyType.Choice(Types, IsOpen: true), "What the job does."),
        Result("status", new PropertyType.Choice(Statuses, IsOpen: true), "How far the job is."),
        Result("beginTime", PropertyType.String, "When the job began: UTC, `YYYY-MM-DDTHH:MM:SS.sssZ`."),
        Result("endTime", PropertyType.String, "When the job ended, in the form of `beginTime`. Not there while it runs."),
        Result("errorCode", PropertyType.String, "Error code of a job that failed, such as `EVS.2024`."),
        Result("failReason", PropertyType.String, "Why the job failed, in the service's words."),
    ];

    private static readonly ObjectDeclaration SubJobEntities = new("evs:index:SubJobEntities", "What a sub-job is about.", CommonEntities);

    private static readonly ObjectDeclaration SubJob = new(
        "evs:index:SubJob",
        "One of the jobs that a batch job consists of.",
        [.. CommonJob, Result("entities", new PropertyType.Object(SubJobEntities), "What the sub-job is about.")]);

    private static readonly ObjectDeclaration Entities = new(
        "evs:index:JobEntities",
        "What a job is about. A batch job has only sub-jobs; each field may be missing while the job runs.",
        [.. CommonEntities, Result("subJobs", ListOf(SubJob), "The sub-jobs of a batch job: they alone tell which disk succeeded.")]);

    private static readonly ObjectDeclaration Error = new(
        "evs:index:JobError",
        "What went wrong with the query of a job.",
        [Result("code", PropertyType.String, "Error code."), Result("message", PropertyType.String, "Error text.")]);

    public static readonly Lookup Lookup = new(
        new FunctionDeclaration
        {
            Token = "evs:index:getJob",
            Examples = LookupExamples.Job,
            Description =
                "A job of the service, as it is at this moment: creating, extending, retyping and deleting disks are jobs. Does not wait for "
                + "the job. The cloud forgets jobs after a while.",
            Arguments =
            [
                Argument("jobId", PropertyType.String, "ID of the job, such as the output `jobId` of a volume.") with { Required = true },
                Argument("service", new PropertyType.Choice(Services, IsOpen: false), "The service whose job it is: `evs` (the default) or `ecs`."),
            ],
            Results =
            [
                .. CommonJob.Select(property => property.Name is "jobId" or "status" ? property with { AlwaysReturned = true } : property),
                Always("entities", new PropertyType.Object(Entities), "What the job is about."),
                Result("error", new PropertyType.Object(Error), "What went wrong with the query, where the service adds that to a job."),
            ],
        },
        ReadAsync);

    private static async Task<PropertyMap> ReadAsync(EvsSession session, PropertyMap arguments, CancellationToken cancellationToken)
    {
        var jobId = InputReader.Text(arguments["jobId"])!;
        var isEcs = InputReader.Text(arguments["service"]) == "ecs";
        for (var asked = 1; ; asked++)
        {
            try
            {
                var job = isEcs
                    ? await session.Client.GetEcsJobAsync(jobId, cancellationToken)
                    : await session.Client.GetJobAsync(jobId, cancellationToken);
                return Describe(job, jobId);
            }
            catch (EvsException e) when (e.Class == ErrorClass.JobUnknown || e.IsDefinitelyNotFound)
            {
                if (asked >= Asks)
                {
                    throw new ResourceException(
                        FailureKind.NotFound,
                        $"{(isEcs ? "ECS" : "EVS")} knows no job with the id \"{jobId}\" {NotFound.Where(session)}; "
                        + $"a job is forgotten some time after it has ended ({e.Message})",
                        e);
                }
            }

            await Task.Delay(Pause, session.Time, cancellationToken);
        }
    }

    private static PropertyMap Describe(Job job, string jobId)
    {
        var described = Common(job).Set("jobId", Text(job.JobId) ?? jobId).Set("status", job.Status ?? "");
        var entities = EntitiesOf(job);
        if (job.SubJobs.Count > 0)
        {
            entities.Set("subJobs", List(job.SubJobs.Select(sub => Common(sub).SetIfPresent("entities", EntitiesOf(sub).Build()).Build())));
        }

        return described
            .Set("entities", entities.Build())
            .SetIfPresent("error", job.Error is { } error ? ErrorOf(error) : null)
            .Build();
    }

    private static PropertyMap.Builder Common(Job job) => new PropertyMap.Builder(12)
        .SetIfPresent("jobId", Text(job.JobId))
        .SetIfPresent("jobType", Text(job.JobType))
        .SetIfPresent("status", Text(job.Status))
        .SetIfPresent("beginTime", Text(job.BeginTime))
        .SetIfPresent("endTime", Text(job.EndTime))
        .SetIfPresent("errorCode", Text(job.ErrorCode))
        .SetIfPresent("failReason", Text(job.FailReason));

    private static PropertyMap.Builder EntitiesOf(Job job) => new PropertyMap.Builder(8)
        .SetIfPresent("volumeId", Text(job.Entities?.VolumeId))
        .SetIfPresent("name", Text(job.Entities?.Name))
        .SetIfPresent("size", Number(job.Entities?.Size))
        .SetIfPresent("volumeType", Text(job.Entities?.VolumeType))
        .SetIfPresent("serverId", Text(job.Entities?.ServerId));

    private static PropertyValue ErrorOf(JobError error) => new PropertyMap.Builder(2)
        .SetIfPresent("code", Text(error.Code))
        .SetIfPresent("message", Text(error.Message))
        .Build();
}
