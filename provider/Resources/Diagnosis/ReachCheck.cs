using System.Globalization;
using System.Net;
using PulumiEvs.Evs;
using PulumiEvs.Evs.Auth;
using PulumiEvs.Evs.Auth.Sources;
using PulumiEvs.Evs.Errors;
using PulumiEvs.Evs.Http;
using PulumiEvs.Resources.Reporting;

namespace PulumiEvs.Resources.Diagnosis;

/// <summary>Whether the services can be reached, layer by layer, and whether the clocks agree. Needs no credentials.</summary>
internal sealed class ReachCheck(ConnectionPlan plan, TimeProvider time, TimeSpan patience)
{
    /// <summary>A date in a header tells no more than this.</summary>
    private static readonly TimeSpan SameTime = TimeSpan.FromSeconds(5);

    /// <summary>Whether there is any use in asking EVS for more.</summary>
    public bool EvsAnswers { get; private set; }

    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        using var probe = new EndpointProbe(plan, time);
        var findings = new List<Finding>();
        var evs = await probe.LookAsync(plan.Target.Evs, patience, cancellationToken);
        EvsAnswers = evs.Reached == EndpointLayer.Done;
        findings.AddRange(Layers("EVS", plan.Target.Evs, evs));
        findings.Add(Clock(evs));
        findings.AddRange(await OtherAsync("IAM", plan.Target.Iam, WhyNoIdentity(), "", probe, cancellationToken));
        findings.AddRange(await OtherAsync("ECS", plan.Target.Ecs, null, "Only attachments need it.", probe, cancellationToken));
        return findings;
    }

    /// <summary>Why the identity service is not asked; null when it is.</summary>
    private string? WhyNoIdentity() =>
        plan.ProjectId is not null && plan.Agency is null && plan.Credentials.Kind != CredentialKind.Password
            ? "not asked: the project is given, and the credentials need no token"
            : null;

    private async Task<IEnumerable<Finding>> OtherAsync(
        string name, Uri? service, string? notNeeded, string need, EndpointProbe probe, CancellationToken cancellationToken)
    {
        if (notNeeded is not null || service is null)
        {
            return [new Finding(name, CheckState.Skipped, notNeeded ?? "its address is not known")];
        }

        return service.Authority == plan.Target.Evs.Authority
            ? [new Finding(name, CheckState.Skipped, "at the same address as EVS")]
            : Layers(name, service, await probe.LookAsync(service, patience, cancellationToken))
                .Select(finding => finding.State == CheckState.Failed ? finding with { Advice = $"{finding.Advice} {need}".Trim() } : finding);
    }

    private IEnumerable<Finding> Layers(string name, Uri service, EndpointSight sight)
    {
        yield return Name(name + " name", service, sight);
        yield return Layer(name + " connection", EndpointLayer.Connection, sight, plan.Local is null ? $"{service.Authority} is there" : "the local EVS has been started");
        yield return service.Scheme == Uri.UriSchemeHttps
            ? Layer(name + " TLS", EndpointLayer.Tls, sight, Certificate(sight.Tls))
            : new Finding(name + " TLS", CheckState.Skipped, "plain http, which does not leave this machine");
        if (sight is { Reached: EndpointLayer.Answer, Failure: { } failure })
        {
            yield return Failed(name + " answer", failure);
        }
    }

    private Finding Name(string check, Uri service, EndpointSight sight) =>
        plan.Local is not null ? new Finding(check, CheckState.Skipped, "it is on this machine")
        : IPAddress.TryParse(service.DnsSafeHost, out _) ? new Finding(check, CheckState.Skipped, $"{service.DnsSafeHost} is an address")
        : HttpHandlers.ProxyFor(plan.Connection, service) is not null ? new Finding(check, CheckState.Skipped, "the proxy looks it up")
        : Layer(check, EndpointLayer.Name, sight, $"{service.DnsSafeHost} is known");

    private static Finding Layer(string check, EndpointLayer layer, EndpointSight sight, string fine) =>
        sight.Reached > layer ? new Finding(check, CheckState.Ok, fine)
        : sight.Reached == layer ? Failed(check, sight.Failure!)
        : new Finding(check, CheckState.Skipped, "not reached");

    private static Finding Failed(string check, ErrorFacts failure) => new(check, CheckState.Failed, ErrorText.Cause(failure), failure.Hint);

    private string Certificate(TlsSight? tls)
    {
        var trust = plan.Connection.Insecure ? "; insecure: any certificate is accepted" : "";
        return tls is null
            ? "secured" + trust
            : string.Create(CultureInfo.InvariantCulture, $"{tls.Protocol}, certificate of {tls.Subject} by {tls.Issuer}, valid until {tls.ValidUntil:yyyy-MM-dd}{trust}");
    }

    /// <summary>To whole 5 s, which is as exact as the answer's date and its way.</summary>
    private static TimeSpan Rounded(TimeSpan off) => TimeSpan.FromSeconds(5 * Math.Round(off.TotalSeconds / 5));

    private Finding Clock(EndpointSight evs)
    {
        const string check = "clock";
        if (evs.ClockAhead is not { } ahead)
        {
            return new Finding(check, CheckState.Skipped, EvsAnswers ? "the service does not tell its time" : "not reached");
        }

        var off = ahead.Duration();
        if (off < SameTime)
        {
            return new Finding(check, CheckState.Ok, "agrees with that of the service");
        }

        var found = $"{Elapsed.Text(Rounded(off))} {(ahead > TimeSpan.Zero ? "behind" : "ahead of")} that of the service";
        var signs = plan.Credentials.Kind is CredentialKind.AccessKey or CredentialKind.ServerAgency;
        return !signs ? new Finding(check, CheckState.Ok, found + ", which does not matter to tokens")
            : off < Signer.AllowedSkew ? new Finding(check, CheckState.Ok, $"{found}; {Elapsed.Text(Signer.AllowedSkew)} are allowed")
            : new Finding(
                check,
                CheckState.Failed,
                $"{found}; {Elapsed.Text(Signer.AllowedSkew)} are allowed.",
                "Set the clock of this machine, or have it set from a time server: signatures with an access key are refused until then.");
    }
}
