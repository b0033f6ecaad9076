using System.Text;
using EvsSimulator.Core.Errors;

namespace EvsSimulator.Core.Volumes;

/// <summary>What names and descriptions may look like; lengths count UTF-8 bytes.</summary>
internal static class TextRules
{
    public const int MaxName = 255;

    /// <summary>In a batch five bytes are needed for the number that is added.</summary>
    public const int MaxBatchName = 250;

    public const int MaxDescription = 255;

    public static Refusal? CheckName(string? name, int longest = MaxName) =>
        name is not null && Encoding.UTF8.GetByteCount(name) > longest ? Refusal.Of("EVS.1003") : null;

    public static Refusal? CheckDescription(string? description) =>
        description is not null && Encoding.UTF8.GetByteCount(description) > MaxDescription ? Refusal.Of("EVS.1004") : null;
}
