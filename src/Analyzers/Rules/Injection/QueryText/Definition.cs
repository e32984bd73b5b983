using Microsoft.CodeAnalysis;

namespace SecurityToolchain.Analyzers.Rules.Injection.QueryText;

/// <summary>How a definition gives a place its value.</summary>
internal enum DefinitionKind
{
    /// <summary>The place takes the value.</summary>
    Assign,

    /// <summary>The value is appended to what the place held.</summary>
    Append,

    /// <summary>The value is put into the object that the place refers to.</summary>
    Mutate,

    /// <summary>The place takes the elements of the value, one after the other.</summary>
    Element,

    /// <summary>A called method decides: the place is passed by reference, or its object is changed there.</summary>
    Call,

    /// <summary>The object that the place is a member of is replaced by the value.</summary>
    Owner,
}

/// <summary>One write that can decide what a place holds.</summary>
/// <param name="Kind">How the write works.</param>
/// <param name="Operation">The operation that writes.</param>
/// <param name="Value">The written value, or the argument for <see cref="DefinitionKind.Call"/>.</param>
/// <param name="Key">The index or key that is written, for elements of arrays and dictionaries.</param>
/// <param name="TupleIndex">The element of a tuple-typed value that is taken by a deconstruction, or -1.</param>
internal readonly record struct Definition(DefinitionKind Kind, IOperation Operation, IOperation Value, IOperation? Key = null, int TupleIndex = -1);
