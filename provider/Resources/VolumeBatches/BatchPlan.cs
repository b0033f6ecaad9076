using System.Collections.Immutable;
using PulumiEvs.Evs.Models;
using PulumiEvs.Resources.Reporting;
using PulumiEvs.Resources.Values;
using PulumiEvs.Resources.Volumes;

namespace PulumiEvs.Resources.VolumeBatches;

/// <summary>What one request is to make.</summary>
/// <param name="Inputs">The batch's inputs.</param>
/// <param name="Numbers">The numbers of the new volumes, in the order of the job's parts.</param>
internal sealed record BatchPlan(PropertyMap Inputs, ImmutableArray<int> Numbers)
{
    public CreateVolume Order => BatchOrder.From(Inputs, Numbers);

    /// <summary>As messages begin: <c>creating 3 volumes "data" (SSD, 100 GiB, eu-de-01)</c>.</summary>
    public string Operation => "creating " + VolumeText.Wished(Inputs, Numbers.Length);

    /// <summary>The volume that a part of the job makes.</summary>
    public string NameOf(int index) => VolumeText.Named(BatchMembers.InputsOf(Inputs, Numbers[index]));

    /// <summary>The plan with a number for each of so many parts, should a job have more than were asked for.</summary>
    public BatchPlan Covering(int parts) => parts <= Numbers.Length
        ? this
        : this with { Numbers = [.. Numbers, .. Enumerable.Range(Numbers.Max() + 1, parts - Numbers.Length)] };

    /// <summary>A new member.</summary>
    /// <param name="live">Null when the service does not show it yet: then it has what was asked for, and the status that is said.</param>
    public BatchMember Member(int index, string volumeId, Volume? live, string? jobId, string unseenStatus, bool failed)
    {
        var inputs = BatchMembers.InputsOf(Inputs, Numbers[index]);
        var outputs = live is not null
            ? VolumeOutputs.Of(live, inputs, jobId)
            : VolumeOutputs.Expected(inputs).With(PropertyMap.Of((VolumeProperties.VolumeId, volumeId), (VolumeProperties.Status, unseenStatus)));
        return new BatchMember(Numbers[index], volumeId, CreationMark.Put(outputs, failed ? CreationState.Failed : CreationState.Complete));
    }
}
