using EvsSimulator.Persistence;

namespace PulumiEvs.Tests.Unit.Simulator;

public sealed class LogFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("evs-simulator-").FullName;
    private readonly ManualClock clock = new();

    private string FilePath => Path.Combine(folder, "sub", "log");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Trouble_goes_to_the_error_output_and_to_the_file_with_its_time()
    {
        using var errors = new StringWriter();
        await using (var log = LogFile.Open(FilePath, errors, clock))
        {
            log.Note("serves");
            await log.WriteLineAsync("trouble");
        }

        errors.ToString().ShouldBe("trouble\n");
        File.ReadAllLines(FilePath).ShouldBe([
            $"2025-06-01T12:00:00.000Z {Environment.ProcessId} serves",
            $"2025-06-01T12:00:00.000Z {Environment.ProcessId} trouble"]);
    }

    [Theory]
    [InlineData(1024, 1024)]
    [InlineData((1024 * 1024) + 1, 0)]
    public void A_file_is_added_to_until_it_is_too_long(int length, int kept)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FilePath)!);
        File.WriteAllText(FilePath, new string('x', length));

        using (var log = LogFile.Open(FilePath, TextWriter.Null, clock))
        {
            log.Note("more");
        }

        File.ReadAllText(FilePath).Count(character => character == 'x').ShouldBe(kept);
    }
}
