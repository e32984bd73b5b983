using System;
using System.Collections.Generic;
using System.Globalization;
using Microsoft.CodeAnalysis;

namespace SecurityToolchain.Analyzers.Rules.Secrets;

/// <summary>A place that keeps a value: a variable, member, parameter or method's result, or one part of what it keeps.</summary>
/// <param name="Symbol">Whose value; the definition of a generic one.</param>
/// <param name="Part">Null for the whole value; otherwise which element of a tuple, an array or a collection.</param>
internal readonly record struct FlowNode(ISymbol Symbol, string? Part = null)
{
    /// <summary>Read: any of the elements. Written beside every other part, so that reading needs no search.</summary>
    public const string AnyPart = "[]";

    /// <summary>Written: an element of which is not known which one.</summary>
    public const string UnknownPart = "[?]";

    private const int MostNumbered = 64;

    private static readonly string[] s_numbered = Numbered();

    /// <summary>Nodes of the same symbol and part are the same.</summary>
    public static IEqualityComparer<FlowNode> Comparer { get; } = new ByIdentity();

    /// <summary>The name of the element at an index; null beyond those that are told apart.</summary>
    public static string? PartAt(int index) => index is >= 0 and < MostNumbered ? s_numbered[index] : null;

    /// <summary>The name of the element under a constant key; null where the key says nothing.</summary>
    public static string? PartUnder(object? key) => key switch
    {
        int index => PartAt(index),
        string text => "[" + text + "]",
        _ => null,
    };

    private static string[] Numbered()
    {
        var parts = new string[MostNumbered];
        for (int i = 0; i < parts.Length; i++)
            parts[i] = "[" + i.ToString(CultureInfo.InvariantCulture) + "]";
        return parts;
    }

    private sealed class ByIdentity : IEqualityComparer<FlowNode>
    {
        public bool Equals(FlowNode x, FlowNode y) => SymbolEqualityComparer.Default.Equals(x.Symbol, y.Symbol) && string.Equals(x.Part, y.Part, StringComparison.Ordinal);

        public int GetHashCode(FlowNode obj)
        {
            int part = obj.Part is null ? 0 : StringComparer.Ordinal.GetHashCode(obj.Part);
            return unchecked((SymbolEqualityComparer.Default.GetHashCode(obj.Symbol) * 31) + part);
        }
    }
}
