using PulumiEvs.Resources.Contracts;

namespace PulumiEvs.Resources.Provider;

/// <summary>Opens the way to the cloud for one operation at a time.</summary>
internal interface IEvsSessions
{
    /// <param name="allowed">How long the operation may take.</param>
    /// <exception cref="ResourceException">The provider is not configured, or lacks what a request needs.</exception>
    EvsSession Open(TimeSpan allowed, IOperationLog log);
}
