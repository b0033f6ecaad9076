using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace PulumiEvs.Evs.Http;

/// <summary>How connections are made.</summary>
internal sealed record ConnectionOptions
{
    /// <summary>Accepts any certificate.</summary>
    public bool Insecure { get; init; }

    /// <summary>Authorities to trust besides those of the machine.</summary>
    public X509Certificate2Collection? ExtraAuthorities { get; init; }

    /// <summary>The machine's proxy settings (the proxy variables) when null.</summary>
    public IWebProxy? Proxy { get; init; }

    public int MaxConnectionsPerServer { get; init; } = 64;
}

/// <summary>Makes the one handler through which all requests of a configuration go.</summary>
internal static class HttpHandlers
{
    /// <summary>The proxy that a request to an address goes through; null for none.</summary>
    public static Uri? ProxyFor(ConnectionOptions options, Uri address)
    {
        var proxy = ProxyOf(options);
        return proxy.IsBypassed(address) ? null : proxy.GetProxy(address);
    }

    public static SocketsHttpHandler Create(ConnectionOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            // Requests are signed for one address: a redirect would break the signature or carry a token elsewhere.
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.All,
            ConnectTimeout = TimeSpan.FromSeconds(15),
            MaxConnectionsPerServer = options.MaxConnectionsPerServer,
            EnableMultipleHttp2Connections = true,
            // Names are looked up anew now and then, also by a plugin that waits for hours.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
            KeepAlivePingDelay = TimeSpan.FromSeconds(30),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(15),
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
            ActivityHeadersPropagator = null,
            Proxy = ProxyOf(options),
            UseProxy = true,
        };
        if (options.Insecure)
        {
#pragma warning disable CA5359 // The user asked for exactly this by `insecure`; the default verifies.
            handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
        }
        else if (options.ExtraAuthorities is { Count: > 0 } authorities)
        {
            handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, chain, problems) =>
                IsTrusted(certificate, chain, problems, authorities);
        }

        return handler;
    }

    private static LocalBypass ProxyOf(ConnectionOptions options) => new(options.Proxy ?? HttpClient.DefaultProxy);

    /// <summary>Trusts what the machine trusts, and what leads to one of the extra authorities; the name must fit either way.</summary>
    private static bool IsTrusted(X509Certificate? certificate, X509Chain? given, SslPolicyErrors problems, X509Certificate2Collection authorities)
    {
        if (problems == SslPolicyErrors.None)
        {
            return true;
        }

        if (problems != SslPolicyErrors.RemoteCertificateChainErrors || certificate is null)
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        foreach (var element in given?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
        {
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        }

        using var leaf = new X509Certificate2(certificate);
        return chain.Build(leaf);
    }

    /// <summary>A service on this machine, or the metadata service on its link, is never asked through a proxy.</summary>
    private sealed class LocalBypass(IWebProxy inner) : IWebProxy
    {
        public ICredentials? Credentials
        {
            get => inner.Credentials;
            set => inner.Credentials = value;
        }

        public Uri? GetProxy(Uri destination) => IsLocal(destination) ? null : inner.GetProxy(destination);

        public bool IsBypassed(Uri host) => IsLocal(host) || inner.IsBypassed(host);

        private static bool IsLocal(Uri host) => host.IsLoopback || host.Host.StartsWith("169.254.", StringComparison.Ordinal);
    }
}
