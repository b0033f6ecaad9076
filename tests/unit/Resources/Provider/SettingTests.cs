using System.Reflection;
using PulumiEvs.Evs;
using PulumiEvs.Resources;
using PulumiEvs.Resources.Provider;

namespace PulumiEvs.Tests.Unit.Resources.Provider;

/// <summary>An error must not send its reader to a setting that does not exist.</summary>
public sealed class SettingTests
{
    [Fact]
    public void What_errors_ask_to_change_are_declared_settings()
    {
        var named = typeof(Setting).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!).ToList();

        Setting.Prefix.ShouldBe(EvsPackage.Name + ":");
        named.Remove(Setting.Prefix).ShouldBeTrue();
        named.Except(ProviderDeclaration.Properties.Select(property => Setting.Prefix + property.Name)).ShouldBeEmpty();
    }
}
