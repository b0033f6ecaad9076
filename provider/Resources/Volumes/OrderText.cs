using PulumiEvs.Evs.Models;

namespace PulumiEvs.Resources.Volumes;

/// <summary>What a create asks for, as messages name it: <c>volume "data"</c>, or <c>3 volumes "data"</c>.</summary>
internal static class OrderText
{
    public static string Of(CreateVolume order) => order.Count > 1 ? $"{order.Count} volumes \"{order.Name}\"" : $"volume \"{order.Name}\"";
}
