using PulumiEvs.Evs.Auth.Sources;
using PulumiEvs.Plugin.Hosting;
using PulumiEvs.Plugin.Schema;
using PulumiEvs.Resources;
using PulumiEvs.Resources.Provider;

var machine = Host.Of(Environment.GetEnvironmentVariable, AppContext.BaseDirectory);
if (args is [DoctorCommand.Name, ..])
{
    return await new DoctorCommand().RunAsync(args, machine, TimeProvider.System, Random.Shared, Console.In, Console.Out, Console.Error);
}

var host = new PluginHost(
    () => new EvsProvider(machine, TimeProvider.System, Random.Shared, Guid.NewGuid),
    () => SchemaWriter.Write(EvsPackage.Declaration, PackageMetadata.Current),
    TimeProvider.System);
return await host.RunAsync(args);
