using System.Reflection;
using System.Text.RegularExpressions;
using PulumiEvs.Plugin.Hosting;
using PulumiEvs.Tests.Unit.Support;

namespace PulumiEvs.Tests.Unit.Plugin;

/// <summary>The rooms of the provider know each other in one direction: Plugin, Resources, Evs.</summary>
public sealed partial class RoomsTests
{
    /// <summary>Each room may name those after it, and itself.</summary>
    private static readonly string[] Rooms = ["Plugin", "Resources", "Evs"];

    public static TheoryData<string, string> Backwards
    {
        get
        {
            var pairs = new TheoryData<string, string>();
            for (var room = 1; room < Rooms.Length; room++)
            {
                for (var earlier = 0; earlier < room; earlier++)
                {
                    pairs.Add(Rooms[room], Rooms[earlier]);
                }
            }

            return pairs;
        }
    }

    [Theory]
    [MemberData(nameof(Backwards))]
    public void No_type_uses_a_type_of_a_room_before_its_own(string room, string earlier) =>
        UsesOf(room).Where(use => RoomOf(use.Used) == earlier).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Backwards))]
    public void No_source_file_names_a_namespace_of_a_room_before_its_own(string room, string earlier)
    {
        var folder = Path.Combine(SourceFolder(), room);
        var files = Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories);
        files.ShouldNotBeEmpty();

        files.Where(file => NamespacesIn(File.ReadAllText(file)).Contains(earlier)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Resources")]
    [InlineData("Evs")]
    public void Protobuf_and_the_web_server_stay_in_the_plugins_room(string room) =>
        UsesOf(room).Where(use => use.Used.StartsWith("Google.Protobuf", StringComparison.Ordinal) || use.Used.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal))
            .ShouldBeEmpty();

    [Theory]
    [InlineData("Plugin")]
    [InlineData("Resources")]
    public void Http_is_spoken_in_the_room_of_the_service_only(string room) =>
        UsesOf(room).Where(use => use.Used.StartsWith("System.Net.Http.", StringComparison.Ordinal) && RoomPart(use.User) != "Plugin.Grpc").ShouldBeEmpty();

    [Fact]
    public void Every_file_lies_where_its_namespace_says()
    {
        foreach (var file in Directory.GetFiles(SourceFolder(), "*.cs", SearchOption.AllDirectories).Where(file => !file.EndsWith("Program.cs", StringComparison.Ordinal)))
        {
            var expected = "PulumiEvs." + Path.GetRelativePath(SourceFolder(), Path.GetDirectoryName(file)!).Replace(Path.DirectorySeparatorChar, '.');
            NamespaceDeclaration().Match(File.ReadAllText(file)).Groups["name"].Value.ShouldBe(expected, file);
        }
    }

    [Theory]
    [InlineData("using PulumiEvs.Plugin.Grpc;", "Plugin")]
    [InlineData("using X = PulumiEvs.Plugin.Protos;", "Plugin")]
    [InlineData("var x = new PulumiEvs.Plugin.Grpc.GrpcClient();", "Plugin")]
    [InlineData("var x = global::PulumiEvs.Resources.Values.PropertyMap.Empty;", "Resources")]
    [InlineData("var x = Plugin.Grpc.GrpcTimeout.Parse();", "Plugin")]
    public void The_scan_of_sources_finds_every_way_to_name_a_namespace(string source, string room) => NamespacesIn(source).ShouldContain(room);

    [Theory]
    [InlineData("/// <summary>What the Plugin. does with it.</summary>")]
    [InlineData("// see PulumiEvs.Plugin.Grpc")]
    [InlineData("var x = request.Plugin.Version;")]
    public void The_scan_of_sources_is_not_misled_by_comments_and_members(string source) => NamespacesIn(source).ShouldNotContain("Plugin");

    [Fact]
    public void The_scan_of_types_sees_what_a_type_uses() =>
        UsesOf("Plugin").ShouldContain(use => use.Used.StartsWith("PulumiEvs.Resources.Values", StringComparison.Ordinal));

    private static HashSet<string> NamespacesIn(string source) =>
        [.. NamespaceUse().Matches(Comment().Replace(source, "")).Select(match => match.Groups["room"].Value)];

    /// <summary>Every pair of a type in the room and a type whose name stands in its signatures or its code, both with their namespaces.</summary>
    private static List<(string User, string Used)> UsesOf(string room)
    {
        var assembly = typeof(PluginHost).Assembly;
        var uses = new List<(string, string)>();
        foreach (var type in assembly.GetTypes().Where(type => RoomOf(type.FullName!) == room))
        {
            var used = new HashSet<Type>();
            const BindingFlags all = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;
            foreach (var member in type.GetMembers(all))
            {
                used.UnionWith(TypesOf(member));
            }

            used.UnionWith(type.GetInterfaces());
            used.Add(type.BaseType ?? typeof(object));
            uses.AddRange(used.SelectMany(Parts).Distinct().Where(part => part.FullName is not null).Select(part => (type.FullName!, part.FullName!)));
        }

        return uses;
    }

    private static IEnumerable<Type> TypesOf(MemberInfo member) => member switch
    {
        MethodInfo method => [method.ReturnType, .. method.GetParameters().Select(parameter => parameter.ParameterType), .. BodyTypes(method)],
        ConstructorInfo constructor => [.. constructor.GetParameters().Select(parameter => parameter.ParameterType), .. BodyTypes(constructor)],
        FieldInfo field => [field.FieldType],
        PropertyInfo property => [property.PropertyType],
        _ => [],
    };

    /// <summary>The types that a body names: its variables, and whatever its instructions refer to.</summary>
    private static IEnumerable<Type> BodyTypes(MethodBase method) =>
        (method.GetMethodBody()?.LocalVariables.Select(variable => variable.LocalType) ?? []).Concat(Il.Types(method));

    private static IEnumerable<Type> Parts(Type type) => type switch
    {
        { HasElementType: true } => Parts(type.GetElementType()!),
        { IsGenericType: true } => [type.GetGenericTypeDefinition(), .. type.GetGenericArguments().SelectMany(Parts)],
        _ => [type],
    };

    private static string RoomOf(string fullName) => fullName.Split('.') is ["PulumiEvs", var room, _, ..] ? room : "";

    private static string RoomPart(string fullName) => string.Join('.', fullName.Split('.').Skip(1).Take(2));

    private static string SourceFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Provider.sln")))
            {
                return Path.Combine(folder.FullName, "provider");
            }
        }

        throw new DirectoryNotFoundException("no folder above the tests holds Provider.sln");
    }

    [GeneratedRegex(@"(?<![\w.])(global::)?(PulumiEvs\.)?(?<room>Plugin|Resources|Evs)\.[A-Z]\w*")]
    private static partial Regex NamespaceUse();

    [GeneratedRegex(@"^\s*//.*$|(?<=[;{]\s*)//.*$|""(\\.|[^""\\])*""", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline)]
    private static partial Regex NamespaceDeclaration();
}
