using EvsSimulator.Accounts;
using EvsSimulator.Core;
using EvsSimulator.Core.Catalog;
using EvsSimulator.Faults;
using EvsSimulator.Http;
using EvsSimulator.Http.Local;
using EvsSimulator.Options;
using EvsSimulator.Persistence;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;

namespace EvsSimulator;

/// <summary>Puts the parts together and runs until told to end.</summary>
internal static class Simulator
{
    /// <summary>Runs a local EVS; the first line it prints is its address.</summary>
    /// <returns>0 after an orderly end, 1 when the port or a file cannot be used, 2 when the set-up is wrong.</returns>
    public static async Task<int> RunAsync(SimulatorOptions options, TimeProvider clock, TextWriter output, TextWriter errors)
    {
        if (options.Detach)
        {
            Session.Leave();
        }

        if (options.LogFile is not { } path)
        {
            return await RunAsync(options, clock, output, errors, null);
        }

        LogFile log;
        try
        {
            log = LogFile.Open(path, errors, clock);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await errors.WriteLineAsync($"evs-simulator: --log {path} cannot be written: {e.Message}");
            return 1;
        }

        await using (log)
        {
            return await RunAsync(options, clock, output, log, log);
        }
    }

    private static async Task<int> RunAsync(SimulatorOptions options, TimeProvider clock, TextWriter output, TextWriter errors, LogFile? log)
    {
        Settings settings;
        AccountSetup setup;
        try
        {
            settings = options.Configs.Aggregate(
                Settings.ForRegion(options.Region, options.Cloud), (held, config) => config.Apply(held));
            setup = options.Configs.Aggregate(DefaultAccounts(options), (held, config) => config.Apply(held));
        }
        catch (FormatException e)
        {
            await errors.WriteLineAsync($"evs-simulator: {e.Message}");
            return 2;
        }

        var seed = options.Seed ?? (ulong)clock.GetUtcNow().Ticks;
        var cloud = new Cloud(settings, clock, seed);
        StateFile? stateFile = null;
        try
        {
            stateFile = options.StateFile is null ? null : await StateFile.OpenAsync(options.StateFile, cloud, options.StateWait, clock);
            var code = await ServeAsync(options, cloud, new AccountDirectory(setup), new FaultSet(seed), stateFile, clock, output, errors, log);
            log?.Note("ended");
            return code;
        }
        catch (Exception e) when (e is StateFileException or IOException)
        {
            await errors.WriteLineAsync($"evs-simulator: {e.Message}");
            return 1;
        }
        finally
        {
            stateFile?.Dispose();
        }
    }

    private static async Task<int> ServeAsync(
        SimulatorOptions options,
        Cloud cloud,
        AccountDirectory accounts,
        FaultSet faults,
        StateFile? stateFile,
        TimeProvider clock,
        TextWriter output,
        TextWriter errors,
        LogFile? journal)
    {
        foreach (var fault in options.Faults)
        {
            faults.Add(fault);
        }

        var log = new RequestLog(options.RequestLog);
        var doorway = new Doorway(clock);
        var activity = new Activity(clock);
        var pipeline = new Pipeline(cloud, accounts, faults, log, stateFile, doorway, activity, clock, errors);
        var local = new LocalApi(cloud, accounts, faults, log, activity, stateFile?.FullPath);
        await using var app = Server.Build(options.Port, cloud, pipeline, local, doorway, stateFile);
        await app.StartAsync();
        var address = Server.AddressOf(app);
        activity.Note();

        // Before it is printed: who reads the line may count on the file.
        using var announcement = options.UrlFile is null ? null : new Announcement(options.UrlFile, address);
        await output.WriteLineAsync(address);
        await output.FlushAsync();
        journal?.Note($"serves {cloud.Settings.Region} at {address}");
        await using var idle = options.IdleExit is { } limit ? EndWhenIdle(app, activity, limit, clock) : null;
        await app.WaitForShutdownAsync();
        if (stateFile is not null)
        {
            await stateFile.SaveAsync();
        }

        return 0;
    }

    private static ITimer EndWhenIdle(WebApplication app, Activity activity, TimeSpan limit, TimeProvider clock)
    {
        var pause = limit / 4 < TimeSpan.FromSeconds(1) ? limit / 4 : TimeSpan.FromSeconds(1);
        return clock.CreateTimer(
            _ =>
            {
                if (activity.Idle >= limit)
                {
                    app.Lifetime.StopApplication();
                }
            },
            null,
            pause,
            pause);
    }

    private static AccountSetup DefaultAccounts(SimulatorOptions options) => new()
    {
        Projects = [new Project { Id = options.ProjectId, Name = options.Region }],
        Users = [new User { Name = options.UserName, Password = options.Password, Domain = options.DomainName }],
        AccessKeys = [new AccessKey { Access = options.AccessKey, Secret = options.SecretKey, User = options.UserName }],
        Tokens = [new Token { Value = options.Token, User = options.UserName, ProjectId = options.ProjectId }],
    };

    /// <summary>Holds the address in a file for as long as it is valid.</summary>
    private sealed class Announcement : IDisposable
    {
        private readonly string path;

        public Announcement(string path, string address)
        {
            this.path = Path.GetFullPath(path);
            var temporary = this.path + ".new";
            File.WriteAllText(temporary, address + "\n");
            File.Move(temporary, this.path, overwrite: true);
        }

        public void Dispose() => File.Delete(path);
    }
}
