using PulumiEvs.Resources.Values;

namespace PulumiEvs.Resources.Contracts;

/// <summary>The whole provider as the plugin sees it: its configuration, resources and functions.</summary>
internal interface IProvider
{
    /// <summary>Checks the provider's configuration offline; secrets that came from the environment are never in the answer.</summary>
    CheckResult CheckConfig(CheckRequest request, IOperationLog log);

    DiffResult DiffConfig(DiffRequest request);

    /// <summary>
    /// Takes the configuration. Makes no request, unless a killed run of the stack has left creates behind: then it tells what these made.
    /// Throws <see cref="MissingConfigurationException"/> or <see cref="ResourceException"/>.
    /// </summary>
    /// <param name="urn">The provider resource's; empty where the engine does not say it.</param>
    Task ConfigureAsync(string urn, PropertyMap configuration, IOperationLog log, CancellationToken cancellationToken);

    /// <summary>The engine has ended its command in good order: what it was answered so far, it knows.</summary>
    void CommandEnded();

    /// <exception cref="ResourceException">No such resource type.</exception>
    IResource Resource(string token);

    /// <exception cref="ResourceException">No such resource type, or one that cannot be listed.</exception>
    IListing Listing(string token);

    /// <exception cref="ResourceException">No such function.</exception>
    IFunction Function(string token);
}
