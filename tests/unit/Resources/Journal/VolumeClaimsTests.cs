using PulumiEvs.Evs.Models;
using PulumiEvs.Resources.Volumes;

namespace PulumiEvs.Tests.Unit.Resources.Journal;

public sealed class VolumeClaimsTests
{
    private static readonly VolumeLooks Looks = new("data", 40, "SSD", "az");
    private readonly VolumeClaims _claims = new();

    [Fact]
    public void The_one_free_disk_is_the_one_of_the_one_create_that_lost_its_answer()
    {
        using var ticket = _claims.Begin(Looks);
        ticket.Lose();

        ticket.Choose([Disk("a")]).ShouldBe((VolumeClaims.Verdict.Mine, Disk("a")));
        _claims.IsClaimed("a").ShouldBeTrue();
    }

    [Fact]
    public void A_disk_of_another_resource_is_never_taken()
    {
        _claims.Claim("theirs");
        using var ticket = _claims.Begin(Looks);
        ticket.Lose();

        ticket.Choose([Disk("theirs")]).Verdict.ShouldBe(VolumeClaims.Verdict.None);
    }

    [Fact]
    public void More_disks_than_lost_creates_cannot_be_told_apart()
    {
        using var ticket = _claims.Begin(Looks);
        ticket.Lose();

        ticket.Choose([Disk("a"), Disk("b")]).Verdict.ShouldBe(VolumeClaims.Verdict.Several);
    }

    [Fact]
    public void While_another_equal_create_does_not_know_its_disk_nothing_is_decided()
    {
        using var waiting = _claims.Begin(Looks);
        using var lost = _claims.Begin(Looks);
        lost.Lose();

        lost.Choose([Disk("a")]).Verdict.ShouldBe(VolumeClaims.Verdict.NotYet);
        waiting.Resolve("a");
        lost.Choose([Disk("a")]).Verdict.ShouldBe(VolumeClaims.Verdict.None);
        lost.Choose([Disk("a"), Disk("b")]).Volume.ShouldNotBeNull().Id.ShouldBe("b");
    }

    [Fact]
    public void Equal_creates_that_all_lost_their_answers_share_the_disks_out_each_once()
    {
        using var first = _claims.Begin(Looks);
        using var second = _claims.Begin(Looks);
        first.Lose();
        second.Lose();
        Volume[] found = [Disk("a"), Disk("b")];

        var one = first.Choose(found).Volume.ShouldNotBeNull();
        var other = second.Choose(found).Volume.ShouldNotBeNull();

        one.Id.ShouldNotBe(other.Id);
    }

    [Fact]
    public void A_create_of_other_looks_does_not_matter()
    {
        using var other = _claims.Begin(Looks with { Size = 50 });
        using var lost = _claims.Begin(Looks);
        lost.Lose();

        lost.Choose([Disk("a")]).Verdict.ShouldBe(VolumeClaims.Verdict.Mine);
    }

    [Fact]
    public void A_create_that_is_sent_again_waits_like_a_new_one()
    {
        using var again = _claims.Begin(Looks);
        using var lost = _claims.Begin(Looks);
        again.Lose();
        lost.Lose();

        again.Retry();

        lost.Choose([Disk("a")]).Verdict.ShouldBe(VolumeClaims.Verdict.NotYet);
    }

    [Fact]
    public void A_create_that_is_over_counts_no_more()
    {
        using var lost = _claims.Begin(Looks);
        lost.Lose();
        _claims.Begin(Looks).Dispose();

        lost.Choose([Disk("a")]).Verdict.ShouldBe(VolumeClaims.Verdict.Mine);
    }

    [Theory]
    [InlineData("data", 40, "SSD", "az", "2026-03-01T12:00:00.000000", true)]
    [InlineData("Data", 40, "SSD", "az", "2026-03-01T12:00:00.000000", false)]
    [InlineData("data", 41, "SSD", "az", "2026-03-01T12:00:00.000000", false)]
    [InlineData("data", 40, "SAS", "az", "2026-03-01T12:00:00.000000", false)]
    [InlineData("data", 40, "SSD", "b", "2026-03-01T12:00:00.000000", false)]
    [InlineData("data", 40, "SSD", "az", "2026-03-01T11:59:59.000000", false)]
    [InlineData("data", 40, null, "az", "2026-03-01T12:00:01.000000", true)]
    [InlineData("data", 40, "SSD", "az", null, true)]
    public void A_disk_fits_when_all_that_is_told_is_equal_and_it_is_not_older(
        string name, int size, string? type, string zone, string? created, bool fits)
    {
        var volume = new Volume { Id = "a", Name = name, Size = size, VolumeType = type, AvailabilityZone = zone, CreatedAt = created };

        Looks.Fit(volume, new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero)).ShouldBe(fits);
    }

    private static Volume Disk(string id) => new() { Id = id, Name = "data", Size = 40 };
}
