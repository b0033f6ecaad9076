using System.Text.Json.Nodes;

namespace PulumiEvs.Chaos.Campaign;

/// <summary>Makes faults of every kind that the local EVS knows, at requests of every kind that a provider sends.</summary>
/// <param name="tokensExpire">Whether a new token can be had in place of one that has expired.</param>
internal sealed class FaultMaker(Random random, bool tokensExpire)
{
    private static readonly (string Member, string Value)[] Requests =
    [
        ("operation", "createVolume"), ("operation", "createVolume"), ("operation", "createVolume"), ("operation", "getJob"), ("operation", "getJob"),
        ("operation", "getVolume"), ("operation", "listVolumes"), ("operation", "updateVolume"), ("operation", "extendVolume"), ("operation", "retypeVolume"),
        ("operation", "deleteVolume"), ("path", "*/tags/action"), ("operation", "listSnapshots"), ("method", "GET"), ("method", "POST"), ("method", "PUT"),
        ("method", "DELETE"),
    ];

    /// <summary>Requests that start a job.</summary>
    private static readonly string[] Works = ["createVolume", "createVolume", "createVolume", "extendVolume", "retypeVolume", "deleteVolume"];

    private static readonly (int Status, string Code)[] Errors =
    [
        (500, "EVS.5500"), (500, "EVS.5400"), (502, "EVS.5500"), (503, "EVS.5503"), (504, "EVS.5500"), (400, "EVS.1009"), (403, "EVS.5403"),
        (409, "EVS.1031"), (401, "APIGW.0301"),
    ];

    private static readonly string[] Shapes = ["nested", "flat", "codeMessage", "cinder", "gateway", "escaped", "html", "text", "empty"];

    /// <summary>The request timeout of the runs is shorter than the longest of these delays.</summary>
    public const int LongestDelayMs = 2600;

    public JsonObject Make() => random.Next(tokensExpire ? 15 : 13) switch
    {
        0 or 1 => At("error", once: false, ErrorMembers(afterActing: false)),
        2 => At("error", once: true, ErrorMembers(afterActing: true)),
        3 or 4 => At("loseAnswer", once: true),
        5 => At("abort", once: false),
        6 => At("throttle", once: false, Chance(0.5) ? [("retryAfterSeconds", random.Next(0, 2))] : []),
        7 => At("delay", once: true, [(Chance(0.5) ? "ms" : "afterMs", Chance(0.2) ? LongestDelayMs : random.Next(10, 400))]),
        8 => Work("jobFail", [("leave", Pick(["error", "none", "unborn"])), ("code", Pick(["EVS.2024", "EVS.2072", "EVS.9999"]))]),
        9 => Chance(0.3) ? Work("jobStuck") : Work("jobDuration", [("ms", random.Next(300, 5000))]),
        10 => Work("jobVanish", [("ms", random.Next(0, 60))]),

        // Shorter than what the runs wait for the disk of a lost answer: nobody can find what is hidden for longer.
        11 => Fault("hide", [("operation", "createVolume"), ("ms", random.Next(50, 500))], once: false),
        12 => Fault("refuse", [Request(), ("ms", random.Next(50, 400))], once: true),
        _ => At("expireToken", once: false),
    };

    private JsonObject At(string effect, bool once, params IEnumerable<(string Member, JsonNode Value)> members) =>
        Fault(effect, [Request(), .. members], once);

    private JsonObject Work(string effect, params IEnumerable<(string Member, JsonNode Value)> members) =>
        Fault(effect, [("operation", Pick(Works)), .. members], once: true);

    private JsonObject Fault(string effect, IEnumerable<(string Member, JsonNode Value)> members, bool once)
    {
        var fault = new JsonObject { ["effect"] = effect, ["nth"] = random.Next(1, 5), ["count"] = once ? 1 : random.Next(1, 7) };
        foreach (var (member, value) in members)
        {
            fault[member] = value;
        }

        return fault;
    }

    private (string Member, JsonNode Value) Request()
    {
        var (member, value) = Requests[random.Next(Requests.Length)];
        return (member, value);
    }

    private IEnumerable<(string Member, JsonNode Value)> ErrorMembers(bool afterActing)
    {
        // An error that says that nothing was done would be a lie after acting: then only the kinds that leave it open.
        var (status, code) = Errors[random.Next(afterActing ? 5 : Errors.Length)];
        yield return ("status", status);
        yield return ("code", code);
        yield return ("shape", Pick(Shapes));
        yield return ("afterActing", afterActing);
    }

    private string Pick(string[] choices) => choices[random.Next(choices.Length)];

    private bool Chance(double probability) => random.NextDouble() < probability;
}
