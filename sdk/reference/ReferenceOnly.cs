namespace Pulumi;

/// <summary>What every member of this assembly does when it is run instead of compiled against.</summary>
internal static class ReferenceOnly
{
    public static NotSupportedException Exception =>
        new("This assembly only tells a compiler what Pulumi's API looks like. Add the NuGet package Pulumi to the program that is to run.");
}
