using System.Text.Json;
using System.Text.Json.Serialization;
using EvsSimulator.Core;
using EvsSimulator.Core.Jobs;
using EvsSimulator.Core.Volumes;

namespace EvsSimulator.Persistence;

/// <summary>What a state file holds: everything that must be there again after a restart.</summary>
internal sealed record StateDocument
{
    public const int CurrentFormat = 1;

    public required int Format { get; init; }

    /// <summary>The moment of the state: the work of jobs that ended before it is done.</summary>
    public required DateTimeOffset SavedAt { get; init; }

    /// <summary>Where the draws continue, so that ids are not given out twice.</summary>
    public required ulong DrawsPosition { get; init; }

    public required Volume[] Volumes { get; init; }

    public required Snapshot[] Snapshots { get; init; }

    public required Job[] Jobs { get; init; }

    public required RememberedAnswer[] ClientTokens { get; init; }

    public required Deleted[] Deleted { get; init; }

    public required long DeletedCount { get; init; }

    public static StateDocument Of(World world) => new()
    {
        Format = CurrentFormat,
        SavedAt = world.Moment,
        DrawsPosition = world.Draws.Position,
        Volumes = [.. world.Store.Volumes],
        Snapshots = [.. world.Store.Snapshots],
        Jobs = [.. world.Store.Jobs],
        ClientTokens = [.. world.ClientTokens.All],
        Deleted = [.. world.Store.Deleted],
        DeletedCount = world.Store.DeletedCount,
    };

    /// <summary>Puts the cloud into this state; jobs under way go on as if there had been no break.</summary>
    public void Restore(Cloud cloud) => cloud.Restore(DrawsPosition, world =>
    {
        foreach (var volume in Volumes)
        {
            world.Store.Put(volume);
        }

        foreach (var snapshot in Snapshots)
        {
            world.Store.Put(snapshot);
        }

        foreach (var job in Jobs.OrderBy(job => job.BeganAt))
        {
            world.Store.Put(job);
            if (job.EndsAt > SavedAt)
            {
                world.Jobs.Schedule(job);
            }
        }

        foreach (var answer in ClientTokens)
        {
            world.ClientTokens.Restore(answer, world.Moment);
        }

        world.Store.RestoreDeleted(Deleted, DeletedCount);
    });
}

/// <summary>The state file's JSON.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StateDocument))]
internal sealed partial class StateJson : JsonSerializerContext;
