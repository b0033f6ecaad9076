using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace PulumiEvs.Tests.Unit.Plugin.Doubles;

/// <summary>Draws any text that Unicode knows: no halves of surrogate pairs, which no encoding carries.</summary>
internal static class Texts
{
    public static Gen<string> Any { get; } = Gen.OneOf(
        Gen.Choose(0x20, 0x7E),
        Gen.Choose(0, 0xFF),
        Gen.Choose(0, 0x10FFFF)).Where(code => Rune.IsValid(code)).ListOf().Select(codes => string.Concat(codes.Select(code => new Rune(code).ToString())));
}
