namespace PulumiEvs.Resources.Contracts;

/// <summary>
/// One resource type. Check and Diff are local and call nothing. The others throw an <c>EvsException</c> or a
/// <see cref="ResourceException"/> when nothing was made or changed, and return a <see cref="ResourceOutcome"/> otherwise.
/// All members may be called by many threads at once.
/// </summary>
internal interface IResource
{
    /// <summary>The type token, such as <c>evs:index:Volume</c>.</summary>
    string Token { get; }

    CheckResult Check(CheckRequest request);

    DiffResult Diff(DiffRequest request);

    Task<ResourceOutcome> CreateAsync(CreateRequest request, IOperationLog log, CancellationToken cancellationToken);

    Task<ResourceOutcome> ReadAsync(ReadRequest request, IOperationLog log, CancellationToken cancellationToken);

    Task<ResourceOutcome> UpdateAsync(UpdateRequest request, IOperationLog log, CancellationToken cancellationToken);

    /// <summary>Returns when the resource is gone; gone already is success.</summary>
    Task DeleteAsync(DeleteRequest request, IOperationLog log, CancellationToken cancellationToken);
}
