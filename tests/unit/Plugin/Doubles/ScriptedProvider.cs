using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Values;

namespace PulumiEvs.Tests.Unit.Plugin.Doubles;

/// <summary>A provider with one resource, its listing and one function whose every answer the test writes; it keeps the requests it got.</summary>
internal sealed class ScriptedProvider : IProvider, IResource, IFunction, IListing
{
    public Func<CheckRequest, CheckResult> OnCheck { get; init; } = request => new CheckResult(request.NewInputs, []);

    public Func<DiffRequest, DiffResult> OnDiff { get; init; } = _ => new DiffResult([], false, []);

    public Func<CreateRequest, IOperationLog, CancellationToken, Task<ResourceOutcome>> OnCreate { get; init; } =
        (request, _, _) => Task.FromResult<ResourceOutcome>(new ResourceOutcome.Done(request.Preview ? "" : "vol-1", request.Inputs));

    public Func<ReadRequest, ResourceOutcome> OnRead { get; init; } = request => new ResourceOutcome.Done(request.Id, request.State ?? PropertyMap.Empty, request.Inputs);

    public Func<UpdateRequest, ResourceOutcome> OnUpdate { get; init; } = request => new ResourceOutcome.Done(request.Id, request.NewInputs);

    public Func<DeleteRequest, CancellationToken, Task> OnDelete { get; init; } = (_, _) => Task.CompletedTask;

    public Func<PropertyMap, InvokeResult> OnInvoke { get; init; } = arguments => new InvokeResult(arguments, []);

    public Func<ListRequest, ListPage?> OnList { get; init; } = _ => new ListPage([], null);

    public Action<PropertyMap> OnConfigure { get; init; } = _ => { };

    public List<object> Requests { get; } = [];

    string IResource.Token => "evs:index:Volume";

    string IFunction.Token => "evs:index:getVolume";

    public CheckResult CheckConfig(CheckRequest request, IOperationLog log) => OnCheck(Kept(request));

    public DiffResult DiffConfig(DiffRequest request) => OnDiff(Kept(request));

    public Task ConfigureAsync(string urn, PropertyMap configuration, IOperationLog log, CancellationToken cancellationToken)
    {
        OnConfigure(Kept(configuration));
        return Task.CompletedTask;
    }

    public int CommandsEnded { get; private set; }

    public void CommandEnded() => CommandsEnded++;

    public IResource Resource(string token) =>
        token == "evs:index:Volume" ? this : throw new ResourceException(FailureKind.NotFound, $"unknown resource type {token}");

    public IListing Listing(string token) =>
        token == "evs:index:Volume" ? this : throw new ResourceException(FailureKind.NotFound, $"{token} cannot be listed");

    public IFunction Function(string token) =>
        token == "evs:index:getVolume" ? this : throw new ResourceException(FailureKind.NotFound, $"unknown function {token}");

    public CheckResult Check(CheckRequest request) => OnCheck(Kept(request));

    public DiffResult Diff(DiffRequest request) => OnDiff(Kept(request));

    public Task<ResourceOutcome> CreateAsync(CreateRequest request, IOperationLog log, CancellationToken cancellationToken) =>
        OnCreate(Kept(request), log, cancellationToken);

    public Task<ResourceOutcome> ReadAsync(ReadRequest request, IOperationLog log, CancellationToken cancellationToken) =>
        Task.FromResult(OnRead(Kept(request)));

    public Task<ResourceOutcome> UpdateAsync(UpdateRequest request, IOperationLog log, CancellationToken cancellationToken) =>
        Task.FromResult(OnUpdate(Kept(request)));

    public Task DeleteAsync(DeleteRequest request, IOperationLog log, CancellationToken cancellationToken) => OnDelete(Kept(request), cancellationToken);

    public Task<InvokeResult> InvokeAsync(PropertyMap arguments, IOperationLog log, CancellationToken cancellationToken) =>
        Task.FromResult(OnInvoke(Kept(arguments)));

    public Task<ListPage?> ListAsync(ListRequest request, IOperationLog log, CancellationToken cancellationToken) =>
        Task.FromResult(OnList(Kept(request)));

    private T Kept<T>(T request)
        where T : notnull
    {
        lock (Requests)
        {
            Requests.Add(request);
        }

        return request;
    }
}
