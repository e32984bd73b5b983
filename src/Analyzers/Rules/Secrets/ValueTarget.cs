using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SecurityToolchain.Analyzers.Rules.Secrets;

/// <summary>Where a value goes: the place that gives it a name, keeps it, or takes it as a credential.</summary>
/// <param name="Symbol">The variable, member, parameter or method that holds the value; null where it only has a name.</param>
/// <param name="Name">What the place is called, for example the key of a dictionary entry; null for none.</param>
/// <param name="IsSink">Whether the place takes credentials by its definition.</param>
/// <param name="IsComparison">Whether the value is compared with something of that name.</param>
/// <param name="Place">The operation that is the place.</param>
/// <param name="FallbackName">A second name: the configuration key whose missing value the literal replaces.</param>
internal readonly record struct ValueTarget(ISymbol? Symbol, string? Name, bool IsSink, bool IsComparison, IOperation? Place, string? FallbackName)
{
    /// <summary>Whether the value is one of several in a collection, whose name speaks for all of them.</summary>
    public bool IsElement { get; init; }

    /// <summary>Which part of what the symbol holds (see <see cref="FlowNode"/>); null for the whole.</summary>
    public string? Part { get; init; }

    /// <summary>The call that hands the value to a parameter; null where the symbol is none.</summary>
    public SyntaxNode? Call => Symbol is IParameterSymbol && Place is IInvocationOperation or IObjectCreationOperation ? Place.Syntax : null;
}
