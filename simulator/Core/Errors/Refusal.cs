namespace EvsSimulator.Core.Errors;

/// <summary>Why the cloud says no: an error code with the HTTP status and the text it travels with.</summary>
internal sealed record Refusal(int Status, string Code, string Message)
{
    /// <summary>A documented refusal; the arguments fill the <c>%s</c> of its text in order.</summary>
    public static Refusal Of(string code, params ReadOnlySpan<string> arguments)
    {
        var row = DocumentedCodes.Find(code)
            ?? throw new ArgumentException($"{code} is not a documented error code", nameof(code));
        var message = row.Message;
        foreach (var argument in arguments)
        {
            var hole = message.IndexOf("%s", StringComparison.Ordinal);
            message = hole < 0 ? message : string.Concat(message.AsSpan(0, hole), argument, message.AsSpan(hole + 2));
        }

        return new Refusal(row.Status, code, message);
    }

    /// <summary>A documented code with a text of its own, for the codes that have several.</summary>
    public static Refusal WithText(string code, string message) => Of(code) with { Message = message };
}
