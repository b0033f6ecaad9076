namespace PulumiEvs.Tests.Functional.Doctor;

/// <summary>An address where nobody listens: the port is beyond those that programs are given.</summary>
internal sealed class ClosedPort : IStandIn
{
    public string Url => "http://127.0.0.1:65535";

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
