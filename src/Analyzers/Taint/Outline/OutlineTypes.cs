using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SecurityToolchain.Analyzers.Taint.Engine;

namespace SecurityToolchain.Analyzers.Taint.Outline;

/// <summary>What the outline asks about types; answers are kept. One instance serves one thread.</summary>
internal sealed class OutlineTypes(Compilation compilation)
{
    /// <summary>Library types that hold nothing that anybody could have sent.</summary>
    private static readonly HashSet<string> s_empty = new(StringComparer.Ordinal)
    {
        "CancellationToken", "CancellationTokenSource", "CancellationTokenRegistration", "CultureInfo", "IFormatProvider", "Encoding", "UTF8Encoding", "Type", "TypeInfo",
        "StringComparer", "IEqualityComparer", "IComparer", "EqualityComparer", "Comparer", "ILogger", "ILoggerFactory", "Thread", "SemaphoreSlim", "Timer", "Lock",
    };

    private readonly Dictionary<ITypeSymbol, NodeContent> _classes = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ITypeSymbol, bool> _mutable = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ITypeSymbol, ImmutableArray<INamedTypeSymbol>> _contents = new(SymbolEqualityComparer.Default);

    /// <summary>Whether a symbol is declared in the analysed code.</summary>
    public bool IsOurs(ISymbol? symbol) => symbol is not null && SymbolEqualityComparer.Default.Equals(symbol.ContainingAssembly, compilation.Assembly);

    /// <summary>
    /// Whether objects of the type hold content that is followed as one with the object, so that whoever holds a reference may change it:
    /// collections, buffers, builders, streams. Classes of the analysed code are none: their members have nodes of their own.
    /// </summary>
    public bool IsMutable(ITypeSymbol? type)
    {
        if (type is null)
            return false;
        if (!_mutable.TryGetValue(type, out bool known))
            _mutable.Add(type, known = FindMutable(type));
        return known;
    }

    /// <summary>What values of a type can carry.</summary>
    public NodeContent Classify(ITypeSymbol? type)
    {
        if (type is null)
            return NodeContent.Everything;
        if (!_classes.TryGetValue(type, out NodeContent known))
            _classes.Add(type, known = Find(type));
        return known;
    }

    /// <summary>What a member, parameter or result of a type carries from one method to another.</summary>
    public NodeContent ClassifyHanded(ITypeSymbol? type) => Classify(type) is NodeContent.Everything && IsStream(type) ? NodeContent.Answers : Classify(type);

    private bool IsStream(ITypeSymbol? type)
    {
        for (ITypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            if (IsOurs(current))
                continue;
            return current.Name is "Stream" or "BinaryReader" or "BinaryWriter" or "StreamReader" or "StreamWriter" or "FileStream" or "NetworkStream" or "BufferedStream" or "GZipStream" or "DeflateStream"
                or "CryptoStream" or "PipeReader" or "PipeWriter" or "TextReader" or "TextWriter";
        }

        return false;
    }

    private NodeContent Find(ITypeSymbol type)
    {
        if (ValueTypes.IsNumber(type))
            return NodeContent.Numbers;
        type = ValueTypes.Unwrap(type);
        if (type.TypeKind == TypeKind.Delegate)
            return NodeContent.Nothing;
        if (type is INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct or TypeKind.Interface } named && IsOurs(named) && !IsMutable(named))
            return NodeContent.Objects;
        return s_empty.Contains(type.Name) && !IsOurs(type) ? NodeContent.Nothing : NodeContent.Everything;
    }

    /// <summary>The classes of the analysed code, and the delegates, that objects of a type are or contain.</summary>
    public ImmutableArray<INamedTypeSymbol> Contents(ITypeSymbol? type)
    {
        if (type is null || type.SpecialType is not (SpecialType.None or SpecialType.System_Array))
            return type is INamedTypeSymbol { TypeArguments.Length: > 0 } ? Cached(type) : ImmutableArray<INamedTypeSymbol>.Empty;
        return Cached(type);
    }

    /// <summary>Whether a type names one of these classes, so that their objects stay what they are in it.</summary>
    public bool Names(ITypeSymbol? type, ImmutableArray<INamedTypeSymbol> classes)
    {
        foreach (INamedTypeSymbol known in Contents(type))
        {
            if (classes.Contains(known))
                return true;
        }

        return false;
    }

    private ImmutableArray<INamedTypeSymbol> Cached(ITypeSymbol type)
    {
        if (_contents.TryGetValue(type, out ImmutableArray<INamedTypeSymbol> known))
            return known;
        ImmutableArray<INamedTypeSymbol>.Builder found = ImmutableArray.CreateBuilder<INamedTypeSymbol>();
        AddContents(type, found, 0);
        return _contents[type] = found.ToImmutable();
    }

    private void AddContents(ITypeSymbol type, ImmutableArray<INamedTypeSymbol>.Builder found, int depth)
    {
        switch (type)
        {
            case IArrayTypeSymbol array:
                AddContents(array.ElementType, found, depth + 1);
                break;
            case INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct or TypeKind.Interface or TypeKind.Delegate } named:
                if ((IsOurs(named) || named.TypeKind == TypeKind.Delegate) && !found.Contains(named.OriginalDefinition))
                    found.Add(named.OriginalDefinition);
                if (depth < 4)
                {
                    foreach (ITypeSymbol argument in named.TypeArguments)
                        AddContents(argument, found, depth + 1);
                }

                break;
            case ITypeParameterSymbol parameter when depth < 4:
                foreach (ITypeSymbol constraint in parameter.ConstraintTypes)
                    AddContents(constraint, found, depth + 1);
                break;
        }
    }

    private bool FindMutable(ITypeSymbol type)
    {
        type = ValueTypes.Unwrap(type);
        if (ValueTypes.IsAtomic(type) || type.TypeKind is TypeKind.Delegate or TypeKind.Enum or TypeKind.Pointer or TypeKind.FunctionPointer)
            return type.TypeKind == TypeKind.Pointer;
        if (type is not INamedTypeSymbol named)
            return true;
        if (named.IsTupleType)
            return AnyMutable(named.TypeArguments);
        if (named.IsAnonymousType)
            return false;
        if (!IsOurs(named))
            return true;
        if (ValueTypes.IsCollection(named))
            return true;
        for (INamedTypeSymbol? current = named.BaseType; current is not null; current = current.BaseType)
        {
            if (IsOurs(current))
                continue;
            return current.SpecialType is not (SpecialType.System_Object or SpecialType.System_ValueType);
        }

        return false;
    }

    private bool AnyMutable(ImmutableArray<ITypeSymbol> types)
    {
        foreach (ITypeSymbol type in types)
        {
            if (IsMutable(type))
                return true;
        }

        return false;
    }
}
