namespace PulumiEvs.Resources.Reporting;

/// <summary>Durations as people say them: "12 s", "3 min 5 s", "2 h 10 min".</summary>
internal static class Elapsed
{
    public static string Text(TimeSpan time) => time switch
    {
        { TotalMinutes: < 1 } => $"{(int)time.TotalSeconds} s",
        { TotalHours: < 1 } when time.Seconds == 0 => $"{(int)time.TotalMinutes} min",
        { TotalHours: < 1 } => $"{(int)time.TotalMinutes} min {time.Seconds} s",
        _ when time.Minutes == 0 => $"{(int)time.TotalHours} h",
        _ => $"{(int)time.TotalHours} h {time.Minutes} min",
    };
}
