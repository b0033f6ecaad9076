using System.CommandLine;
using PulumiEvs.Evs.Auth.Sources;
using PulumiEvs.Resources.Declarations;
using PulumiEvs.Resources.Diagnosis;
using PulumiEvs.Resources.Provider;
using PulumiEvs.Resources.Values;

namespace PulumiEvs.Plugin.Hosting;

/// <summary>
/// <c>pulumi-resource-evs doctor</c>, for people and scripts: takes the same configuration as a stack, and prints what the doctor
/// finds. There is an option for every property but the secret ones: what stands on a command line can be seen by everybody.
/// </summary>
internal sealed class DoctorCommand
{
    public const string Name = "doctor";

    private readonly Option<string?> _config = new("--config")
    {
        Description = "Take the configuration from this file, or from the input when it is -: the output of `pulumi config --show-secrets --json`.",
        HelpName = "FILE",
    };

    private readonly Option<bool> _json = new("--json") { Description = "Print JSON." };

    private readonly (PropertyDeclaration Property, Option<string?> Option)[] _properties =
    [
        .. ProviderDeclaration.Properties.Where(property => !property.Secret).Select(property => (property, new Option<string?>(OptionName(property.Name))
        {
            Description = property.Description,
            HelpName = property.Type is PropertyType.Map ? "JSON" : "VALUE",
        })),
    ];

    /// <summary>The names of all options, for the documents' sake.</summary>
    public IEnumerable<string> OptionNames => _properties.Select(row => row.Option.Name).Append(_config.Name).Append(_json.Name);

    /// <param name="arguments">The command line, with <see cref="Name"/> in front.</param>
    /// <returns>0 when all is well, else 1.</returns>
    public Task<int> RunAsync(string[] arguments, Host host, TimeProvider time, Random random, TextReader input, TextWriter output, TextWriter errors)
    {
        var command = new Command(
            Name,
            "Says which cloud, region, project, credentials and addresses would be used, and checks that they work: names, connections, "
            + "TLS, clock, signature, project and permissions, by harmless reads. Takes what it needs from these options, else from "
            + $"--config, else from the environment and profile files, as the provider does. Secrets are no options. The exit code is 0 when all is well, else 1.")
        {
            _config, _json,
        };
        foreach (var (_, option) in _properties)
        {
            command.Add(option);
        }

        command.SetAction(async (result, cancellationToken) =>
        {
            PropertyMap configuration;
            try
            {
                configuration = Read(result, host, input);
            }
            catch (FormatException e)
            {
                await errors.WriteLineAsync($"{Name}: {e.Message}");
                return 1;
            }

            var report = await new Doctor(host, time, random).ExamineAsync(configuration, cancellationToken);
            if (result.GetValue(_json))
            {
                await output.WriteLineAsync(DoctorText.Json(report));
            }
            else
            {
                await output.WriteAsync(DoctorText.Plain(report));
            }

            return report.IsWell ? 0 : 1;
        });
        var root = new RootCommand("The provider of Pulumi for EVS. The Pulumi CLI starts it by itself; people use:") { command };
        return root.Parse(arguments).InvokeAsync(new InvocationConfiguration { Output = output, Error = errors });
    }

    private static string OptionName(string property) =>
        "--" + string.Concat(property.Select(letter => char.IsAsciiLetterUpper(letter) ? $"-{char.ToLowerInvariant(letter)}" : $"{letter}"));

    /// <exception cref="FormatException">The file cannot be used; the message says why, and shows nothing of what it has.</exception>
    private PropertyMap Read(ParseResult result, Host host, TextReader input)
    {
        var configuration = result.GetValue(_config) switch
        {
            null => PropertyMap.Empty,
            "-" => StackConfig.Read(input.ReadToEnd(), "the input"),
            var path => StackConfig.Read(ReadFile(host, path), path),
        };
        foreach (var (property, option) in _properties)
        {
            if (result.GetValue(option) is { } value)
            {
                configuration = configuration.With(property.Name, value);
            }
        }

        return configuration;
    }

    private static string ReadFile(Host host, string path)
    {
        try
        {
            return host.ReadFile(path) ?? throw new FormatException($"there is no file {path}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FormatException($"{path} cannot be read: {e.Message}", e);
        }
    }
}
