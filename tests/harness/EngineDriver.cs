using System.Collections.Immutable;
using System.Security.Cryptography;
using Google.Protobuf;
using PulumiEvs.Plugin.Grpc;
using PulumiEvs.Plugin.Protos;
using PulumiEvs.Plugin.Values;
using PulumiEvs.Resources.Values;

namespace PulumiEvs.Harness;

/// <summary>
/// Plays the engine to a provider for one stack: keeps its state, and takes a program through preview, update, refresh, import and
/// destroy in the engine's order of calls (protocol B2), with partial states kept as the engine keeps them (B6).
/// </summary>
internal sealed class EngineDriver(ProviderClient provider, string project = "project", string stack = "dev")
{
    private readonly Dictionary<string, ResourceState> _state = new(StringComparer.Ordinal);

    /// <summary>Where each resource stood in the last program that had it: deletes go the other way.</summary>
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);

    /// <summary>Old resources whose replacement is there but whose own delete has failed.</summary>
    private readonly List<ResourceState> _pendingDeletes = [];

    private readonly List<ResourceState> _askedToDelete = [];

    /// <summary>The engine has one generator of steps, and many executors: it finds out about one resource at a time.</summary>
    private readonly OneAtATime _generator = new();

    /// <summary>A fake seed of a deployment makes its names foreseeable; else each deployment draws its own.</summary>
    public Func<byte[]> Seed { get; init; } = () => RandomNumberGenerator.GetBytes(32);

    /// <summary>False makes an engine that does not understand partial states and drops them: what a provider without them would do.</summary>
    public bool KeepsPartialStates { get; init; } = true;

    /// <summary>The custom timeout of deletes; null = none.</summary>
    public TimeSpan? DeleteTimeout { get; init; }

    public IReadOnlyDictionary<string, ResourceState> State => _state;

    public IReadOnlyList<ResourceState> PendingDeletes => _pendingDeletes;

    /// <summary>What the provider was asked to delete so far, as the state had it then.</summary>
    public IReadOnlyList<ResourceState> AskedToDelete => _askedToDelete;

    /// <summary>The driver of the next process of the same stack.</summary>
    public EngineDriver Continue(ProviderClient next)
    {
        var driver = new EngineDriver(next, project, stack) { Seed = Seed, KeepsPartialStates = KeepsPartialStates, DeleteTimeout = DeleteTimeout };
        foreach (var (name, resource) in _state)
        {
            driver._state[name] = resource;
        }

        foreach (var (name, place) in _places)
        {
            driver._places[name] = place;
        }

        driver._pendingDeletes.AddRange(_pendingDeletes);
        driver._askedToDelete.AddRange(_askedToDelete);
        return driver;
    }

    /// <summary>Shakes hands and configures, as at the start of every command.</summary>
    /// <exception cref="InvalidOperationException">The configuration is refused; the message has every failure.</exception>
    public async Task StartAsync(PropertyMap configuration, string? engineAddress = null)
    {
        await provider.HandshakeAsync(new ProviderHandshakeRequest
        {
            EngineAddress = engineAddress ?? "",
            RootDirectory = "/plugin",
            ProgramDirectory = "/plugin",
            ConfigureWithUrn = true,
            SupportsRefreshBeforeUpdate = true,
            InvokeWithPreview = true,
        });
        var urn = $"urn:pulumi:{stack}::{project}::pulumi:providers:evs::default";
        var check = await provider.CheckConfigAsync(new CheckRequest
        {
            Urn = urn,
            News = PropertyEncoder.Encode(configuration),
            Name = "default",
            Type = "pulumi:providers:evs",
        });
        if (check.Failures.Count > 0)
        {
            throw new InvalidOperationException(string.Join('\n', check.Failures.Select(failure => $"{failure.Property}: {failure.Reason}")));
        }

        await provider.ConfigureAsync(new ConfigureRequest
        {
            Args = check.Inputs,
            AcceptSecrets = true,
            AcceptResources = true,
            SendsOldInputs = true,
            SendsOldInputsToDelete = true,
            Urn = urn,
            Name = "default",
            Type = "pulumi:providers:evs",
            Id = "provider-id",
        });
    }

    public Task<IReadOnlyList<Step>> PreviewAsync(params IReadOnlyList<Wish> program) => RunAsync(program, preview: true, parallel: false);

    /// <summary>As <see cref="PreviewAsync"/>, all resources at once: what to do is asked for one after the other, as the engine does; the doing is parallel.</summary>
    public Task<IReadOnlyList<Step>> PreviewInParallelAsync(params IReadOnlyList<Wish> program) => RunAsync(program, preview: true, parallel: true);

    public Task<IReadOnlyList<Step>> UpAsync(params IReadOnlyList<Wish> program) => RunAsync(program, preview: false, parallel: false);

    /// <summary>As <see cref="UpAsync"/>, all resources at once, in the manner of <see cref="PreviewInParallelAsync"/>.</summary>
    public Task<IReadOnlyList<Step>> UpInParallelAsync(params IReadOnlyList<Wish> program) => RunAsync(program, preview: false, parallel: true);

    /// <summary>Calls a function; its results.</summary>
    /// <exception cref="InvalidOperationException">The arguments are refused; the message has every failure.</exception>
    public async Task<PropertyMap> InvokeAsync(string function, params (string Key, PropertyValue Value)[] arguments)
    {
        var answer = await provider.InvokeAsync(new InvokeRequest
        {
            Tok = "evs:index:" + function,
            Args = PropertyEncoder.Encode(PropertyMap.Of(arguments)),
        });
        return answer.Failures.Count == 0
            ? PropertyDecoder.Decode(answer.Return)
            : throw new InvalidOperationException(string.Join('\n', answer.Failures.Select(failure => $"{failure.Property}: {failure.Reason}")));
    }

    public Task<IReadOnlyList<Step>> DestroyAsync() => RunAsync([], preview: false, parallel: false);

    /// <summary>Reads every resource; what is gone leaves the state.</summary>
    public async Task<IReadOnlyList<Step>> RefreshAsync()
    {
        var steps = new List<Step>();
        foreach (var resource in _state.Values.ToArray())
        {
            steps.Add(await RefreshAsync(resource));
        }

        return steps;
    }

    /// <summary>Imports a resource by its id alone; null when there is none.</summary>
    public async Task<ResourceState?> ImportAsync(string name, string id, string type = "evs:index:Volume")
    {
        var urn = UrnOf(type, name);
        var read = await provider.ReadAsync(new ReadRequest { Id = id, Urn = urn, Name = name, Type = type });
        if (read.Properties is null)
        {
            return null;
        }

        var imported = new ResourceState(
            urn, type, name, read.Id, PropertyDecoder.Decode(read.Inputs), PropertyDecoder.Decode(read.Properties), [], read.RefreshBeforeUpdate);
        _state[name] = imported;
        return imported;
    }

    /// <summary>What Diff says of a resource against a program, without doing anything.</summary>
    public async Task<DiffResponse> DiffAsync(Wish wish)
    {
        var old = _state[wish.Name];
        var check = await CheckAsync(wish, old.Inputs, new byte[32]);
        return await DiffAsync(old, check.Inputs, wish);
    }

    public async Task<CheckResponse> CheckAsync(Wish wish, PropertyMap? olds = null, byte[]? seed = null) =>
        await provider.CheckAsync(new CheckRequest
        {
            Urn = UrnOf(wish.Type, wish.Name),
            Olds = PropertyEncoder.Encode(olds ?? PropertyMap.Empty),
            News = PropertyEncoder.Encode(wish.Inputs),
            RandomSeed = ByteString.CopyFrom(seed ?? Seed()),
            Name = wish.Name,
            Type = wish.Type,
        });

    private async Task<IReadOnlyList<Step>> RunAsync(IReadOnlyList<Wish> program, bool preview, bool parallel)
    {
        var seed = Seed();
        var steps = new List<Step>();
        if (parallel)
        {
            steps.AddRange(await Task.WhenAll(program.Select(wish => StepAsync(wish, seed, preview))));
        }
        else
        {
            foreach (var wish in program)
            {
                var (linked, missing) = Resolve(wish, steps, preview);
                steps.Add(missing is null ? await StepAsync(linked, seed, preview) : Failure(wish.Name, [$"not done: {missing} is not there"]));
            }
        }

        for (var place = 0; !preview && place < program.Count; place++)
        {
            _places[program[place].Name] = place;
        }

        var failed = steps.Any(step => step.Failed);
        var wanted = program.Select(wish => wish.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var gone in _state.Values.Where(resource => !wanted.Contains(resource.Name)).OrderByDescending(Place).ToArray())
        {
            steps.Add(preview ? StepOf(gone.Name, StepKind.Delete, gone.Outputs) : await DeleteAsync(gone, () => Forget(gone)));
        }

        if (!preview && !failed)
        {
            foreach (var old in _pendingDeletes.ToArray())
            {
                var step = await DeleteAsync(old, () => _pendingDeletes.Remove(old));
                if (step.Failed)
                {
                    steps.Add(step);
                }
            }
        }

        return steps;
    }

    private int Place(ResourceState resource) => _places.GetValueOrDefault(resource.Name);

    /// <summary>A wish with what it takes of others in place; in a preview what is not known yet is unknown.</summary>
    private static (Wish Wish, string? Missing) Resolve(Wish wish, List<Step> before, bool preview)
    {
        var inputs = wish.Inputs.ToBuilder();
        foreach (var (input, of, output) in wish.Links)
        {
            var step = before.Single(step => step.Name == of);
            var value = step.Outputs[output];
            if (step.Failed || (value.IsAbsent && !preview))
            {
                return (wish, of);
            }

            inputs.Set(input, value.IsAbsent ? PropertyValue.Unknown.Plain : value);
        }

        return (wish with { Inputs = inputs.Build(), Links = [] }, null);
    }

    private async Task<Step> StepAsync(Wish wish, byte[] seed, bool preview)
    {
        try
        {
            return await TryStepAsync(wish, seed, preview);
        }
        catch (GrpcStatusException failure)
        {
            // The provider is gone, or refuses a call that has no way to fail for a single resource.
            return Failure(wish.Name, [failure.Message]);
        }
    }

    private async Task<Step> TryStepAsync(Wish wish, byte[] seed, bool preview)
    {
        ResourceState? old;
        lock (_state)
        {
            _state.TryGetValue(wish.Name, out old);
        }

        if (old is { RefreshBeforeUpdate: true })
        {
            var refreshed = await RefreshAsync(old);
            if (refreshed.Kind == StepKind.Failed)
            {
                return refreshed;
            }

            lock (_state)
            {
                _state.TryGetValue(wish.Name, out old);
            }
        }

        var check = await _generator.RunAsync(() => CheckAsync(wish, old?.Inputs, seed));
        if (check.Failures.Count > 0)
        {
            return Failure(wish.Name, [.. check.Failures.Select(failure => $"{failure.Property}: {failure.Reason}")]);
        }

        if (old is null)
        {
            return await CreateAsync(wish, check.Inputs, preview);
        }

        var diff = await _generator.RunAsync(() => DiffAsync(old, check.Inputs, wish));
        var details = diff.DetailedDiff.ToImmutableSortedDictionary(entry => entry.Key, entry => entry.Value.Kind.ToString(), StringComparer.Ordinal);
        if (diff.Changes == DiffResponse.Types.DiffChanges.DiffSome && IsReplacement(diff))
        {
            return await ReplaceAsync(wish, old, diff, seed, preview) with { Diff = details };
        }

        if (diff.Changes == DiffResponse.Types.DiffChanges.DiffSome || !old.InitErrors.IsEmpty)
        {
            return await UpdateAsync(wish, old, check.Inputs, preview) with { Diff = details };
        }

        if (!preview)
        {
            Remember(old with { Inputs = PropertyDecoder.Decode(check.Inputs) });
        }

        return StepOf(wish.Name, StepKind.Same, old.Outputs);
    }

    private static bool IsReplacement(DiffResponse diff) =>
        diff.Replaces.Count > 0
        || diff.DetailedDiff.Values.Any(change => change.Kind is PropertyDiff.Types.Kind.AddReplace
            or PropertyDiff.Types.Kind.DeleteReplace or PropertyDiff.Types.Kind.UpdateReplace);

    private async Task<DiffResponse> DiffAsync(ResourceState old, Google.Protobuf.WellKnownTypes.Struct news, Wish wish) =>
        await provider.DiffAsync(new DiffRequest
        {
            Id = old.Id,
            Urn = old.Urn,
            Olds = PropertyEncoder.Encode(old.Outputs),
            OldInputs = PropertyEncoder.Encode(old.Inputs),
            News = news,
            Name = old.Name,
            Type = old.Type,
            IgnoreChanges = { wish.IgnoreChanges },
        });

    private async Task<Step> CreateAsync(Wish wish, Google.Protobuf.WellKnownTypes.Struct inputs, bool preview)
    {
        var urn = UrnOf(wish.Type, wish.Name);
        try
        {
            var created = await provider.CreateAsync(new CreateRequest
            {
                Urn = urn,
                Properties = inputs,
                Timeout = wish.Timeout?.TotalSeconds ?? 0,
                Preview = preview,
                Name = wish.Name,
                Type = wish.Type,
            });
            var outputs = PropertyDecoder.Decode(created.Properties);
            if (!preview)
            {
                Remember(new ResourceState(
                    urn, wish.Type, wish.Name, created.Id, PropertyDecoder.Decode(inputs), outputs, [], created.RefreshBeforeUpdate));
            }

            return StepOf(wish.Name, StepKind.Create, outputs);
        }
        catch (GrpcStatusException failure)
        {
            if (ProviderClient.InitFailedOf(failure) is not { } partial || !KeepsPartialStates)
            {
                return Failure(wish.Name, [failure.Message]);
            }

            Remember(new ResourceState(
                urn,
                wish.Type,
                wish.Name,
                partial.Id,
                PropertyDecoder.Decode(inputs),
                PropertyDecoder.Decode(partial.Properties),
                [.. partial.Reasons],
                partial.RefreshBeforeUpdate));
            return Failure(wish.Name, [.. partial.Reasons]);
        }
    }

    private async Task<Step> UpdateAsync(Wish wish, ResourceState old, Google.Protobuf.WellKnownTypes.Struct inputs, bool preview)
    {
        try
        {
            var updated = await provider.UpdateAsync(new UpdateRequest
            {
                Id = old.Id,
                Urn = old.Urn,
                Olds = PropertyEncoder.Encode(old.Outputs),
                OldInputs = PropertyEncoder.Encode(old.Inputs),
                News = inputs,
                Timeout = wish.Timeout?.TotalSeconds ?? 0,
                Preview = preview,
                Name = old.Name,
                Type = old.Type,
                IgnoreChanges = { wish.IgnoreChanges },
            });
            var outputs = PropertyDecoder.Decode(updated.Properties);
            if (!preview)
            {
                Remember(old with
                {
                    Inputs = PropertyDecoder.Decode(inputs),
                    Outputs = outputs,
                    InitErrors = [],
                    RefreshBeforeUpdate = updated.RefreshBeforeUpdate,
                });
            }

            return StepOf(wish.Name, StepKind.Update, outputs);
        }
        catch (GrpcStatusException failure)
        {
            if (ProviderClient.InitFailedOf(failure) is not { } partial)
            {
                return Failure(wish.Name, [failure.Message]);
            }

            // A failed update keeps the old inputs (protocol B6).
            Remember(old with
            {
                Outputs = PropertyDecoder.Decode(partial.Properties),
                InitErrors = [.. partial.Reasons],
                RefreshBeforeUpdate = partial.RefreshBeforeUpdate,
            });
            return Failure(wish.Name, [.. partial.Reasons]);
        }
    }

    private async Task<Step> ReplaceAsync(Wish wish, ResourceState old, DiffResponse diff, byte[] seed, bool preview)
    {
        var check = await CheckAsync(wish, null, seed);
        if (check.Failures.Count > 0)
        {
            return Failure(wish.Name, [.. check.Failures.Select(failure => $"{failure.Property}: {failure.Reason}")]);
        }

        var first = wish.DeleteBeforeReplace ?? diff.DeleteBeforeReplace;
        if (!preview && first)
        {
            var deleted = await DeleteAsync(old, () => Forget(old));
            if (deleted.Failed)
            {
                return deleted;
            }
        }

        var created = await CreateAsync(wish, check.Inputs, preview);
        lock (_state)
        {
            // Also after a partial failure: the new one is in the state then, and the old one is still to be deleted.
            if (!preview && !first && _state[wish.Name].Id != old.Id)
            {
                _pendingDeletes.Add(old);
            }
        }

        return created with { Kind = created.Failed ? StepKind.Failed : StepKind.Replace };
    }

    private async Task<Step> DeleteAsync(ResourceState resource, Action forget)
    {
        lock (_state)
        {
            _askedToDelete.Add(resource);
        }

        try
        {
            await provider.DeleteAsync(new DeleteRequest
            {
                Id = resource.Id,
                Urn = resource.Urn,
                Properties = PropertyEncoder.Encode(resource.Outputs),
                OldInputs = PropertyEncoder.Encode(resource.Inputs),
                Timeout = DeleteTimeout?.TotalSeconds ?? 0,
                Name = resource.Name,
                Type = resource.Type,
            });
            forget();
            return StepOf(resource.Name, StepKind.Delete, resource.Outputs);
        }
        catch (GrpcStatusException failure)
        {
            return Failure(resource.Name, [failure.Message]);
        }
    }

    private async Task<Step> RefreshAsync(ResourceState resource)
    {
        try
        {
            var read = await provider.ReadAsync(new ReadRequest
            {
                Id = resource.Id,
                Urn = resource.Urn,
                Properties = PropertyEncoder.Encode(resource.Outputs),
                Inputs = PropertyEncoder.Encode(resource.Inputs),
                Name = resource.Name,
                Type = resource.Type,
            });
            if (read.Id.Length == 0)
            {
                Forget(resource);
                return StepOf(resource.Name, StepKind.Delete, resource.Outputs);
            }

            var outputs = PropertyDecoder.Decode(read.Properties);
            Remember(resource with
            {
                Id = read.Id,
                Inputs = PropertyDecoder.Decode(read.Inputs),
                Outputs = outputs,
                InitErrors = [],
                RefreshBeforeUpdate = read.RefreshBeforeUpdate,
            });
            return StepOf(resource.Name, StepKind.Refresh, outputs);
        }
        catch (GrpcStatusException failure) when (ProviderClient.InitFailedOf(failure) is { } partial)
        {
            var outputs = PropertyDecoder.Decode(partial.Properties);
            Remember(resource with
            {
                Id = partial.Id,
                Inputs = partial.Inputs is null ? resource.Inputs : PropertyDecoder.Decode(partial.Inputs),
                Outputs = outputs,
                InitErrors = [.. partial.Reasons],
                RefreshBeforeUpdate = partial.RefreshBeforeUpdate,
            });
            return StepOf(resource.Name, StepKind.Refresh, outputs);
        }
        catch (GrpcStatusException failure)
        {
            return Failure(resource.Name, [failure.Message]);
        }
    }

    private string UrnOf(string type, string name) => $"urn:pulumi:{stack}::{project}::{type}::{name}";

    private void Remember(ResourceState resource)
    {
        lock (_state)
        {
            _state[resource.Name] = resource;
        }
    }

    private void Forget(ResourceState resource)
    {
        lock (_state)
        {
            _state.Remove(resource.Name);
        }
    }

    private static Step StepOf(string name, StepKind kind, PropertyMap outputs) =>
        new(name, kind, ImmutableSortedDictionary<string, string>.Empty, [], outputs);

    private static Step Failure(string name, ImmutableArray<string> errors) =>
        new(name, StepKind.Failed, ImmutableSortedDictionary<string, string>.Empty, errors, PropertyMap.Empty);
}
