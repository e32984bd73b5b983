using Microsoft.CodeAnalysis;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Taint.Engine;

/// <summary>A use of a sink in some body.</summary>
/// <param name="Kinds">The sink's kinds.</param>
/// <param name="Operation">The call, creation, assignment or return.</param>
/// <param name="Value">The expression that goes in.</param>
/// <param name="Target">The member or variable.</param>
/// <param name="Prefix">The known beginning of the text there.</param>
internal sealed record SinkHit(SinkKinds Kinds, IOperation Operation, IOperation Value, ISymbol Target, string Prefix)
{
    /// <inheritdoc/>
    public bool Equals(SinkHit? other) => other is not null && Kinds == other.Kinds && ReferenceEquals(Value.Syntax, other.Value.Syntax)
        && SymbolEqualityComparer.Default.Equals(Target, other.Target);

    /// <inheritdoc/>
    public override int GetHashCode() => Value.Syntax.GetHashCode() ^ Kinds.GetHashCode();
}
