namespace PulumiEvs.Tests.Unit.Support;

/// <summary>Waits, within a bound, for what another thread is about to do.</summary>
internal static class Eventually
{
    public static void True(Func<bool> condition) => SpinWait.SpinUntil(condition, TimeSpan.FromSeconds(20)).ShouldBeTrue();
}
