using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace SecurityToolchain.Analyzers.Rules.Files.Toctou;

/// <summary>
/// What an expression says about the path it yields: two expressions with equal keys name the same file as long as no symbol in them is
/// assigned in between. <c>new FileInfo(p)</c>, <c>info.FullName</c> and <c>Path.GetFullPath(p)</c> have the key of <c>p</c>.
/// </summary>
internal sealed class PathKey : IEquatable<PathKey>
{
    private readonly object? _head;
    private readonly ImmutableArray<PathKey> _parts;

    private PathKey(object? head, ImmutableArray<PathKey> parts)
    {
        _head = head;
        _parts = parts;
    }

    /// <summary>The instance that a member belongs to.</summary>
    public static PathKey This { get; } = new("this", ImmutableArray<PathKey>.Empty);

    /// <summary>A local, a parameter or a static member.</summary>
    public static PathKey Of(ISymbol symbol) => new(symbol, ImmutableArray<PathKey>.Empty);

    /// <summary>A member of a value.</summary>
    public static PathKey Member(PathKey receiver, ISymbol member) => new(member, ImmutableArray.Create(receiver));

    /// <summary>A constant.</summary>
    public static PathKey Constant(object? value) => new(Tuple.Create(value), ImmutableArray<PathKey>.Empty);

    /// <summary>A call, or an operator by its name, on other values.</summary>
    public static PathKey Call(object head, ImmutableArray<PathKey> parts) => new(head, parts);

    /// <summary>Whether the key names the symbol anywhere, so that an assignment to it ends the key's meaning.</summary>
    public bool Mentions(ISymbol symbol)
    {
        if (_head is ISymbol own && SymbolEqualityComparer.Default.Equals(own, symbol))
            return true;
        foreach (PathKey part in _parts)
        {
            if (part.Mentions(symbol))
                return true;
        }

        return false;
    }

    /// <summary>Whether a caller of a method can express the key: it names no local of the method.</summary>
    public bool IsVisibleToCallersOf(IMethodSymbol method)
    {
        if (_head is ILocalSymbol local && SymbolEqualityComparer.Default.Equals(local.ContainingSymbol, method))
            return false;
        foreach (PathKey part in _parts)
        {
            if (!part.IsVisibleToCallersOf(method))
                return false;
        }

        return true;
    }

    /// <summary>The key in the words of a caller of a method, or null where the caller's argument has no key.</summary>
    public PathKey? Translate(IMethodSymbol method, IReadOnlyDictionary<ISymbol, PathKey> arguments, PathKey? receiver)
    {
        if (ReferenceEquals(this, This))
            return receiver;
        if (_head is IParameterSymbol parameter && SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, method))
            return arguments.TryGetValue(parameter, out PathKey? argument) ? argument : null;
        if (_parts.IsEmpty)
            return this;

        ImmutableArray<PathKey>.Builder parts = ImmutableArray.CreateBuilder<PathKey>(_parts.Length);
        foreach (PathKey part in _parts)
        {
            if (part.Translate(method, arguments, receiver) is not { } translated)
                return null;
            parts.Add(translated);
        }

        return new PathKey(_head, parts.MoveToImmutable());
    }

    public bool Equals(PathKey? other)
    {
        if (other is null || _parts.Length != other._parts.Length)
            return false;
        bool sameHead = _head is ISymbol symbol
            ? other._head is ISymbol otherSymbol && SymbolEqualityComparer.Default.Equals(symbol, otherSymbol)
            : Equals(_head, other._head);
        if (!sameHead)
            return false;
        for (int i = 0; i < _parts.Length; i++)
        {
            if (!_parts[i].Equals(other._parts[i]))
                return false;
        }

        return true;
    }

    public override bool Equals(object? obj) => Equals(obj as PathKey);

    public override int GetHashCode()
    {
        int hash = _head is ISymbol symbol ? SymbolEqualityComparer.Default.GetHashCode(symbol) : _head?.GetHashCode() ?? 0;
        foreach (PathKey part in _parts)
            hash = unchecked((hash * 31) + part.GetHashCode());
        return hash;
    }
}
