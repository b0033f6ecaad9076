using PulumiEvs.Resources.Checking;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Naming;

namespace PulumiEvs.Resources.Snapshots;

/// <summary>Check of a snapshot: the declared rules, and the name.</summary>
internal static class SnapshotCheck
{
    public static CheckResult Check(CheckRequest request)
    {
        var inputs = InputChecker.Normalize(request.NewInputs);
        var failures = new List<CheckFailure>();
        if (inputs[SnapshotProperties.Name].IsAbsent)
        {
            var named = Autonamer.Name(request, request.OldInputs[SnapshotProperties.Name], SnapshotDeclaration.MaxNameBytes);
            if (named.Problem is { } problem)
            {
                failures.Add(new CheckFailure(SnapshotProperties.Name, problem));
            }
            else
            {
                inputs = inputs.With(SnapshotProperties.Name, named.Name!);
            }
        }

        var declaration = SnapshotDeclaration.Declaration;
        failures.AddRange(InputChecker.Failures(inputs, declaration.Properties, declaration.Rules));
        return new CheckResult(inputs, [.. failures]);
    }
}
