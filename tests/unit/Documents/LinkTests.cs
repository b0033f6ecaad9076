using System.Collections.Immutable;
using System.Text.RegularExpressions;
using PulumiEvs.Resources;
using PulumiEvs.Tests.Unit.Support;

namespace PulumiEvs.Tests.Unit.Documents;

/// <summary>Links within the repository lead somewhere, and every document can be found by them.</summary>
public sealed partial class LinkTests
{
    /// <summary>Read by others than readers of the repository: the registry's page, the package's, and the contributors' of a host.</summary>
    private static readonly string[] FoundElsewhere = ["README.md", "docs/_index.md", "sdk/dotnet/README.md"];

    public static TheoryData<string> Documents => [.. Manuals.Paths];

    [Theory]
    [MemberData(nameof(Documents))]
    public void A_link_leads_to_a_file_or_folder_that_exists_and_to_a_heading_of_it(string path)
    {
        foreach (var (target, anchor) in Links(path))
        {
            Exists(target).ShouldBeTrue($"{path}: {target} does not exist");
            if (anchor.Length > 0)
            {
                Anchors(target).ShouldContain(anchor, $"{path}: {target} has no such heading");
            }
        }
    }

    [Fact]
    public void Every_document_can_be_reached_from_the_readme()
    {
        var reached = new HashSet<string>(FoundElsewhere);
        var open = new Queue<string>(["README.md"]);
        while (open.TryDequeue(out var path))
        {
            foreach (var document in Links(path).Select(link => DocumentAt(link.Target)).OfType<string>().Where(reached.Add))
            {
                open.Enqueue(document);
            }
        }

        Manuals.Paths.Except(reached).ShouldBeEmpty();
    }

    [Fact]
    public void Every_test_that_the_guarantees_name_exists()
    {
        var files = Directory.EnumerateFiles(Repository.Path("tests"), "*Tests.cs", SearchOption.AllDirectories).Select(Path.GetFileNameWithoutExtension).ToHashSet();
        var named = Manuals.Prose("docs/guarantees.md").SelectMany(line => TestName().Matches(line)).Select(match => match.Groups[1].Value).Distinct().ToArray();

        named.ShouldNotBeEmpty();
        named.ShouldAllBe(name => files.Contains(name));
    }

    [Fact]
    public void Every_room_and_type_that_the_architecture_names_exists()
    {
        // What belongs to others: the protocol's words, and the ends of a wait, which are members.
        string[] others = ["Cancel", "List", "ErrorResourceInitFailed", "Reached", "Failed", "TimedOut", "Cancelled", "Gone", "Partial"];
        var types = typeof(EvsPackage).Assembly.GetTypes().Select(type => type.Name.Split('`')[0])
            .Concat(EvsPackage.Declaration.Resources.Select(resource => resource.Token.Split(':')[^1]))
            .ToHashSet();
        var named = Manuals.Prose("docs/architecture.md").SelectMany(line => TypeOrRoom().Matches(line)).Select(match => match.Groups[1].Value).Distinct().Except(others).ToArray();

        named.Length.ShouldBeGreaterThan(40);
        named.Where(name => !types.Contains(name) && !Exists($"provider/{name}") && !Exists($"provider/Resources/{name}") && !Exists($"provider/Resources/Volumes/{name}"))
            .ShouldBeEmpty();
    }

    [Theory]
    [InlineData("## Where things are stated once", "where-things-are-stated-once")]
    [InlineData("### `docs` & more, the_rest", "docs--more-the_rest")]
    [InlineData("# [A link](b.md)", "a-link")]
    public void An_anchor_is_made_of_a_heading_as_git_hosts_do(string heading, string anchor) => Anchor(heading).ShouldBe(anchor);

    /// <summary>Target from the root of the repository, and anchor, of every link to within the repository.</summary>
    private static IEnumerable<(string Target, string Anchor)> Links(string path) =>
        from line in Manuals.Prose(path)
        from match in Link().Matches(Code().Replace(line, "`"))
        let link = match.Groups[1].Value
        where !link.Contains("://", StringComparison.Ordinal) && !link.StartsWith("mailto:", StringComparison.Ordinal)
        let parts = link.Split('#', 2)
        let folder = Path.GetDirectoryName(path)!
        let target = parts[0].Length == 0 ? path : Path.GetRelativePath(Repository.Root, Path.GetFullPath(Path.Combine(Repository.Root, folder, parts[0])))
        select (target.Replace('\\', '/'), parts.Length > 1 ? parts[1] : "");

    private static bool Exists(string path) => File.Exists(Repository.Path(path)) || Directory.Exists(Repository.Path(path));

    /// <summary>The document that a host shows for a path: of a folder its readme.</summary>
    private static string? DocumentAt(string path) =>
        Manuals.Paths.Contains(path) ? path : Manuals.Paths.Contains($"{path}/README.md") ? $"{path}/README.md" : null;

    private static ImmutableArray<string> Anchors(string path) =>
        [.. Manuals.Prose(DocumentAt(path) ?? path).Where(line => line.StartsWith('#')).Select(Anchor)];

    private static string Anchor(string heading)
    {
        var text = Link().Replace(heading.TrimStart('#').Trim(), "").Replace("[", "", StringComparison.Ordinal);
        return string.Concat(text.ToLowerInvariant().Where(c => char.IsLetterOrDigit(c) || c is '-' or '_' or ' ')).Replace(' ', '-');
    }

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("`[^`]*`")]
    private static partial Regex Code();

    [GeneratedRegex(@"`([A-Z][A-Za-z/]*[a-z](?:\.cs)?)`")]
    private static partial Regex TypeOrRoom();

    [GeneratedRegex("`([A-Za-z]+Tests)`")]
    private static partial Regex TestName();
}
