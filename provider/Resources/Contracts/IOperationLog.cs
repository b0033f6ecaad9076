namespace PulumiEvs.Resources.Contracts;

/// <summary>What an operation tells its user while it runs. Never throws, never blocks.</summary>
internal interface IOperationLog
{
    /// <summary>The one changing line on the resource's row; replaced by the next, gone at the end.</summary>
    void Status(string text);

    /// <summary>A line that is kept and shown with the resource.</summary>
    void Info(string text);

    /// <summary>A warning that is kept and counted.</summary>
    void Warning(string text);

    /// <summary>A line for <c>--debug</c> only.</summary>
    void Debug(string text);

    /// <summary>
    /// Something of the operation is secret. The service may then answer with a secret text that only another operation knows: an update
    /// that stopped may have sent it.
    /// </summary>
    bool HoldsSecrets => false;

    /// <summary>The service has answered the operation, which is mostly waiting from now on: others may begin. Any number of times.</summary>
    void UnderWay()
    {
    }
}
