using System.Net.Security;
using PulumiEvs.Evs.Auth;
using PulumiEvs.Evs.Auth.Sources;
using PulumiEvs.Evs.Clouds;
using PulumiEvs.Evs.Http;
using PulumiEvs.Evs.Jobs;
using PulumiEvs.Evs.Local;

namespace PulumiEvs.Evs;

/// <summary>All that a connection needs: where to, with what right, for which project, and how. Sends nothing.</summary>
internal sealed record ConnectionPlan
{
    public required CloudTarget Target { get; init; }

    public required CredentialChoice Credentials { get; init; }

    public required ConnectionOptions Connection { get; init; }

    public required TransportOptions Transport { get; init; }

    /// <summary>Looked up when null.</summary>
    public string? ProjectId { get; init; }

    /// <summary>The name to look the project up by; the region's when null.</summary>
    public string? ProjectName { get; init; }

    public Agency? Agency { get; init; }

    /// <summary>The metadata service, for the keys of a server's agency.</summary>
    public required Uri Metadata { get; init; }

    /// <summary>The local EVS that is started by the first request; null for every other cloud.</summary>
    public LocalEvsSetup? Local { get; init; }

    /// <summary>Makes the connection; its first request is sent by the first call.</summary>
    /// <param name="durations">What is known of how long jobs take; null to know only what this connection sees.</param>
    public EvsConnection Open(TimeProvider time, Random random, DurationBook? durations)
    {
        var handler = CreateHandler(time, null);
        var (credential, project) = CredentialFactory.Create(Credentials, new CredentialSurroundings
        {
            Handler = handler,
            Iam = Target.Iam,
            Region = Target.Region,
            ProjectId = ProjectId,
            ProjectName = ProjectName,
            Agency = Agency,
            Options = Transport,
            Metadata = Metadata,
            Time = time,
            Random = random,
        });
        return new EvsConnection(handler, Target, project, credential, Transport, time, random, durations);
    }

    /// <summary>The way that requests go.</summary>
    /// <param name="watch">Told of every secured connection; null for nobody.</param>
    public HttpMessageHandler CreateHandler(TimeProvider time, Action<SslStream>? watch)
    {
        var handler = HttpHandlers.Create(Connection);
        if (watch is not null)
        {
            handler.PlaintextStreamFilter = (context, _) =>
            {
                if (context.PlaintextStream is SslStream secured)
                {
                    watch(secured);
                }

                return ValueTask.FromResult(context.PlaintextStream);
            };
        }

        return Local is { } setup
            ? new LocalEvsHandler(new LocalEvs(setup, new ProgramStarter(time), new HttpMessageInvoker(handler, disposeHandler: false), time), handler)
            : handler;
    }
}
