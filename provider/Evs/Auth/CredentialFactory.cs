using PulumiEvs.Evs.Auth.Sources;
using PulumiEvs.Evs.Errors;
using PulumiEvs.Evs.Http;

namespace PulumiEvs.Evs.Auth;

/// <summary>What a credential needs to work besides itself.</summary>
internal sealed record CredentialSurroundings
{
    /// <summary>The handler that the requests to the service use too; it is not disposed of here.</summary>
    public required HttpMessageHandler Handler { get; init; }

    /// <summary>The identity service; null where it is not known.</summary>
    public Uri? Iam { get; init; }

    public required string Region { get; init; }

    /// <summary>Looked up when null.</summary>
    public string? ProjectId { get; init; }

    /// <summary>The name to look the project up by; the region's when null.</summary>
    public string? ProjectName { get; init; }

    public Agency? Agency { get; init; }

    public required TransportOptions Options { get; init; }

    /// <summary>The metadata service.</summary>
    public Uri Metadata { get; init; } = MetadataClient.Address;

    public required TimeProvider Time { get; init; }

    public required Random Random { get; init; }
}

/// <summary>From chosen credentials to what authorizes requests, and to the project that they are for. Sends nothing by itself.</summary>
internal static class CredentialFactory
{
    public static (ICredential Credential, ProjectSource Project) Create(CredentialChoice choice, CredentialSurroundings surroundings)
    {
        var own = Own(choice, surroundings);
        var credential = surroundings.Agency is { } agency ? Assume(agency, own, choice, surroundings) : own;
        if (surroundings.ProjectId is { } id)
        {
            return (credential, ProjectSource.Fixed(id));
        }

        var name = surroundings.ProjectName ?? surroundings.Region;
        return (credential, new ProjectSource(async ct =>
        {
            // A token says itself which project it is for.
            if (credential is LeasedCredential leased && (await leased.GetLeaseAsync(ct)).ProjectId is { } project)
            {
                return project;
            }

            return await Iam(credential, choice, surroundings, $"looking up the project of {name}")
                .FindProjectAsync(name, surroundings.ProjectName is null ? Setting.Region : Setting.ProjectName, ct);
        }));
    }

    private static ICredential Own(CredentialChoice choice, CredentialSurroundings surroundings)
    {
        var set = choice.Chosen;
        switch (choice.Kind)
        {
            case CredentialKind.Token:
                return new TokenCredential(set![CredentialField.Token]!, set.Source);
            case CredentialKind.AccessKey:
                var key = new AccessKey(set![CredentialField.AccessKey]!, set[CredentialField.SecretKey]!, set[CredentialField.SecurityToken]);
                return new AccessKeyCredential(key, surroundings.Time, set.Source);
            case CredentialKind.Password:
                var login = new PasswordLogin
                {
                    UserId = set![CredentialField.UserId],
                    UserName = set[CredentialField.UserName],
                    Password = set[CredentialField.Password]!,
                    DomainName = set[CredentialField.DomainName],
                    DomainId = set[CredentialField.DomainId],
                };
                return new LeasedCredential(
                    $"a token of {login} from {set.Source}",
                    ct => Iam(new NoCredential(login.Password), choice, surroundings, $"getting a token for {login}").GetTokenAsync(login, Scope(surroundings), ct),
                    surroundings.Time,
                    login.Password);
            case CredentialKind.ServerAgency:
                return new LeasedCredential("the temporary key of this server's agency", ct => FromServerAsync(choice, surroundings, ct), surroundings.Time);
            default:
                throw new EvsException(new ErrorFacts
                {
                    Operation = "choosing credentials",
                    ServiceMessage = choice.Fatal ?? "there are none",
                    Knowledge = Knowledge.NotActedOn,
                    Class = ErrorClass.Input,
                });
        }
    }

    private static LeasedCredential Assume(Agency agency, ICredential own, CredentialChoice choice, CredentialSurroundings surroundings) => new(
        $"a token of agency {agency.Name} of {agency.DomainName}, assumed with {own.Description}",
        ct => Iam(own, choice, surroundings, $"assuming agency {agency.Name}").AssumeAgencyAsync(agency, Scope(surroundings), ct),
        surroundings.Time,
        [.. own.Secrets]);

    private static async Task<Lease> FromServerAsync(CredentialChoice choice, CredentialSurroundings surroundings, CancellationToken ct)
    {
        // The service is on the server's own link: what does not answer at once is not there.
        var options = surroundings.Options with
        {
            RequestTimeout = TimeSpan.FromSeconds(3),
            Retry = surroundings.Options.Retry with { MaxRetries = Math.Min(surroundings.Options.Retry.MaxRetries, 1) },
        };
        try
        {
            return await new MetadataClient(Transport(new NoCredential(), surroundings, options), surroundings.Metadata, surroundings.Time).GetKeyAsync(ct);
        }
        catch (EvsException e) when (e.HttpStatus is null)
        {
            // Hardly anybody who sees this has meant a server's agency: what there is instead comes first.
            var begun = choice.Problems.Count > 0;
            throw e.With(facts => facts with
            {
                Operation = "finding credentials",
                ServiceMessage = (begun ? $"no credentials are complete ({string.Join("; ", choice.Problems)})" : "no credentials are set")
                    + $", and this machine is not a server of the cloud with an agency: {facts.ServiceMessage}",
                Hint = $"Set {(begun ? "what is missing, or " : "")}{Setting.AccessKey} and {Setting.SecretKey}, or another kind of credentials.",
            });
        }
        catch (EvsException e) when (choice.Problems.Count > 0)
        {
            throw e.With(facts => facts with { Hint = $"{facts.Hint} Other credentials are not complete: {string.Join("; ", choice.Problems)}." });
        }
    }

    private static IamClient Iam(ICredential credential, CredentialChoice choice, CredentialSurroundings surroundings, string operation) => new(
        Transport(credential, surroundings, surroundings.Options),
        surroundings.Iam ?? throw new EvsException(new ErrorFacts
        {
            Operation = operation,
            ServiceMessage = "the address of the identity service is not known",
            Hint = $"Set {Setting.AuthUrl}.",
            Knowledge = Knowledge.NotActedOn,
            Class = ErrorClass.Input,
        }),
        surroundings.Time,
        choice.Find(CredentialField.DomainId));

    private static EvsTransport Transport(ICredential credential, CredentialSurroundings surroundings, TransportOptions options) =>
        new(new HttpMessageInvoker(surroundings.Handler, disposeHandler: false), credential, options, surroundings.Time, surroundings.Random);

    /// <summary>Null where nothing names a project: then there is nothing to look up either.</summary>
    private static ProjectScope? Scope(CredentialSurroundings surroundings) =>
        surroundings is { ProjectId: null, ProjectName: null, Region: "" } ? null : new(surroundings.ProjectId, surroundings.ProjectName ?? surroundings.Region);
}
