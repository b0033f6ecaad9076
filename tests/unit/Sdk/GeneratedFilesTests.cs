using PulumiEvs.Generator;
using PulumiEvs.Tests.Unit.Support;

namespace PulumiEvs.Tests.Unit.Sdk;

/// <summary>What is committed is what `make sdk` writes.</summary>
public sealed class GeneratedFilesTests
{
    [Fact]
    public void Every_generated_file_is_committed_as_it_would_be_generated_now()
    {
        var files = GeneratedFiles.All();

        var outdated = files.Where(file => !File.Exists(Repository.Path(file.Key)) || Repository.Read(file.Key) != file.Value).Select(file => file.Key);

        outdated.ShouldBeEmpty("run `make sdk` and commit what it changes");
    }

    [Fact]
    public void No_file_of_a_former_generation_is_left()
    {
        GeneratedFiles.Stale(Repository.Root, GeneratedFiles.All()).ShouldBeEmpty("run `make sdk` and commit what it changes");
    }
}
