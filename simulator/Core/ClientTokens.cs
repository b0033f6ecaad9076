namespace EvsSimulator.Core;

/// <summary>The answer a client token was first given.</summary>
internal sealed record RememberedAnswer(string ProjectId, string Token, string Body, DateTimeOffset Until);

/// <summary>
/// Remembers for eight hours what a create with an <c>X-Client-Token</c> was answered, so that its repetition is the same
/// request (EVS API reference, create v2.1).
/// </summary>
internal sealed class ClientTokens
{
    private static readonly TimeSpan Validity = TimeSpan.FromHours(8);

    private readonly Dictionary<(string Project, string Token), RememberedAnswer> answers = [];
    private readonly Queue<RememberedAnswer> byAge = new();

    public IEnumerable<RememberedAnswer> All => answers.Values;

    public string? Find(string projectId, string token, DateTimeOffset now) =>
        answers.TryGetValue((projectId, token), out var answer) && now < answer.Until ? answer.Body : null;

    public void Remember(string projectId, string token, string body, DateTimeOffset now) =>
        Restore(new RememberedAnswer(projectId, token, body, now + Validity), now);

    public void Restore(RememberedAnswer answer, DateTimeOffset now)
    {
        while (byAge.TryPeek(out var oldest) && oldest.Until <= now)
        {
            byAge.Dequeue();
            answers.Remove((oldest.ProjectId, oldest.Token));
        }

        answers[(answer.ProjectId, answer.Token)] = answer;
        byAge.Enqueue(answer);
    }
}
