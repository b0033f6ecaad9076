using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PulumiEvs.Harness;
using PulumiEvs.Resources.Values;
using PulumiEvs.Resources.Volumes;

namespace PulumiEvs.Chaos.Campaign;

/// <summary>Holds what happened against the rules, and keeps what did not agree with them.</summary>
internal sealed partial class Judge(RunPlan plan)
{
    private readonly HashSet<string> _mayBeDeleted = new(StringComparer.Ordinal);
    private readonly List<string> _shown = [];
    private readonly List<Violation> _violations = [];
    private int _judged;

    public IReadOnlyList<Violation> Violations => _violations;

    /// <summary>How many errors were shown.</summary>
    public int Errors { get; private set; }

    public void Blame(string rule, string text)
    {
        if (!_violations.Any(known => known.Rule == rule && known.Text == text))
        {
            _violations.Add(new Violation(rule, text));
        }
    }

    /// <param name="byProvider">False when the provider was killed meanwhile: then the errors are the connection's.</param>
    public void Hear(IEnumerable<Step> steps, bool byProvider)
    {
        foreach (var error in steps.SelectMany(step => step.Errors))
        {
            Errors++;
            _shown.Add(error);
            if (byProvider && (string.IsNullOrWhiteSpace(error) || error.Length < 20 || NamesNoCause().IsMatch(error)))
            {
                Blame("cause", $"an error does not name its cause: \"{error}\"");
            }
        }
    }

    public void HearLog(IEnumerable<LogLine> lines) =>
        _shown.AddRange(lines.Where(line => !line.IsStatus && line.Severity >= PulumiEvs.Plugin.Protos.LogSeverity.Warning).Select(line => line.Text));

    /// <summary>True when the user was told of this disk.</summary>
    public bool WasShown(string id) => _shown.Any(text => text.Contains(id, StringComparison.Ordinal));

    /// <summary>The deletes that the engine asked for since the last call, against the program that it ran.</summary>
    public void CheckDeletes(EngineDriver driver, ImmutableArray<Wish> program, Func<string, string?> volumeOfJob)
    {
        foreach (var old in driver.PendingDeletes)
        {
            Allow(old, program, volumeOfJob);
        }

        foreach (var asked in driver.AskedToDelete.Skip(_judged))
        {
            Allow(asked, program, volumeOfJob);
            if (!_mayBeDeleted.Contains(asked.Id))
            {
                Blame("deleted", $"{asked.Name} ({asked.Id}) was to be deleted although nothing in the program asks for it; it was {asked.Outputs}");
            }
        }

        _judged = driver.AskedToDelete.Count;
    }

    /// <summary>What is gone from the cloud must have been asked for.</summary>
    public void CheckDeleted(IEnumerable<string> deleted)
    {
        foreach (var id in deleted.Where(id => !_mayBeDeleted.Contains(id)))
        {
            Blame("deleted", $"volume {id} was deleted, which nobody asked for");
        }
    }

    public void MayBeDeleted(string id) => _mayBeDeleted.Add(id);

    /// <summary>Each disk of the program is in the state, once, and is in the cloud what the program says.</summary>
    public void CheckState(EngineDriver driver, ImmutableArray<Wish> program, IReadOnlyDictionary<string, JsonObject> volumes)
    {
        if (!driver.State.Keys.Order().SequenceEqual(program.Select(wish => wish.Name).Order()))
        {
            Blame("state", $"the state has {string.Join(", ", driver.State.Keys)}; the program has {string.Join(", ", program.Select(wish => wish.Name))}");
        }

        foreach (var same in driver.State.Values.GroupBy(resource => resource.Id).Where(group => group.Count() > 1))
        {
            Blame("double", $"{string.Join(" and ", same.Select(resource => resource.Name))} are one disk in the state: {same.Key}");
        }

        foreach (var wish in program)
        {
            if (!driver.State.TryGetValue(wish.Name, out var resource))
            {
                continue;
            }

            if (!volumes.TryGetValue(resource.Id, out var volume))
            {
                Blame("state", $"{wish.Name} is {resource.Id} in the state, which the cloud does not have");
                continue;
            }

            Compare(wish, volume);
        }
    }

