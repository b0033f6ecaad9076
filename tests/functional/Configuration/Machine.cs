using System.Net;
using System.Text.RegularExpressions;
using PulumiEvs.Evs.Auth.Sources;
using PulumiEvs.Evs.Errors;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Provider;
using PulumiEvs.Resources.Values;

namespace PulumiEvs.Tests.Functional.Configuration;

/// <summary>
/// A user's machine with just these variables and files, and the provider on it: in this process, and over real sockets to wherever
/// its configuration leads.
/// </summary>
internal sealed partial class Machine : IDisposable
{
    /// <summary>The provider resource.</summary>
    public const string Urn = "urn:pulumi:dev::shop::pulumi:providers:evs::default";

    static Machine()
    {
        // The proxy of whoever runs the tests is not this machine's.
        HttpClient.DefaultProxy = new WebProxy();
    }

    public Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    public string Home { get; } = Directory.CreateTempSubdirectory("pulumi-evs-machine-").FullName;

    /// <summary>What the provider told for <c>--debug</c>, of all runs so far.</summary>
    public List<string> Debug { get; } = [];

    public void Write(string path, string text)
    {
        var file = Path.Combine(Home, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    public EvsProvider Provider() => new(
        Host.Of(name => name == "HOME" ? Home : Variables.GetValueOrDefault(name), AppContext.BaseDirectory), TimeProvider.System, new Random(1), Guid.NewGuid);

    /// <summary>Takes a configuration as far as it goes: checked, configured, and one request that asks for the quotas.</summary>
    /// <returns>What the user is told went wrong, a line for each problem; null when the request was answered.</returns>
    public async Task<string?> TryAsync(PropertyMap configuration)
    {
        using var provider = Provider();
        var check = provider.CheckConfig(Checked(configuration), new Log(Debug));
        if (check.Failures.Length > 0)
        {
            return string.Join('\n', check.Failures.Select(failure => failure.Reason));
        }

        try
        {
            await provider.ConfigureAsync("", check.Inputs, new Log(Debug), CancellationToken.None);
            await provider.Function("evs:index:getQuotas").InvokeAsync(PropertyMap.Empty, new Log(Debug), CancellationToken.None);
            return null;
        }
        catch (Exception e) when (e is EvsException or ResourceException or MissingConfigurationException)
        {
            return e.Message;
        }
    }

    public static CheckRequest Checked(PropertyMap configuration) => new(
        new ResourceIdentity(Urn, "pulumi:providers:evs", "default"),
        PropertyMap.Empty,
        configuration,
        ReadOnlyMemory<byte>.Empty,
        null);

    /// <summary>A message without what differs from run to run: ports, ids, the home folder.</summary>
    public string Plain(string message) =>
        RequestId().Replace(Port().Replace(message.Replace(Home, "/home/me", StringComparison.Ordinal), "127.0.0.1:40123"), "request id 6c1f…");

    public void Dispose() => Directory.Delete(Home, recursive: true);

    [GeneratedRegex(@"127\.0\.0\.1:\d+")]
    private static partial Regex Port();

    [GeneratedRegex("request id [0-9a-f]{32}")]
    private static partial Regex RequestId();

    private sealed class Log(List<string> debug) : IOperationLog
    {
        public void Status(string text)
        {
        }

        public void Info(string text)
        {
        }

        public void Warning(string text)
        {
        }

        public void Debug(string text)
        {
            lock (debug)
            {
                debug.Add(text);
            }
        }
    }
}
