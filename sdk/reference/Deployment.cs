namespace Pulumi;

/// <summary>Runs a program against an engine.</summary>
public sealed class Deployment
{
    private Deployment() => throw ReferenceOnly.Exception;

    public static DeploymentInstance Instance => throw ReferenceOnly.Exception;

    public static Task<int> RunAsync(Action action) => throw ReferenceOnly.Exception;

    public static Task<int> RunAsync(Func<IDictionary<string, object?>> func) => throw ReferenceOnly.Exception;

    public static Task<int> RunAsync(Func<Task> func) => throw ReferenceOnly.Exception;

    public static Task<int> RunAsync(Func<Task<IDictionary<string, object?>>> func, StackOptions? options = null) => throw ReferenceOnly.Exception;

    public static Task<int> RunAsync<TStack>()
        where TStack : Stack, new() => throw ReferenceOnly.Exception;
}

/// <summary>The run that is under way.</summary>
public sealed class DeploymentInstance
{
    private DeploymentInstance() => throw ReferenceOnly.Exception;

    public string StackName => throw ReferenceOnly.Exception;

    public string ProjectName => throw ReferenceOnly.Exception;

    /// <summary>True in a preview.</summary>
    public bool IsDryRun => throw ReferenceOnly.Exception;

    public Output<T> Invoke<T>(string token, InvokeArgs args, InvokeOptions? options = null) => throw ReferenceOnly.Exception;

    public Output<T> Invoke<T>(string token, InvokeArgs args, InvokeOutputOptions options) => throw ReferenceOnly.Exception;

    public Task<T> InvokeAsync<T>(string token, InvokeArgs args, InvokeOptions? options = null) => throw ReferenceOnly.Exception;

    public Task InvokeAsync(string token, InvokeArgs args, InvokeOptions? options = null) => throw ReferenceOnly.Exception;
}

/// <summary>A program written as a class whose properties are the outputs.</summary>
public class Stack : ComponentResource
{
    public Stack(StackOptions? options = null)
        : base("pulumi:pulumi:Stack", "", null) => throw ReferenceOnly.Exception;
}

/// <summary>Options of a whole stack.</summary>
public class StackOptions;
