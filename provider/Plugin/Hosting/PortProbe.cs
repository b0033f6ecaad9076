using System.Net.Sockets;

namespace PulumiEvs.Plugin.Hosting;

/// <summary>Whether something listens at an address.</summary>
internal static class PortProbe
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>False only when the connection is refused: an engine too busy to answer, or a name that does not resolve now, says nothing.</summary>
    public static async Task<bool> IsListeningAsync(string address)
    {
        if (PluginArguments.TryParseAddress(address) is not { } endPoint)
        {
            return true;
        }

        using var patience = new CancellationTokenSource(Patience);
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(endPoint, patience.Token);
            return true;
        }
        catch (SocketException failure)
        {
            return failure.SocketErrorCode != SocketError.ConnectionRefused;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }
}
