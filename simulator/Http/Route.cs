using EvsSimulator.Core.Catalog;
using EvsSimulator.Core.Errors;

namespace EvsSimulator.Http;

/// <summary>Answers one call, or says the refusal that the pipeline writes in the shape of the API.</summary>
internal delegate Outcome<Answer> Handler(Call call);

/// <summary>One row of the API: what is asked how, what it is called, and who answers.</summary>
internal sealed record Route(string Method, string Template, string Operation, Handler Handle)
{
    /// <summary>The shape of this API's errors.</summary>
    public ErrorShape Shape { get; init; } = ErrorShape.Nested;

    /// <summary>The part of the API it belongs to; a cloud without it does not know the path.</summary>
    public Feature Feature { get; init; } = Feature.Base;

    /// <summary>True for what is asked without credentials.</summary>
    public bool IsOpen { get; init; }

    public static Route Get(string template, string operation, Handler handle) => new("GET", template, operation, handle);

    public static Route Post(string template, string operation, Handler handle) => new("POST", template, operation, handle);

    public static Route Put(string template, string operation, Handler handle) => new("PUT", template, operation, handle);

    public static Route Delete(string template, string operation, Handler handle) => new("DELETE", template, operation, handle);
}
