using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text;
using EvsSimulator.Core.Catalog;
using EvsSimulator.Core.Jobs;
using EvsSimulator.Faults;
using EvsSimulator.Http.Local;

namespace EvsSimulator.Options;

/// <summary>The command line: every option with its default and its text for <c>--help</c>.</summary>
internal sealed class CommandLine
{
    private readonly Option<int> port = new("--port")
    {
        Description = "TCP port on 127.0.0.1; 0 takes a free one.",
        DefaultValueFactory = _ => 0,
    };

    private readonly Option<string?> state = new("--state")
    {
        Description = "Keep the state in this file, so that it is there again after a restart. Default: in memory.",
        HelpName = "FILE",
    };

    private readonly Option<string?> stateWait = new("--state-wait")
    {
        Description = "Wait so long for another evs-simulator to let go of the state file, e.g. 5s. Default: not at all.",
        HelpName = "LENGTH",
    };

    private readonly Option<string?> urlFile = new("--url-file")
    {
        Description = "Write the address to this file while running.",
        HelpName = "FILE",
    };

    private readonly Option<ulong?> seed = new("--seed")
    {
        Description = "Seed of ids, durations and chances. Default: another one each time.",
        HelpName = "N",
    };

    private readonly Option<string> cloud = new("--cloud")
    {
        Description = "The vendor whose API is offered; what that cloud lacks is refused with APIGW.0101.",
        DefaultValueFactory = _ => CloudProfile.Default.Name,
    };

    private readonly Option<string> region = Text("--region", "Name of the region, and of the project. Its zones are named after it unless given.", "local-1");

