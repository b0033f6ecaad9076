using PulumiEvs.Evs;
using PulumiEvs.Evs.Auth.Sources;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Provider;
using PulumiEvs.Resources.Values;

namespace PulumiEvs.Resources.Diagnosis;

/// <summary>
/// Finds out what keeps a configuration from working, from the same sources and over the same way as the provider itself. It only
/// reads. Each request is sent once: what works at the second time only is a finding, too.
/// </summary>
internal sealed class Doctor(Host host, TimeProvider time, Random random)
{
    private const string Configuration = "configuration";

    /// <summary>How long one look may take, at most.</summary>
    private static readonly TimeSpan LongestPatience = TimeSpan.FromSeconds(20);

    /// <param name="configuration">As the stack's configuration has it, without the prefix of the package.</param>
    public async Task<DoctorReport> ExamineAsync(PropertyMap configuration, CancellationToken cancellationToken)
    {
        var notes = new NoteLog();
        var check = ConfigChecker.Check(
            new CheckRequest(new ResourceIdentity("", "", ""), PropertyMap.Empty, configuration, ReadOnlyMemory<byte>.Empty, null), host, notes);
        var settings = new ProviderSettings(ConfigChecker.Decode(configuration, []), host.Variable);
        var choice = ConnectionSettings.Choose(settings, host);
        var shown = SettingsReport.Of(settings, choice).ToList();
        notes.Lines.AddRange(choice.Problems.Select(problem => $"{problem}: it is passed over."));
        if (!check.Failures.IsEmpty)
        {
            return new DoctorReport(shown, notes.Lines, [.. check.Failures.Select(failure => new Finding(
                Configuration, CheckState.Failed, failure.Reason))]);
        }

        ConnectionPlan plan;
        try
        {
            plan = Hasty(ConnectionSettings.Resolve(settings, host));
        }
        catch (ResourceException e)
        {
            return new DoctorReport(shown, notes.Lines, [new Finding(Configuration, CheckState.Failed, e.Message)]);
        }

        shown.AddRange(SettingsReport.Of(settings, choice, plan));
        var findings = new List<Finding> { new(Configuration, CheckState.Ok, "complete") };
        var reach = new ReachCheck(plan, time, plan.Transport.RequestTimeout);
        findings.AddRange(await reach.RunAsync(cancellationToken));
        findings.AddRange(await new AccessCheck(plan, time, random).RunAsync(reach.EvsAnswers, cancellationToken));
        return new DoctorReport(shown, notes.Lines, findings);
    }

    private static ConnectionPlan Hasty(ConnectionPlan plan) => plan with
    {
        Transport = plan.Transport with
        {
            RequestTimeout = plan.Transport.RequestTimeout < LongestPatience ? plan.Transport.RequestTimeout : LongestPatience,
            Retry = plan.Transport.Retry with { MaxRetries = 0 },
        },
    };
}
