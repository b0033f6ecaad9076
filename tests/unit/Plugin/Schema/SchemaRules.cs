using System.Text.Json;
using System.Text.RegularExpressions;

namespace PulumiEvs.Tests.Unit.Plugin.Schema;

/// <summary>
/// The rules of the package schema format that a binder enforces or an SDK generator stumbles over (protocol C1), as a checker:
/// every breach, each with the place where it is.
/// </summary>
internal sealed partial class SchemaRules
{
    private static readonly HashSet<string> TopLevelKeys =
    [
        "name", "displayName", "version", "description", "keywords", "homepage", "license", "attribution", "repository", "logoUrl", "pluginDownloadURL",
        "publisher", "namespace", "meta", "config", "types", "dependencies", "provider", "resources", "functions", "language", "parameterization",
        "allowedPackageNames",
    ];

    private static readonly HashSet<string> PropertyKeys =
    [
        "type", "items", "additionalProperties", "$ref", "oneOf", "discriminator", "description", "default", "defaultInfo", "const", "deprecationMessage",
        "secret", "replaceOnChanges", "willReplaceOnChanges", "plain", "language",
    ];

    private static readonly HashSet<string> ResourceKeys =
    [
        "description", "properties", "required", "inputProperties", "requiredInputs", "stateInputs", "listInputs", "aliases", "deprecationMessage",
        "isComponent", "methods", "isOverlay",
    ];

    private static readonly HashSet<string> BuiltIns = ["pulumi.json#/Any", "pulumi.json#/Asset", "pulumi.json#/Archive", "pulumi.json#/Json"];

    private readonly List<string> _problems = [];
    private readonly HashSet<string> _used = [];
    private readonly JsonElement _root;
    private readonly string _package;

    private SchemaRules(JsonElement root)
    {
        _root = root;
        _package = root.GetProperty("name").GetString()!;
    }

    public static IReadOnlyList<string> Problems(JsonElement root)
    {
        var rules = new SchemaRules(root);
        rules.CheckHead();
        rules.CheckTypes();
        rules.CheckConfiguration();
        foreach (var (token, resource) in Entries(root, "resources"))
        {
            rules.CheckResource(token, resource);
        }

        foreach (var (token, function) in Entries(root, "functions"))
        {
            rules.CheckToken($"functions.{token}", token);
            rules.CheckDescription($"functions.{token}", function);
            if (function.TryGetProperty("inputs", out var inputs))
            {
                rules.CheckObject($"functions.{token}.inputs", inputs);
            }

            rules.CheckObject($"functions.{token}.outputs", function.GetProperty("outputs"));
        }

        rules.CheckReferences();
        return rules._problems;
    }

    private void CheckHead()
    {
        foreach (var member in _root.EnumerateObject().Where(member => !TopLevelKeys.Contains(member.Name)))
        {
            _problems.Add($"{member.Name}: no key of a schema");
        }

        Require("name", PackageName().IsMatch(_package) && _package is not ("pulumi" or "input"), "no name for a package");
        var version = _root.GetProperty("version").GetString()!;
        Require("version", SemanticVersion().IsMatch(version), $"{version} is no semantic version");
        if (_root.TryGetProperty("namespace", out var name))
        {
            Require("namespace", Namespace().IsMatch(name.GetString()!), "no namespace");
        }
    }

    private void CheckTypes()
    {
        foreach (var (token, type) in Entries(_root, "types"))
        {
            var place = $"types.{token}";
            CheckToken(place, token);
            CheckDescription(place, type);
            if (type.TryGetProperty("enum", out var members))
            {
                Require(place, type.GetProperty("type").GetString() == "string", "an enum of something else than strings");
                Require(place, members.GetArrayLength() > 0, "an enum without values");
                foreach (var key in (string[])["name", "value"])
                {
                    var all = members.EnumerateArray().Select(member => member.GetProperty(key).GetString()!).ToArray();
                    Require(place, all.Distinct().Count() == all.Length, $"two members with one {key}");
                }

                foreach (var member in members.EnumerateArray())
                {
                    CheckDescription($"{place}.{member.GetProperty("name")}", member);
                }
            }
            else
            {
                CheckObject(place, type);
            }
        }
    }

    private void CheckConfiguration()
    {
        var variables = _root.GetProperty("config").GetProperty("variables");
        var inputs = _root.GetProperty("provider").GetProperty("inputProperties");
        CheckProperties("config.variables", variables);
        CheckProperties("provider.inputProperties", inputs);
        Require("provider", Names(variables).SetEquals(Names(inputs)), "configuration and provider inputs differ");
        foreach (var (name, variable) in Members(variables))
        {
            Require($"config.{name}", name is not ("version" or "pulumi"), "reserved");
            if (inputs.TryGetProperty(name, out var input))
            {
                Require($"config.{name}", IsSecret(variable) == IsSecret(input), "secret in one place only");
            }

            Require(
                $"config.{name}",
                !(IsSecret(variable) && variable.TryGetProperty("defaultInfo", out _)),
                "a secret with a default from the environment, which SDKs would put into the state");
        }
    }

