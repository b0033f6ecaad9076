using System.Diagnostics;
using PulumiEvs.Harness;

namespace PulumiEvs.Tests.Functional.Doctor;

/// <summary>One run of <c>pulumi-resource-evs doctor</c> to its end.</summary>
/// <param name="ExitCode">0 when all is well.</param>
/// <param name="Text">What it printed.</param>
/// <param name="Errors">What it wrote to its error output.</param>
internal sealed record DoctorRun(int ExitCode, string Text, string Errors)
{
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(1);

    public static async Task<DoctorRun> RunAsync(string home, IReadOnlyDictionary<string, string?> environment, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Executables.Plugin, ["doctor", .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = home,
        };
        foreach (var (name, value) in PluginProcess.Variables(home, environment))
        {
            start.Environment[name] = value;
        }

        using var process = System.Diagnostics.Process.Start(start) ?? throw new InvalidOperationException("the doctor did not start");
        process.StandardInput.Close();
        var (text, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(Bound);
        return new DoctorRun(process.ExitCode, (await text).TrimEnd(), (await errors).TrimEnd());
    }
}
