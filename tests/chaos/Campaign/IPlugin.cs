using PulumiEvs.Harness;

namespace PulumiEvs.Chaos.Campaign;

/// <summary>A plugin at work for one command.</summary>
internal interface IPlugin : IAsyncDisposable
{
    ProviderClient Client { get; }

    /// <summary>What it has written to its console; complete once it has ended.</summary>
    IReadOnlyCollection<string> Output { get; }

    /// <exception cref="InvalidOperationException">It is no process of its own.</exception>
    void Kill();
}

/// <summary>The real one: a process, which can be killed.</summary>
internal sealed class PluginOfItsOwn(PluginProcess plugin) : IPlugin
{
    public ProviderClient Client => plugin.Client;

    public IReadOnlyCollection<string> Output => plugin.Process.Output;

    public void Kill() => plugin.Process.KillAtOnce();

    public ValueTask DisposeAsync() => plugin.DisposeAsync();
}