    private void CheckResource(string token, JsonElement resource)
    {
        var place = $"resources.{token}";
        CheckToken(place, token);
        CheckDescription(place, resource);
        foreach (var member in resource.EnumerateObject().Where(member => !ResourceKeys.Contains(member.Name)))
        {
            _problems.Add($"{place}.{member.Name}: no key of a resource");
        }

        var (outputs, inputs) = (resource.GetProperty("properties"), resource.GetProperty("inputProperties"));
        CheckProperties($"{place}.properties", outputs);
        CheckProperties($"{place}.inputProperties", inputs);
        CheckRequired($"{place}.required", resource, "required", outputs);
        CheckRequired($"{place}.requiredInputs", resource, "requiredInputs", inputs);
        if (resource.TryGetProperty("listInputs", out var listInputs))
        {
            CheckObject($"{place}.listInputs", listInputs);
        }

        Require(place, !Names(outputs).Overlaps(["id", "urn"]) && !Names(inputs).Overlaps(["id", "urn"]), "has a property id or urn");
        Require(place, Names(inputs).IsSubsetOf(Names(outputs)), "has inputs that are no outputs");
        foreach (var (name, input) in Members(inputs))
        {
            Require($"{place}.{name}", !outputs.TryGetProperty(name, out var output) || IsSecret(input) == IsSecret(output), "secret in one direction only");
        }
    }

    private void CheckObject(string place, JsonElement type)
    {
        Require(place, type.GetProperty("type").GetString() == "object", "no object");
        var properties = type.GetProperty("properties");
        CheckProperties(place, properties);
        CheckRequired(place, type, "required", properties);
    }

    private void CheckRequired(string place, JsonElement owner, string key, JsonElement properties)
    {
        if (owner.TryGetProperty(key, out var required))
        {
            var names = required.EnumerateArray().Select(name => name.GetString()!).ToArray();
            Require(place, names.All(Names(properties).Contains), "requires what does not exist");
            Require(place, names.Distinct().Count() == names.Length, "requires something twice");
        }
    }

    private void CheckProperties(string place, JsonElement properties)
    {
        foreach (var (name, property) in Members(properties))
        {
            var here = $"{place}.{name}";
            Require(here, name != "pulumi", "reserved");
            CheckDescription(here, property);
            foreach (var member in property.EnumerateObject().Where(member => !PropertyKeys.Contains(member.Name)))
            {
                _problems.Add($"{here}.{member.Name}: no key of a property");
            }

            CheckType(here, property);
        }
    }

    private void CheckType(string place, JsonElement type)
    {
        var forms = ((string[])["type", "$ref", "oneOf"]).Count(form => type.TryGetProperty(form, out _));
        if (forms != 1)
        {
            _problems.Add($"{place}: has {forms} of type, $ref and oneOf");
            return;
        }

        if (type.TryGetProperty("$ref", out var reference))
        {
            CheckReference(place, reference.GetString()!);
        }
        else if (type.TryGetProperty("oneOf", out var choices))
        {
            Require(place, choices.GetArrayLength() >= 2, "a choice of one");
            foreach (var choice in choices.EnumerateArray())
            {
                CheckType(place, choice);
            }
        }
        else
        {
            switch (type.GetProperty("type").GetString())
            {
                case "boolean" or "integer" or "number" or "string":
                    break;
                case "array":
                    CheckType(place + "[]", type.GetProperty("items"));
                    break;
                case "object":
                    if (type.TryGetProperty("additionalProperties", out var values))
                    {
                        CheckType(place + "{}", values);
                    }

                    break;
                case var other:
                    _problems.Add($"{place}: no type is called {other}");
                    break;
            }
        }
    }

    private void CheckReference(string place, string reference)
    {
        const string local = "#/types/";
        if (BuiltIns.Contains(reference))
        {
            return;
        }

        var token = reference.StartsWith(local, StringComparison.Ordinal) ? Uri.UnescapeDataString(reference[local.Length..]) : "";
        Require(place, !reference.Contains('/', StringComparison.Ordinal) || !reference[local.Length..].Contains('/', StringComparison.Ordinal), "a slash in a token must be escaped");
        Require(place, token.Length > 0 && _root.GetProperty("types").TryGetProperty(token, out _), $"{reference} leads nowhere");
        _used.Add(token);
    }

    private void CheckReferences()
    {
        foreach (var (token, _) in Entries(_root, "types"))
        {
            Require($"types.{token}", _used.Contains(token), "used by nothing");
        }
    }

    private void CheckToken(string place, string token)
    {
        var parts = token.Split(':');
        Require(place, parts.Length == 3 && parts.All(part => part.Length > 0), "no token of three parts");
        Require(place, parts[0] == _package, "a token of another package");
        Require(place, parts.Length < 2 || !parts[1].StartsWith("index/", StringComparison.Ordinal) || parts[1].Count(c => c == '/') == 1, "a module below index");
        Require(place, parts[^1] != "pulumi" && !(parts.Length == 3 && parts[1] == "provider"), "reserved");
    }

    private void CheckDescription(string place, JsonElement described) =>
        Require(place, described.TryGetProperty("description", out var text) && !string.IsNullOrWhiteSpace(text.GetString()), "without a description");

    private void Require(string place, bool holds, string problem)
    {
        if (!holds)
        {
            _problems.Add($"{place}: {problem}");
        }
    }

    private static bool IsSecret(JsonElement property) => property.TryGetProperty("secret", out var secret) && secret.GetBoolean();

    private static HashSet<string> Names(JsonElement properties) => [.. properties.EnumerateObject().Select(member => member.Name)];

    private static IEnumerable<(string Name, JsonElement Value)> Members(JsonElement owner) =>
        owner.EnumerateObject().Select(member => (member.Name, member.Value));

    private static IEnumerable<(string Name, JsonElement Value)> Entries(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out var map) ? Members(map) : [];

    [GeneratedRegex("^[a-zA-Z][-a-zA-Z0-9_]*$")]
    private static partial Regex PackageName();

    [GeneratedRegex("^[0-9]+\\.[0-9]+\\.[0-9]+(-[0-9A-Za-z.-]+)?$")]
    private static partial Regex SemanticVersion();

    [GeneratedRegex("^([a-z][a-z0-9]*)(-[a-z0-9]+)*$")]
    private static partial Regex Namespace();
}
