using System.Collections.Immutable;

namespace PulumiEvs.Resources.Declarations;

/// <summary>One example of use: a small program, said once, which the documents show in every language.</summary>
/// <param name="Title">What it shows, as a heading.</param>
/// <param name="Steps">What the program does, in its order.</param>
internal sealed record ExampleDeclaration(string Title, ImmutableArray<ExampleStep> Steps);

/// <summary>One thing that an example does.</summary>
/// <param name="Name">One lower-case word: the name in the stack, and of the variable.</param>
internal abstract record ExampleStep(string Name)
{
    /// <summary>Declares a resource.</summary>
    internal sealed record Resource(string Name, string Token, ImmutableArray<(string Property, ExampleValue Value)> Inputs) : ExampleStep(Name)
    {
        /// <summary>Whether the engine shall refuse to delete it.</summary>
        public bool Protect { get; init; }
    }

    /// <summary>Calls a look-up function.</summary>
    internal sealed record Call(string Name, string Token, ImmutableArray<(string Property, ExampleValue Value)> Arguments) : ExampleStep(Name);

    /// <summary>Gives the stack an output.</summary>
    internal sealed record Output(string Name, ExampleValue.Reference Value) : ExampleStep(Name);
}

/// <summary>A value in an example.</summary>
internal abstract record ExampleValue
{
    private ExampleValue()
    {
    }

    public static implicit operator ExampleValue(string value) => new Text(value);

    public static implicit operator ExampleValue(int value) => new Integer(value);

    public static implicit operator ExampleValue(bool value) => new Flag(value);

    /// <summary>A string; where the property has an enum, languages show the member of that value.</summary>
    internal sealed record Text(string Value) : ExampleValue;

    internal sealed record Integer(int Value) : ExampleValue;

    internal sealed record Flag(bool Value) : ExampleValue;

    internal sealed record List(params ImmutableArray<ExampleValue> Items) : ExampleValue;

    /// <summary>A map or an object.</summary>
    internal sealed record Map(params ImmutableArray<(string Key, ExampleValue Value)> Entries) : ExampleValue;

    /// <summary>An output of a former step.</summary>
    internal sealed record Reference(string Step, string Property) : ExampleValue;
}
