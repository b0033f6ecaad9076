namespace PulumiEvs.Bench.Report;

/// <summary>One line of the table.</summary>
/// <param name="Subject">What is measured.</param>
/// <param name="Measured">With its unit.</param>
/// <param name="Target">What it has to keep to; null when it is there for comparison.</param>
/// <param name="Holds">Whether it does.</param>
internal sealed record Figure(string Subject, string Measured, string? Target = null, bool Holds = true)
{
    /// <summary>A figure that must not be above a limit.</summary>
    /// <param name="write">Puts value and limit into words.</param>
    public static Figure AtMost(string subject, double value, double limit, Func<double, string> write) =>
        new(subject, write(value), "≤ " + write(limit), value <= limit);

    /// <summary>A figure that must not be below a limit.</summary>
    /// <inheritdoc cref="AtMost"/>
    public static Figure AtLeast(string subject, double value, double limit, Func<double, string> write) =>
        new(subject, write(value), "≥ " + write(limit), value >= limit);

    public string Verdict => Target is null ? "" : Holds ? "PASS" : "FAIL";
}
