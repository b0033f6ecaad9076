using System.Text;
using System.Text.Json;
using PulumiEvs.Resources.Diagnosis;

namespace PulumiEvs.Plugin.Hosting;

/// <summary>A doctor's report as people and scripts read it.</summary>
internal static class DoctorText
{
    /// <summary>Columns of a line, unless a single word is longer.</summary>
    private const int Width = 124;

    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Plain(DoctorReport report)
    {
        var text = new StringBuilder();
        var width = report.Settings.Max(setting => setting.Name.Length);
        text.Append("Settings\n");
        foreach (var setting in report.Settings)
        {
            Line(text, $"  {setting.Name.PadRight(width)}  ", setting.Value + (setting.Source is { } source ? $" ({source})" : ""));
        }

        if (report.Notes.Count > 0)
        {
            text.Append("\nNotes\n");
            foreach (var note in report.Notes)
            {
                Line(text, "  ", note);
            }
        }

        text.Append("\nChecks\n");
        var checks = report.Findings.Max(finding => finding.Check.Length);
        foreach (var finding in report.Findings)
        {
            Line(text, $"  {Word(finding.State),-7}  {finding.Check.PadRight(checks)}  ", finding.Detail);
            if (finding.Advice is { } advice)
            {
                Line(text, $"  {"",-7}  {"".PadRight(checks)}  -> ", advice);
            }
        }

        var failed = report.Findings.Count(finding => finding.State == CheckState.Failed);
        return text.Append('\n').Append(failed == 0 ? "All is well." : $"{failed} of {report.Findings.Count} checks failed.").Append('\n').ToString();
    }

    public static string Json(DoctorReport report)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Indented))
        {
            json.WriteStartObject();
            json.WriteString("version", PluginHost.Version);
            json.WriteBoolean("ok", report.IsWell);
            json.WriteStartObject("settings");
            foreach (var setting in report.Settings)
            {
                json.WriteStartObject(setting.Name);
                json.WriteString("value", setting.Value);
                json.WriteString("source", setting.Source);
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteStartArray("notes");
            foreach (var note in report.Notes)
            {
                json.WriteStringValue(note);
            }

            json.WriteEndArray();
            json.WriteStartArray("checks");
            foreach (var finding in report.Findings)
            {
                json.WriteStartObject();
                json.WriteString("check", finding.Check);
                json.WriteString("state", Word(finding.State).ToLowerInvariant());
                json.WriteString("detail", finding.Detail);
                json.WriteString("advice", finding.Advice);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    /// <summary>In capitals what must not be overlooked.</summary>
    private static string Word(CheckState state) => state switch
    {
        CheckState.Ok => "ok",
        CheckState.Failed => "FAILED",
        _ => "skipped",
    };

    /// <summary>A text that is too long for its line goes on under its beginning.</summary>
    private static void Line(StringBuilder text, string label, string value)
    {
        var column = label.Length;
        text.Append(label);
        var isFirst = true;
        foreach (var word in value.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (!isFirst && column + 1 + word.Length > Width)
            {
                text.Append('\n').Append(' ', label.Length);
                column = label.Length;
                isFirst = true;
            }

            text.Append(isFirst ? "" : " ").Append(word);
            column += word.Length + (isFirst ? 0 : 1);
            isFirst = false;
        }

        text.Append('\n');
    }
}
