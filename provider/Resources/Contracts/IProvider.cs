using PulumiEvs.Resources.Values;

namespace PulumiEvs.Resources.Contracts;

/// <summary>The whole provider as the plugin sees it: its configuration, resources and functions.</summary>
internal interface IProvider
{
    /// <summary>Checks the provider's configuration offline; secrets that came from the environment are never in the answer.</summary>
    CheckResult CheckConfig(CheckRequest request, IOperationLog log);

    DiffResult DiffConfig(DiffRequest request);

    /// <summary>Takes the configuration. Makes no request. Throws <see cref="MissingConfigurationException"/> or <see cref="ResourceException"/>.</summary>
    Task ConfigureAsync(PropertyMap configuration, IOperationLog log, CancellationToken cancellationToken);

    /// <exception cref="ResourceException">No such resource type.</exception>
    IResource Resource(string token);

    /// <exception cref="ResourceException">No such function.</exception>
    IFunction Function(string token);
}
