namespace PulumiEvs.Bench.Report;

/// <summary>A part of the benchmark that can be run by itself.</summary>
internal interface IPart
{
    /// <summary>Its word on the command line.</summary>
    string Name { get; }

    string Title { get; }

    Task<IReadOnlyList<Figure>> RunAsync();
}
