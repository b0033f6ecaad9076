using PulumiEvs.Resources.Journal;
using PulumiEvs.Resources.Volumes;
using PulumiEvs.Tests.Unit.Support;

namespace PulumiEvs.Tests.Unit.Resources.Support;

/// <summary>What a run that was killed a minute ago has left in the journal.</summary>
internal static class LeftRecord
{
    /// <summary>When the tests begin, by the machine's clock.</summary>
    public static readonly DateTimeOffset Now = new FakeTime().GetUtcNow();

    /// <summary>It had been told its job.</summary>
    public static JournalEntry OfJob => WithoutJob with { JobId = "job-1" };

    /// <summary>It may or may not have sent its request.</summary>
    public static JournalEntry WithoutJob => new()
    {
        Urn = Given.Resource.Urn,
        Endpoint = TestClient.Authority,
        ProjectId = TestClient.ProjectId,
        ClientToken = "0c7bb0e6-0b5a-4a3e-9f5e-1f2f3a4b5c6d",
        RequestedAt = Now - TimeSpan.FromMinutes(1),
        Order = VolumeOrder.From(Given.Inputs()),
        Owner = new ProcessIdentity(1, Now),
    };
}
