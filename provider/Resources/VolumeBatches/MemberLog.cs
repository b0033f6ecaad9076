using PulumiEvs.Resources.Contracts;

namespace PulumiEvs.Resources.VolumeBatches;

/// <summary>What the work on one volume of a batch tells: its changing line would be one of many, so the batch has its own.</summary>
internal sealed class MemberLog(IOperationLog log) : IOperationLog
{
    public void Status(string text) => log.Debug(text);

    public void Info(string text) => log.Info(text);

    public void Warning(string text) => log.Warning(text);

    public void Debug(string text) => log.Debug(text);

    public bool HoldsSecrets => log.HoldsSecrets;

    public void UnderWay() => log.UnderWay();
}
