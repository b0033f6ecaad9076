namespace PulumiEvs.Resources.Diagnosis;

/// <summary>How a check ended.</summary>
internal enum CheckState
{
    Ok,
    Failed,

    /// <summary>Not tried: it is not needed, or what it builds on is not there.</summary>
    Skipped,
}

/// <summary>A setting as it holds.</summary>
/// <param name="Name">As in the JSON form: <c>region</c>.</param>
/// <param name="Value">Never a secret.</param>
/// <param name="Source">Where it is from, as the user knows it: <c>evs:region</c>, <c>HW_REGION_NAME</c>, <c>default</c>; null where the value says it.</param>
internal sealed record Setting(string Name, string Value, string? Source = null);

/// <summary>One check.</summary>
/// <param name="Detail">What was found, or why it was skipped.</param>
/// <param name="Advice">What to do about a failure, as a sentence; null when nothing is known.</param>
internal sealed record Finding(string Check, CheckState State, string Detail, string? Advice = null);

/// <summary>What would be used to reach the cloud, and what came of trying it.</summary>
/// <param name="Notes">What is worth knowing, but no failure.</param>
internal sealed record DoctorReport(IReadOnlyList<Setting> Settings, IReadOnlyList<string> Notes, IReadOnlyList<Finding> Findings)
{
    public bool IsWell => Findings.All(finding => finding.State != CheckState.Failed);
}