    private readonly Option<string[]> zone = new("--zone")
    {
        Description = "An availability zone; may be given several times. Default: those that follow from the region.",
        HelpName = "NAME",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string> projectId = Text("--project-id", "Id of the project.", "0123456789abcdef0123456789abcdef");

    private readonly Option<string> accessKey = Text("--access-key", "Access key of the user.", "LOCALACCESSKEY");

    private readonly Option<string> secretKey = Text("--secret-key", "Secret key of the user.", "local-secret-key");

    private readonly Option<string> token = Text("--token", "A token of the user for the project, valid without end.", "local-token");

    private readonly Option<string> user = Text("--user", "Name of the user.", "local-user");

    private readonly Option<string> password = Text("--password", "Password of the user.", "local-password");

    private readonly Option<string> domain = Text("--domain", "Name of the user's account (domain).", "local-domain");

    private readonly Option<string[]> jobDuration = new("--job-duration")
    {
        Description = "How long a kind of job takes, e.g. createVolume=0.5s..2s, extendVolume=1s, retypeVolume=lognormal(3h,0.25), "
            + $"*=100ms. Kinds: {string.Join(", ", JobTypes.DefaultDurations.Keys)}. May be given several times.",
        HelpName = "KIND=SPEC",
    };

    private readonly Option<double?> timeScale = new("--time-scale")
    {
        Description = "Everything takes this many times less.",
        HelpName = "FACTOR",
    };

    private readonly Option<double?> rateLimit = new("--rate-limit")
    {
        Description = "Answer 429 beyond this many requests a second.",
        HelpName = "N",
    };

    private readonly Option<string?> tokenLifetime = new("--token-lifetime")
    {
        Description = "How long tokens are valid, e.g. 30s. Default: 24h.",
        HelpName = "LENGTH",
    };

    private readonly Option<string?> config = new("--config")
    {
        Description = "A set-up as JSON, in the form of POST /_local/config.",
        HelpName = "FILE",
    };

    private readonly Option<string[]> fault = new("--fault")
    {
        Description = "A fault as JSON, in the form of POST /_local/faults; @FILE reads it from a file. May be given several times.",
        HelpName = "JSON",
    };

    private readonly Option<int> requestLog = new("--request-log")
    {
        Description = "How many requests the log keeps.",
        DefaultValueFactory = _ => 20_000,
        HelpName = "N",
    };

    private readonly Option<string?> idleExit = new("--idle-exit")
    {
        Description = "End when no request came for so long, e.g. 60s (or 60). Default: never.",
        HelpName = "LENGTH",
    };

    private readonly Option<string?> log = new("--log")
    {
        Description = "Add to this file when the program starts and ends, and what goes wrong in between.",
        HelpName = "FILE",
    };

    private readonly Option<bool> detach = new("--detach")
    {
        Description = "Leave the session and terminal of whoever started the program, so that it outlives them.",
    };

    private readonly RootCommand root;

    public CommandLine()
    {
        cloud.AcceptOnlyFromAmong([.. CloudProfile.All.Select(profile => profile.Name)]);
        root = new RootCommand(
            "A local EVS: the block storage API of Huawei Cloud and its relatives on this machine, for developing and testing "
            + "without an account. The first line it prints is its address.")
        {
            port, state, stateWait, urlFile, seed, cloud, region, zone, projectId, accessKey, secretKey, token, user, password, domain,
            jobDuration, timeScale, rateLimit, tokenLifetime, config, fault, requestLog, idleExit, log, detach,
        };
    }

    /// <summary>The names of all options, for the manual's sake.</summary>
    public IEnumerable<string> OptionNames => root.Options.Select(option => option.Name);

    /// <summary>Parses the arguments and runs the program with what they say, or prints help, version or errors.</summary>
    public Task<int> RunAsync(string[] arguments, Func<SimulatorOptions, Task<int>> run)
    {
        root.SetAction(async (result, _) =>
        {
            SimulatorOptions options;
            try
            {
                options = Read(result);
            }
            catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
            {
                await Console.Error.WriteLineAsync($"evs-simulator: {e.Message}");
                return 2;
            }

            return await run(options);
        });

        // The host listens for the signals that end the program.
        return root.Parse(arguments).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
    }

    /// <exception cref="FormatException">A value cannot be used; the message names the option.</exception>
    private SimulatorOptions Read(ParseResult result) => new()
    {
        Port = result.GetValue(port),
        StateFile = result.GetValue(state),
        StateWait = ReadLength(result.GetValue(stateWait), "--state-wait") ?? TimeSpan.Zero,
        UrlFile = result.GetValue(urlFile),
        LogFile = result.GetValue(log),
        Detach = result.GetValue(detach),
        Seed = result.GetValue(seed),
        Cloud = CloudProfile.Find(result.GetRequiredValue(cloud))!,
        Region = result.GetRequiredValue(region),
        ProjectId = result.GetRequiredValue(projectId),
        AccessKey = result.GetRequiredValue(accessKey),
        SecretKey = result.GetRequiredValue(secretKey),
        Token = result.GetRequiredValue(token),
        UserName = result.GetRequiredValue(user),
        Password = result.GetRequiredValue(password),
        DomainName = result.GetRequiredValue(domain),
        Configs = [.. ReadConfigs(result)],
        Faults = [.. (result.GetValue(fault) ?? []).SelectMany(ReadFaults)],
        RequestLog = result.GetValue(requestLog) is > 0 and var kept ? kept : throw new FormatException("--request-log must be above 0"),
        IdleExit = ReadLength(result.GetValue(idleExit), "--idle-exit"),
    };

    private IEnumerable<ConfigDocument> ReadConfigs(ParseResult result)
    {
        if (result.GetValue(config) is { } file)
        {
            ConfigDocument document;
            try
            {
                document = ConfigDocument.Read(File.ReadAllBytes(file));
            }
            catch (FormatException e)
            {
                throw new FormatException($"--config {file}: {e.Message}", e);
            }

            yield return document;
        }

        yield return new ConfigDocument
        {
            Zones = result.GetValue(zone) is { Length: > 0 } zones ? [.. zones] : null,
            JobDurations = ReadDurations(result.GetValue(jobDuration) ?? []),
            TimeScale = result.GetValue(timeScale),
            RateLimit = result.GetValue(rateLimit) is { } perSecond ? new RateLimitDocument(perSecond, null, null) : null,
            TokenLifetimeSeconds = ReadLength(result.GetValue(tokenLifetime), "--token-lifetime")?.TotalSeconds,
        };
    }

    private static ImmutableSortedDictionary<string, string> ReadDurations(IEnumerable<string> given)
    {
        var durations = ImmutableSortedDictionary<string, string>.Empty;
        foreach (var text in given)
        {
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            durations = equals > 0
                ? durations.SetItem(text[..equals], text[(equals + 1)..])
                : throw new FormatException($"--job-duration {text} is not of the form KIND=SPEC");
        }

        return durations;
    }

    private static IReadOnlyList<FaultSpec> ReadFaults(string text)
    {
        try
        {
            return FaultSpec.Read(text.StartsWith('@') ? File.ReadAllBytes(text[1..]) : Encoding.UTF8.GetBytes(text));
        }
        catch (FormatException e)
        {
            throw new FormatException($"--fault {text}: {e.Message}", e);
        }
    }

    private static TimeSpan? ReadLength(string? text, string option) =>
        text is null ? null
        : DurationSpec.TryParseLength(text, out var length) ? length
        : double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds)
        : throw new FormatException($"{option} {text} cannot be read: write 500ms, 60s, 5m or 24h");

    private static Option<string> Text(string name, string description, string value) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => value,
    };
}
