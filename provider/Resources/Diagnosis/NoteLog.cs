using PulumiEvs.Resources.Contracts;

namespace PulumiEvs.Resources.Diagnosis;

/// <summary>Keeps what a check says besides its result.</summary>
internal sealed class NoteLog : IOperationLog
{
    public List<string> Lines { get; } = [];

    public void Status(string text)
    {
        // Gone by the time the report is read.
    }

    public void Info(string text) => Lines.Add(text);

    public void Warning(string text) => Lines.Add(text);

    public void Debug(string text)
    {
        // The report says what is looked for.
    }
}
