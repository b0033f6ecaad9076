using System.Net;

namespace PulumiEvs.Plugin.Hosting;

/// <summary>The command line (protocol B1): <c>[--logtostderr] [-v=N] [--tracing ENDPOINT] [ENGINE_HOST:PORT]</c>.</summary>
/// <param name="EngineAddress">The last word that is no flag; null when the plugin was started by hand.</param>
/// <param name="ShowVersion">Print the version and end.</param>
internal sealed record PluginArguments(string? EngineAddress, bool ShowVersion)
{
    /// <summary>Never fails: flags of engines to come are no reason not to serve.</summary>
    public static PluginArguments Parse(ReadOnlySpan<string> arguments)
    {
        string? address = null;
        var showVersion = false;
        var isValue = false;
        foreach (var argument in arguments)
        {
            if (isValue)
            {
                isValue = false;
                continue;
            }

            if (!argument.StartsWith('-'))
            {
                address = argument;
                continue;
            }

            var flag = argument.TrimStart('-');
            showVersion |= flag == "version";
            isValue = flag == "tracing";
        }

        return new PluginArguments(TryParseAddress(address) is null ? null : address, showVersion);
    }

    /// <summary>The host and port of <c>HOST:PORT</c>; null when it is something else.</summary>
    public static DnsEndPoint? TryParseAddress(string? address) =>
        address?.LastIndexOf(':') is { } colon and > 0
        && int.TryParse(address.AsSpan(colon + 1), out var port)
        && port is > 0 and <= ushort.MaxValue
            ? new DnsEndPoint(address[..colon].Trim('[', ']'), port)
            : null;
}
