using System.Text;
using EvsSimulator.Core.Jobs;
using EvsSimulator.Faults;
using EvsSimulator.Http;

namespace PulumiEvs.Tests.Unit.Simulator;

public sealed class FaultSetTests
{
    [Theory]
    [InlineData("""{"effect":"abort"}""", "1,2,3,4")]
    [InlineData("""{"effect":"abort","count":2}""", "1,2")]
    [InlineData("""{"effect":"abort","nth":3}""", "3")]
    [InlineData("""{"effect":"abort","nth":2,"count":2}""", "2,3")]
    [InlineData("""{"effect":"abort","probability":0}""", "")]
    [InlineData("""{"effect":"abort","probability":1}""", "1,2,3,4")]
    [InlineData("""{"effect":"abort","operation":"createVolume"}""", "1,2,3,4")]
    [InlineData("""{"effect":"abort","operation":"create*"}""", "1,2,3,4")]
    [InlineData("""{"effect":"abort","operation":"deleteVolume"}""", "")]
    [InlineData("""{"effect":"abort","method":"post"}""", "1,2,3,4")]
    [InlineData("""{"effect":"abort","method":"GET"}""", "")]
    [InlineData("""{"effect":"abort","path":"/v3/*/cloudvolumes"}""", "1,2,3,4")]
    [InlineData("""{"effect":"abort","path":"/v2/*"}""", "")]
    [InlineData("""{"effect":"abort","volumeName":"db-*"}""", "1,2,3,4")]
    [InlineData("""{"effect":"abort","volumeName":"web-*"}""", "")]
    public void A_fault_strikes_the_requests_it_names(string fault, string struck)
    {
        var faults = Set(fault);

        var hits = Enumerable.Range(1, 4).Where(_ => faults.Strike(Create()).Abort);

        string.Join(',', hits).ShouldBe(struck);
    }

    [Fact]
    public void A_probability_is_drawn_from_the_seed()
    {
        static bool[] Strikes(ulong seed)
        {
            var faults = new FaultSet(seed);
            faults.Add(Spec("""{"effect":"abort","probability":0.5}"""));
            return [.. Enumerable.Range(0, 64).Select(_ => faults.Strike(Create()).Abort)];
        }

        Strikes(1).ShouldBe(Strikes(1));
        Strikes(1).ShouldNotBe(Strikes(2));
        Strikes(1).Count(struck => struck).ShouldBeInRange(16, 48);
    }

    [Fact]
    public void Faults_of_one_request_add_up()
    {
        var faults = Set(
            """{"effect":"delay","ms":100}""",
            """{"effect":"delay","ms":50,"afterMs":7}""",
            """{"effect":"jobFail","code":"EVS.2042","leave":"none"}""",
            """{"effect":"hide","ms":3000}""",
            """{"effect":"jobVanish","ms":1000}""",
            """{"effect":"loseAnswer","name":"lost"}""");

        var plan = faults.Strike(Create());

        plan.DelayBefore.ShouldBe(TimeSpan.FromMilliseconds(150));
        plan.DelayAfter.ShouldBe(TimeSpan.FromMilliseconds(7));
        plan.Fate.Failure.ShouldBe(new JobFailure("EVS.2042", "Failed to create cmk."));
        plan.Fate.Remains.ShouldBe(Remains.None);
        plan.Fate.HiddenFor.ShouldBe(TimeSpan.FromSeconds(3));
        plan.Fate.VanishesAfter.ShouldBe(TimeSpan.FromSeconds(1));
        plan.LoseAnswer.ShouldBeTrue();
        plan.Names.ShouldBe(["fault-1", "fault-2", "fault-3", "fault-4", "fault-5", "lost"]);
    }

    [Fact]
    public void An_error_has_the_text_and_status_of_its_documented_code()
    {
        var plan = Set("""{"effect":"error","code":"EVS.2143","shape":"escaped","afterActing":true,"retryAfterSeconds":5}""").Strike(Create());

        plan.ErrorBefore.ShouldBeNull();
        plan.ErrorAfter.ShouldNotBeNull();
        plan.ErrorAfter.Refusal.Status.ShouldBe(401);
        plan.ErrorAfter.Refusal.Message.ShouldStartWith("You need to create an agency");
        plan.ErrorAfter.Shape.ShouldBe(ErrorShape.Escaped);
        plan.ErrorAfter.RetryAfterSeconds.ShouldBe(5);
    }

    [Fact]
    public void A_fault_for_some_sub_jobs_spares_the_others()
    {
        var fate = Set("""{"effect":"jobFail","subJobs":[2]}""").Strike(Create()).Fate;

        fate.OfSubJob(1).Failure.ShouldBeNull();
        fate.OfSubJob(2).Failure!.Code.ShouldBe("EVS.2024");
    }

    [Fact]
    public void Faults_are_cleared_by_name_or_all_together()
    {
        var faults = Set("""{"effect":"abort","name":"a"}""", """{"effect":"abort","name":"b"}""");
        faults.Strike(Create());

        faults.Clear("a").ShouldBe(1);
        var left = faults.Active.ShouldHaveSingleItem();
        (left.Name, left.Matched, left.Struck).ShouldBe(("b", 1, 1));
        faults.Clear(null).ShouldBe(1);
        faults.Strike(Create()).ShouldBe(FaultPlan.None);
    }

    [Theory]
    [InlineData("""{"effect":"eror"}""", "the value at $.effect is")]
    [InlineData("""{"effect":"abort","cuont":1}""", "unknown member cuont")]
    [InlineData("""{"operation":"x"}""", "missing: 'effect'")]
    [InlineData("""{"effect":"abort","nth":0}""", "nth is 0")]
    [InlineData("""{"effect":"abort","count":0}""", "count is 0")]
    [InlineData("""{"effect":"abort","probability":2}""", "probability is 2")]
    [InlineData("""{"effect":"error","status":99}""", "status is 99")]
    [InlineData("""{"effect":"delay"}""", "ms")]
    [InlineData("""{"effect":"delay","ms":-1}""", "ms is -1")]
    [InlineData("""{"effect":"hide"}""", "ms is missing")]
    [InlineData("""{"effect":"refuse"}""", "ms is missing")]
    [InlineData("""{"effect":"clockOffset"}""", "offsetSeconds is missing")]
    [InlineData("nonsense", "invalid")]
    [InlineData("3", "")]
    public void A_fault_that_cannot_be_meant_is_refused_with_a_reason(string json, string reason) =>
        Should.Throw<FormatException>(() => FaultSpec.Read(Encoding.UTF8.GetBytes(json))).Message.ShouldContain(reason);

    [Fact]
    public void Faults_come_one_or_many() =>
        FaultSpec.Read("""[{"effect":"abort"},{"effect":"loseAnswer"}]"""u8).Select(spec => spec.Effect)
            .ShouldBe([FaultEffect.Abort, FaultEffect.LoseAnswer]);

    private static FaultSpec Spec(string json) => FaultSpec.Read(Encoding.UTF8.GetBytes(json)).Single();

    private static FaultSet Set(params string[] specs)
    {
        var faults = new FaultSet(1);
        foreach (var spec in specs)
        {
            faults.Add(Spec(spec));
        }

        return faults;
    }

    private static FaultTarget Create() => new("createVolume", "POST", "/v3/0123/cloudvolumes", () => "db-1");
}
