using System.Globalization;
using System.Text;

namespace EvsSimulator.Persistence;

/// <summary>
/// The error output with a file beside it: each line goes to both, in the file with its time. For a program whose starter
/// may be gone when something goes wrong.
/// </summary>
internal sealed class LogFile : TextWriter
{
    /// <summary>A file beyond this many bytes is begun anew.</summary>
    private const long MaxLength = 1024 * 1024;

    private readonly TextWriter errors;
    private readonly TimeProvider clock;
    private readonly StreamWriter file;

    private LogFile(TextWriter errors, TimeProvider clock, StreamWriter file)
    {
        this.errors = errors;
        this.clock = clock;
        this.file = file;
    }

    public override Encoding Encoding => Encoding.UTF8;

    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public static LogFile Open(string path, TextWriter errors, TimeProvider clock)
    {
        var full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        var mode = File.Exists(full) && new FileInfo(full).Length > MaxLength ? FileMode.Create : FileMode.Append;
        return new LogFile(errors, clock, new StreamWriter(new FileStream(full, mode, FileAccess.Write, FileShare.ReadWrite)) { AutoFlush = true });
    }

    /// <summary>A line that is for the file alone.</summary>
    public void Note(string line)
    {
        lock (file)
        {
            file.WriteLine($"{clock.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture)} {Environment.ProcessId} {line}");
        }
    }

    public override void Write(char value) => errors.Write(value);

    public override void WriteLine(string? value)
    {
        Note(value ?? "");
        errors.WriteLine(value);
    }

    public override Task WriteLineAsync(string? value)
    {
        Note(value ?? "");
        return errors.WriteLineAsync(value);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            file.Dispose();
        }

        base.Dispose(disposing);
    }
}
