namespace PulumiEvs.Resources.VolumeBatches;

/// <summary>The names of the properties that a batch has besides those of its volumes.</summary>
internal static class BatchProperties
{
    public const string Count = "count";
    public const string Volumes = "volumes";
    public const string VolumeIds = "volumeIds";

    /// <summary>Of one volume in the list.</summary>
    public const string Number = "number";
}
