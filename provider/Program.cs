using PulumiEvs.Evs.Auth.Sources;
using PulumiEvs.Plugin.Hosting;
using PulumiEvs.Plugin.Schema;
using PulumiEvs.Resources;
using PulumiEvs.Resources.Provider;

var host = new PluginHost(
    () => new EvsProvider(Host.Of(Environment.GetEnvironmentVariable, AppContext.BaseDirectory), TimeProvider.System, Random.Shared, Guid.NewGuid),
    () => SchemaWriter.Write(EvsPackage.Declaration, PackageMetadata.Current),
    TimeProvider.System);
return await host.RunAsync(args);
