namespace PulumiEvs.Evs.Local;

/// <summary>What came of starting a program.</summary>
/// <param name="FirstLine">The first line that it wrote; null when it ended without one, or wrote none in time.</param>
/// <param name="Trouble">What it had to say about that, in one line.</param>
internal readonly record struct ProgramStart(string? FirstLine, string Trouble);

/// <summary>Starts programs that go on when this one has ended.</summary>
internal interface IProgramStarter
{
    /// <param name="program">The path of the program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="folder">The folder to run in.</param>
    /// <param name="patience">How long the first line may take.</param>
    /// <exception cref="IOException">The program cannot be started; the message says why.</exception>
    Task<ProgramStart> StartAsync(string program, IEnumerable<string> arguments, string folder, TimeSpan patience);
}
