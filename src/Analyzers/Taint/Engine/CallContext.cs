using System;
using Microsoft.CodeAnalysis;

namespace SecurityToolchain.Analyzers.Taint.Engine;

/// <summary>What a caller knows about arguments beyond taint: constants, and the class of objects.</summary>
internal sealed class CallContext(object?[] constants, ITypeSymbol?[] types, ITypeSymbol? thisType) : IEquatable<CallContext>
{
    /// <summary>The constant of each parameter; null when not known.</summary>
    public object?[] Constants { get; } = constants;

    /// <summary>The class of each parameter; null when not known.</summary>
    public ITypeSymbol?[] Types { get; } = types;

    /// <summary>The class of the object itself; null when not known.</summary>
    public ITypeSymbol? ThisType { get; } = thisType;

    /// <inheritdoc/>
    public bool Equals(CallContext? other)
    {
        if (other is null || Constants.Length != other.Constants.Length || !SymbolEqualityComparer.Default.Equals(ThisType, other.ThisType))
            return false;
        for (int i = 0; i < Constants.Length; i++)
        {
            if (!Equals(Constants[i], other.Constants[i]) || !SymbolEqualityComparer.Default.Equals(Types[i], other.Types[i]))
                return false;
        }

        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as CallContext);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        int hash = SymbolEqualityComparer.Default.GetHashCode(ThisType);
        for (int i = 0; i < Constants.Length; i++)
            hash = unchecked((hash * 31) + (Constants[i]?.GetHashCode() ?? 0) + SymbolEqualityComparer.Default.GetHashCode(Types[i]));
        return hash;
    }
}
