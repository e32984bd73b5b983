using Microsoft.CodeAnalysis;

namespace SecurityToolchain.Analyzers.Taint.Engine;

/// <summary>One step of an access path. Interned by <see cref="PlaceTable"/>: reference equality is equality.</summary>
internal sealed class Step(ISymbol? member, object? key)
{
    /// <summary>Any element of a collection; the content of a builder, stream or generic container.</summary>
    public static readonly Step Element = new(null, null);

    /// <summary>The keys of a dictionary.</summary>
    public static readonly Step Keys = new(null, null);

    /// <summary>The number of elements, while it is known.</summary>
    public static readonly Step Count = new(null, null);

    /// <summary>The field, property or captured variable.</summary>
    public ISymbol? Member { get; } = member;

    /// <summary>The constant key or index of an element.</summary>
    public object? Key { get; } = key;
}
