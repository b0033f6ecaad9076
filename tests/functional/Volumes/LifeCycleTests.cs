using PulumiEvs.Harness;
using PulumiEvs.Tests.Functional.Support;

namespace PulumiEvs.Tests.Functional.Volumes;

/// <summary>
/// Life cycles in the manner of Pulumi's own harnesses for providers: Check, preview, create, read, no difference; then each change
/// the same way; then delete. For thirty generated programs of growing complexity.
/// </summary>
public sealed class LifeCycleTests
{
    private const int Seed = 4711;
    private const int Programs = 30;

    [Fact]
    public async Task Thirty_generated_programs_go_through_their_lives_without_a_surprise()
    {
        await using var stage = await Stage.OpenAsync();
        var driver = await stage.StartDriverAsync();
        var generated = new GeneratedPrograms(Seed);
        for (var number = 1; number <= Programs; number++)
        {
            foreach (var inputs in generated.Program(number))
            {
                await StepAsync(stage, driver, new Wish("data", inputs), $"seed {Seed}, program {number}: {inputs}");
            }

            (await driver.DestroyAsync()).SelectMany(step => step.Errors).ShouldBeEmpty($"seed {Seed}, program {number}");
            (await stage.Cloud.VolumesAsync()).ShouldBeEmpty($"seed {Seed}, program {number}");
        }
    }

    private static async Task StepAsync(Stage stage, EngineDriver driver, Wish wish, string which)
    {
        await stage.Cloud.ClearRequestsAsync();
        var preview = (await driver.PreviewAsync(wish)).ShouldHaveSingleItem();
        preview.Errors.ShouldBeEmpty(which);
        (await stage.Cloud.WritesAsync()).ShouldBeEmpty(which);

        var real = (await driver.UpAsync(wish)).ShouldHaveSingleItem();

        real.Errors.ShouldBeEmpty(which);
        real.Kind.ShouldBe(preview.Kind, which);
        real.Diff.ShouldBe(preview.Diff, which);
        foreach (var (name, value) in preview.Outputs)
        {
            // A name made up from a deployment's seed is another one in each deployment.
            if (name != "name" || !wish.Inputs["name"].IsAbsent)
            {
                real.Outputs[name].ShouldBe(value, $"{which}: the preview promised {name}");
            }
        }

        (await driver.PreviewAsync(wish)).ShouldHaveSingleItem().Kind.ShouldBe(StepKind.Same, which);
        var outputs = driver.State["data"].Outputs;
        var inputs = driver.State["data"].Inputs;
        (await driver.RefreshAsync()).ShouldHaveSingleItem().Errors.ShouldBeEmpty(which);
        driver.State["data"].Outputs.ShouldBe(outputs, $"{which}: a read changed the outputs");
        driver.State["data"].Inputs.ShouldBe(inputs, $"{which}: a read changed the inputs");
        (await driver.PreviewAsync(wish)).ShouldHaveSingleItem().Kind.ShouldBe(StepKind.Same, which);
    }
}
