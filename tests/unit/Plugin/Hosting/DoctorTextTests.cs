using System.Text.Json;
using PulumiEvs.Plugin.Hosting;
using PulumiEvs.Resources.Diagnosis;
using PulumiEvs.Resources.Provider;

namespace PulumiEvs.Tests.Unit.Plugin.Hosting;

public sealed class DoctorTextTests
{
    private static readonly DoctorReport Report = new(
        [new Setting("cloud", "local", "evs:cloud"), new Setting("apiVersions", "create v3")],
        ["A note\nin two lines."],
        [
            new Finding("clock", CheckState.Ok, "agrees"),
            new Finding("EVS TLS", CheckState.Skipped, "plain http"),
            new Finding("project", CheckState.Failed, string.Join(' ', Enumerable.Repeat("word", 30)), "Set \"projectId\"."),
        ]);

    [Fact]
    public void People_read_columns_and_what_to_do_below_each_failure() => DoctorText.Plain(Report).ShouldBe(
        """
        Settings
          cloud        local (evs:cloud)
          apiVersions  create v3

        Notes
          A note in two lines.

        Checks
          ok       clock    agrees
          skipped  EVS TLS  plain http
          FAILED   project  word word word word word word word word word word word word word word word word word word word word word
                            word word word word word word word word word
                            -> Set "projectId".

        1 of 3 checks failed.

        """);

    [Fact]
    public void Scripts_read_JSON()
    {
        using var json = JsonDocument.Parse(DoctorText.Json(Report));

        var root = json.RootElement;
        root.GetProperty("ok").GetBoolean().ShouldBeFalse();
        root.GetProperty("settings").GetProperty("cloud").GetProperty("source").GetString().ShouldBe("evs:cloud");
        root.GetProperty("settings").GetProperty("apiVersions").GetProperty("source").ValueKind.ShouldBe(JsonValueKind.Null);
        root.GetProperty("checks")[2].GetProperty("state").GetString().ShouldBe("failed");
        root.GetProperty("checks")[2].GetProperty("advice").GetString().ShouldBe("Set \"projectId\".");
    }

    [Fact]
    public void Every_property_has_an_option_but_the_secret_ones()
    {
        var options = new DoctorCommand().OptionNames.Except(["--config", "--json"]).Select(option => option.Replace("-", "", StringComparison.Ordinal));

        options.ShouldBe(ProviderDeclaration.Properties.Where(property => !property.Secret).Select(property => property.Name.ToLowerInvariant()));
    }
}
