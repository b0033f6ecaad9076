using PulumiEvs.Generator.Schema;

namespace PulumiEvs.Generator.CSharp;

/// <summary>The file of one function: the class to call it with, its arguments in two forms, its result.</summary>
internal sealed class FunctionFile(PackageSchema schema, TypeNames types, string rootNamespace)
{
    public string Write(SchemaFunction function)
    {
        // A class may not have a member of its own name.
        var name = Names.Class(function.Token);
        var className = name == "Invoke" ? "InvokeFunction" : name;
        var hasResult = !function.Results.IsEmpty;
        var code = new CodeWriter(rootNamespace, "System", "System.Collections.Generic", "System.Collections.Immutable", "System.Threading.Tasks", "Pulumi");
        code.Line();
        code.Lines(XmlDoc.Comment(function.Description));
        Obsolete.Write(code, function.Deprecation);
        using (code.Block($"public static class {className}"))
        {
            WriteCall(code, function, name, "Task", "InvokeAsync", "Args", "InvokeOptions? options = null", "Calls the function and waits for its answer.");
            if (hasResult)
            {
                WriteCall(code, function, name, "Output", "Invoke", "InvokeArgs", "InvokeOptions? options = null", "Calls the function when its arguments are known.");
                WriteCall(
                    code, function, name, "Output", "Invoke", "InvokeArgs", "InvokeOutputOptions options",
                    "Calls the function when its arguments are known and the resources exist that the options name.");
            }
        }

        if (!function.Arguments.IsEmpty)
        {
            code.Line();
            new ArgsClass(name + "Args", "InvokeArgs", $"Arguments of {name}, as plain values.", function.Arguments, TypeUse.Plain).Write(code, schema, types);
        }

        if (!function.Arguments.IsEmpty && hasResult)
        {
            code.Line();
            new ArgsClass(name + "InvokeArgs", "InvokeArgs", $"Arguments of {name}, which may be outputs.", function.Arguments, TypeUse.Input).Write(code, schema, types);
        }

        if (hasResult)
        {
            code.Line();
            new OutputClass(name + "Result", $"What {name} found.", function.Results).Write(code, types);
        }

        return code.ToString();
    }

    private static void WriteCall(
        CodeWriter code, SchemaFunction function, string name, string wrapper, string method, string argsSuffix, string options, string summary)
    {
        var isRequired = function.Arguments.Any(argument => argument.Required);
        var result = function.Results.IsEmpty ? "" : $"<{name}Result>";
        var takesDefaults = options.EndsWith("null", StringComparison.Ordinal);
        var (parameters, args) = function.Arguments switch
        {
            [] => (options, "InvokeArgs.Empty"),
            _ when isRequired || !takesDefaults => ($"{name}{argsSuffix} args, {options}", $"args ?? new {name}{argsSuffix}()"),
            _ => ($"{name}{argsSuffix}? args = null, {options}", $"args ?? new {name}{argsSuffix}()"),
        };
        code.Separate();
        code.Lines(XmlDoc.Comment(summary));
        code.Line($"public static {wrapper}{result} {method}({parameters}) =>");
        using (code.Indent())
        {
            code.Line($"global::Pulumi.Deployment.Instance.{method}{result}({Literals.Text(function.Token)}, {args}, options.WithDefaults());");
        }
    }
}
