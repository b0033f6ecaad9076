namespace PulumiEvs.Demo;

/// <summary>
/// Where the demo is shown. On a terminal in colour (unless NO_COLOR is set) and with one line that changes while something
/// goes on; elsewhere as plain lines.
/// </summary>
internal sealed class Terminal(TextWriter output, bool isTerminal, bool hasColour)
{
    private readonly Lock writing = new();
    private bool hasOpenLine;

    public static Terminal OfThisProcess(Func<string, string?> environment)
    {
        var isTerminal = !Console.IsOutputRedirected && environment("TERM") is not "dumb";
        return new Terminal(Console.Out, isTerminal, isTerminal && string.IsNullOrEmpty(environment("NO_COLOR")));
    }

    public void Heading(string text)
    {
        Line();
        Line(text, Style.Strong);
    }

    public void Line(string text = "", Style style = Style.Plain)
    {
        lock (writing)
        {
            CloseLine();
            output.WriteLine(Styled(text, style));
        }
    }

    /// <summary>Something the demo has made sure of.</summary>
    public void Verified(string text)
    {
        lock (writing)
        {
            CloseLine();
            output.WriteLine($"  {Styled("✓", Style.Good)} {text}");
        }
    }

    /// <summary>The line of what goes on now; the next one takes its place.</summary>
    public void Status(string text)
    {
        lock (writing)
        {
            if (!isTerminal)
            {
                output.WriteLine(text);
                return;
            }

            output.Write($"\r\u001b[K{Styled(Fitting(text), Style.Faint)}");
            output.Flush();
            hasOpenLine = true;
        }
    }

    /// <summary>Takes the line of what goes on off the screen.</summary>
    public void ClearStatus()
    {
        lock (writing)
        {
            CloseLine();
        }
    }

    private void CloseLine()
    {
        if (hasOpenLine)
        {
            output.Write("\r\u001b[K");
            hasOpenLine = false;
        }
    }

    /// <summary>A longer line would wrap, and could then not be written over.</summary>
    private static string Fitting(string text)
    {
        var width = Console.WindowWidth - 1;
        return width > 0 && text.Length > width ? text[..width] : text;
    }

    private string Styled(string text, Style style) => hasColour && text.Length > 0 && Code(style) is { } code ? $"\u001b[{code}m{text}\u001b[0m" : text;

    private static string? Code(Style style) => style switch
    {
        Style.Strong => "1",
        Style.Faint => "2",
        Style.Good => "32",
        Style.Bad => "31",
        Style.Change => "33",
        _ => null,
    };
}

/// <summary>How a line looks.</summary>
internal enum Style
{
    Plain,
    Strong,
    Faint,
    Good,
    Bad,
    Change,
}
