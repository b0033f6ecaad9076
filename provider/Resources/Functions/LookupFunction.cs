using PulumiEvs.Resources.Checking;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Provider;
using PulumiEvs.Resources.Reporting;
using PulumiEvs.Resources.Values;

namespace PulumiEvs.Resources.Functions;

/// <summary>A look-up as the plugin calls it: checks the arguments as a whole, asks the cloud, and keeps secret what came in secret.</summary>
internal sealed class LookupFunction(Lookup lookup, IEvsSessions sessions) : IFunction
{
    /// <summary>Functions have no <c>customTimeouts</c>. A list of many pages has to fit in.</summary>
    private static readonly TimeSpan Allowed = TimeSpan.FromMinutes(5);

    public string Token => lookup.Declaration.Token;

    public async Task<InvokeResult> InvokeAsync(PropertyMap arguments, IOperationLog log, CancellationToken cancellationToken)
    {
        var given = InputChecker.Normalize(arguments);
        var failures = InputChecker.Failures(given, lookup.Declaration.Arguments, lookup.Declaration.Rules);
        foreach (var (name, value) in given)
        {
            if (value.HasUnknown)
            {
                failures.Add(new CheckFailure(name, "is not known yet: a function can only be called with known arguments"));
            }
        }

        if (failures.Count > 0)
        {
            return new InvokeResult(PropertyMap.Empty, [.. failures]);
        }

        var session = sessions.Open(Allowed, log);
        using var bound = session.Deadline.Bound(cancellationToken);
        var bare = PropertyMap.From(given.Select(argument => KeyValuePair.Create(argument.Key, argument.Value.Unmarked())));
        try
        {
            var found = await lookup.ReadAsync(session, bare, bound.Token);
            return new InvokeResult(
                PropertyMap.From(found.Select(result => KeyValuePair.Create(result.Key, SecretMarks.Carry(given[result.Key], result.Value)))), []);
        }
        catch (OperationCanceledException e) when (bound.IsTimedOut && !cancellationToken.IsCancellationRequested)
        {
            throw new ResourceException(FailureKind.TimedOut, $"{Token} had no complete answer after {Elapsed.Text(session.Deadline.Elapsed)}", e);
        }
    }
}
