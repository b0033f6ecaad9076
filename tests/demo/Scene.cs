namespace PulumiEvs.Demo;

/// <summary>One thing that the demo shows. Later scenes go on with the disks of earlier ones.</summary>
/// <param name="PlayAsync">Does it and makes sure of it; a <see cref="DemoException"/> when something is not as it should be.</param>
internal sealed record Scene(string Title, Func<Stage, Task> PlayAsync);
