using System.Text.Json;
using EvsSimulator.Core.Errors;

namespace EvsSimulator.Core.Volumes;

/// <summary>How a new volume is paid (<c>bssParam</c> of create v2.1).</summary>
internal sealed record Billing(bool Prepaid)
{
    public static Outcome<Billing> Read(JsonElement json)
    {
        var input = new JsonInput(json);
        var mode = input.Text("chargingMode") ?? "postPaid";
        var period = input.Text("periodType");
        var number = input.Number("periodNum");
        var autoPay = input.Text("isAutoPay");
        var autoRenew = input.Text("isAutoRenew");
        var prepaid = mode == "prePaid";
        var isRight = input.Refusal is null
            && json.ValueKind == JsonValueKind.Object
            && mode is "prePaid" or "postPaid"
            && (!prepaid || (period, number) is ("month", >= 1 and <= 9) or ("year", 1))
            && autoPay is null or "true" or "false"
            && autoRenew is null or "true" or "false";
        return isRight ? new Billing(prepaid) : Refusal.Of("EVS.2147");
    }
}
