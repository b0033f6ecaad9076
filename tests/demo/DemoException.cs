namespace PulumiEvs.Demo;

/// <summary>Something did not do what the demo says it does.</summary>
internal sealed class DemoException(string message) : Exception(message);
