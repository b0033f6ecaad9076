namespace PulumiEvs.Plugin.Engine;

/// <summary>Which engine uses this plugin, and whether that engine also started it.</summary>
internal sealed class EngineLink
{
    private volatile string? _address;
    private volatile bool _isStarter;

    /// <param name="startAddress">The address on the command line: only an engine that starts a plugin puts one there.</param>
    public EngineLink(string? startAddress)
    {
        _address = startAddress;
        _isStarter = startAddress is not null;
    }

    /// <summary>The engine's <c>HOST:PORT</c>; null while nobody has said it.</summary>
    public string? Address => _address;

    /// <summary>True when the plugin lives for its engine and should end with it; false when it was attached to.</summary>
    public bool EndsWithEngine => _isStarter;

    /// <param name="hasDirectories">An engine that started the plugin names its folder; one that attached does not (protocol A2).</param>
    public void Handshake(string engineAddress, bool hasDirectories)
    {
        if (engineAddress.Length > 0)
        {
            _address = engineAddress;
        }

        _isStarter |= hasDirectories;
    }

    public void Attach(string engineAddress)
    {
        _address = engineAddress;
        _isStarter = false;
    }
}
