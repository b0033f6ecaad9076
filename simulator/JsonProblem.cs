using System.Text.Json;

namespace EvsSimulator;

/// <summary>Says what is wrong with JSON that a person wrote, in that person's terms.</summary>
internal static class JsonProblem
{
    public static string Describe(JsonException e) => e switch
    {
        // An unknown or a missing member: the message names it, and then types of this program.
        { Message: var message } when message.Contains(" could not be mapped", StringComparison.Ordinal) =>
            $"unknown member{Quoted(message)}",
        { Message: var message } when message.Contains("missing required properties", StringComparison.Ordinal) =>
            $"missing: {message[(message.LastIndexOf(':') + 1)..].Trim(' ', '.')}",
        { Path: { Length: > 0 } path } when e.Message.Contains(" could not be converted", StringComparison.Ordinal) =>
            $"the value at {path} is of another type than expected, or none of the words it can be",
        _ => e.Message,
    };

    private static string Quoted(string message)
    {
        var parts = message.Split('\'');
        return parts.Length > 1 ? $" {parts[1]}" : "";
    }
}
