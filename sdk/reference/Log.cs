namespace Pulumi;

/// <summary>Writes to the log of the run.</summary>
public static class Log
{
    public static void Debug(string message, Resource? resource = null, int? streamId = null, bool? ephemeral = null) => throw ReferenceOnly.Exception;

    public static void Info(string message, Resource? resource = null, int? streamId = null, bool? ephemeral = null) => throw ReferenceOnly.Exception;

    public static void Warn(string message, Resource? resource = null, int? streamId = null, bool? ephemeral = null) => throw ReferenceOnly.Exception;
}