    public void CheckSecrets(string where, string text)
    {
        foreach (var secret in (string[])[plan.Secret, SimulatorProcess.Token, SimulatorProcess.AccessKey, SimulatorProcess.SecretKey, SimulatorProcess.Password])
        {
            if (text.Contains(secret, StringComparison.Ordinal))
            {
                Blame("secret", $"{where} has the secret \"{secret}\": {text}");
            }
        }
    }

    private void Allow(ResourceState old, ImmutableArray<Wish> program, Func<string, string?> volumeOfJob)
    {
        var wish = program.FirstOrDefault(wish => wish.Name == old.Name);
        if (wish is null || Replaces(old.Inputs, wish.Inputs) || Replaces(old.Outputs, wish.Inputs) || CreationMark.Of(old.Outputs) == CreationState.Failed)
        {
            _mayBeDeleted.Add(old.Id);
            if (PendingVolumeId.JobOf(old.Id) is { } jobId && volumeOfJob(jobId) is { } id)
            {
                _mayBeDeleted.Add(id);
            }
        }
    }

    private static bool Replaces(PropertyMap old, PropertyMap wished) =>
        Differs(old, wished, VolumeProperties.AvailabilityZone, "")
        || Differs(old, wished, VolumeProperties.Multiattach, false)
        || Differs(old, wished, VolumeProperties.DeviceType, "VBD")
        || (TextOf(old, VolumeProperties.VolumeType) is var from && TextOf(wished, VolumeProperties.VolumeType) is var to && from != to && !VolumeTypes.CanRetype(from, to))
        || (wished[VolumeProperties.Size].Bare is PropertyValue.Number smaller && old[VolumeProperties.Size].Bare is PropertyValue.Number before
            && smaller.Value < before.Value && VolumeChanges.ShrinkReplaces(wished));

    private static bool Differs(PropertyMap old, PropertyMap wished, string name, PropertyValue implied)
    {
        var before = old[name].Bare;
        var after = wished[name].Bare;
        return !(before.IsAbsent ? implied : before).Equals(after.IsAbsent ? implied : after);
    }

    private static string TextOf(PropertyMap map, string name) => map[name].Bare is PropertyValue.Text text ? text.Value : "";

    private void Compare(Wish wish, JsonObject volume)
    {
        Same("size", wish.Inputs["size"].Bare is PropertyValue.Number size ? size.Value.ToString(System.Globalization.CultureInfo.InvariantCulture) : "", volume["size"]!.ToString());
        Same("volume_type", TextOf(wish.Inputs, "volumeType"), volume["volume_type"]!.ToString());
        Same("availability_zone", TextOf(wish.Inputs, "availabilityZone"), volume["availability_zone"]!.ToString());
        if (TextOf(wish.Inputs, "name") is { Length: > 0 } name)
        {
            Same("name", name, volume["name"]!.ToString());
        }

        // What the program does not say is left as it is.
        if (TextOf(wish.Inputs, "description") is { Length: > 0 } description)
        {
            Same("description", description, volume["description"]?.ToString() ?? "");
        }

        if (wish.Inputs["tags"].Bare is PropertyValue.Map { Entries: var tags })
        {
            var live = volume["tags"]?.AsObject().ToDictionary(tag => tag.Key, tag => tag.Value!.ToString()) ?? [];
            Same("tags", string.Join(", ", tags.Keys.Order().Select(key => $"{key}={TextOf(tags, key)}")), string.Join(", ", live.Keys.Order().Select(key => $"{key}={live[key]}")));
        }

        void Same(string what, string wished, string live)
        {
            if (wished != live)
            {
                Blame("state", $"{wish.Name} ({volume["id"]}) should have {what} {wished} and has {live}");
            }
        }
    }

    [GeneratedRegex(@"\bunexpected \w+(Exception|Error)\b|\b\w+Exception\b|Object reference|bug of the provider")]
    private static partial Regex NamesNoCause();
}
