using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;
using SecurityToolchain.Analyzers.Symbols;
using SecurityToolchain.Analyzers.Taint.Outline;

namespace SecurityToolchain.Analyzers.Taint.Engine;

/// <summary>Which classes of the compilation derive from or implement a type, and which methods a virtual call may reach. Thread-safe after creation.</summary>
internal sealed class TypeIndex
{
    /// <summary>The most methods that one call is resolved to.</summary>
    public const int MaximumTargets = 16;

    private readonly List<INamedTypeSymbol> _all = new();
    private readonly Lazy<Dictionary<INamedTypeSymbol, List<INamedTypeSymbol>>> _holders;
    private readonly Dictionary<INamedTypeSymbol, List<INamedTypeSymbol>> _concrete = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<IMethodSymbol, ImmutableArray<IMethodSymbol>> _targets = new(SymbolEqualityComparer.Default);

    private static readonly ConditionalWeakTable<Compilation, TypeIndex> s_byCompilation = new();

    /// <summary>The index that all single files of a compilation share.</summary>
    public static TypeIndex For(Compilation compilation, CancellationToken cancellationToken)
    {
        if (s_byCompilation.TryGetValue(compilation, out TypeIndex? known))
            return known;
        var made = new TypeIndex(compilation, cancellationToken);
        return s_byCompilation.GetValue(compilation, _ => made);
    }

    /// <summary>Indexes the types that a compilation declares.</summary>
    public TypeIndex(Compilation compilation, CancellationToken cancellationToken)
    {
        _holders = new Lazy<Dictionary<INamedTypeSymbol, List<INamedTypeSymbol>>>(() => FindHolders(_all, new OutlineTypes(compilation)));
        var pending = new Stack<INamespaceOrTypeSymbol>();
        pending.Push(compilation.Assembly.GlobalNamespace);
        while (pending.Count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            INamespaceOrTypeSymbol container = pending.Pop();
            if (container is INamedTypeSymbol type)
            {
                _all.Add(type);
                if (!type.IsAbstract && type.TypeKind is TypeKind.Class or TypeKind.Struct)
                    Add(type);
                foreach (INamedTypeSymbol nested in type.GetTypeMembers())
                    pending.Push(nested);
            }
            else
            {
                foreach (INamespaceOrTypeSymbol member in ((INamespaceSymbol)container).GetMembers())
                    pending.Push(member);
            }
        }
    }

    private static Dictionary<INamedTypeSymbol, List<INamedTypeSymbol>> FindHolders(List<INamedTypeSymbol> all, OutlineTypes contents)
    {
        var holders = new Dictionary<INamedTypeSymbol, List<INamedTypeSymbol>>(SymbolEqualityComparer.Default);
        foreach (INamedTypeSymbol holder in all)
        {
            foreach (ISymbol member in holder.GetMembers())
            {
                ITypeSymbol? type = member switch
                {
                    IFieldSymbol { IsStatic: false } field => field.Type,
                    IPropertySymbol { IsStatic: false, IsIndexer: false } property => property.Type,
                    _ => null,
                };
                foreach (INamedTypeSymbol held in contents.Contents(type))
                {
                    if (!holders.TryGetValue(held, out List<INamedTypeSymbol>? list))
                        holders.Add(held, list = new List<INamedTypeSymbol>());
                    list.Add(holder);
                }
            }
        }

        return holders;
    }

    /// <summary>Classes that are created or registered somewhere; null while that is not known.</summary>
    public HashSet<INamedTypeSymbol>? Instantiated { get; set; }

    /// <summary>The types of the compilation with a member that is, or contains, an object of a type.</summary>
    public IReadOnlyList<INamedTypeSymbol> Holders(INamedTypeSymbol held) =>
        _holders.Value.TryGetValue(held, out List<INamedTypeSymbol>? list) ? list : Array.Empty<INamedTypeSymbol>();

    /// <summary>The classes and structures of the compilation that are, derive from or implement a type.</summary>
    public IReadOnlyList<INamedTypeSymbol> Concrete(INamedTypeSymbol type) =>
        _concrete.TryGetValue(type.OriginalDefinition, out List<INamedTypeSymbol>? list) ? list : Array.Empty<INamedTypeSymbol>();

    /// <summary>Whether a call of the method may run an override or implementation.</summary>
    public static bool IsDispatched(IMethodSymbol method) =>
        (method.IsVirtual || method.IsAbstract || method.IsOverride || method.ContainingType?.TypeKind == TypeKind.Interface) && !method.IsStatic;

    /// <summary>The methods of the compilation that a call may reach when only the static type is known; in a fixed order.</summary>
    public ImmutableArray<IMethodSymbol> Targets(IMethodSymbol method)
    {
        IMethodSymbol key = method.IsGenericMethod ? method.ConstructedFrom : method;
        return _targets.TryGetValue(key, out ImmutableArray<IMethodSymbol> known) ? known : _targets.GetOrAdd(key, Find(key));
    }

    /// <summary>The method that runs for an object of exactly this class.</summary>
    public static IMethodSymbol? Implementation(IMethodSymbol method, ITypeSymbol type)
    {
        if (method.ContainingType.TypeKind == TypeKind.Interface)
        {
            foreach (INamedTypeSymbol implemented in type.AllInterfaces)
            {
                if (!implemented.IsSameDefinition(method.ContainingType) || !CanBeSame(implemented, method.ContainingType))
                    continue;
                foreach (ISymbol member in implemented.GetMembers(method.Name))
                {
                    if (member.IsSameDefinition(method))
                        return (type.FindImplementationForInterfaceMember(member) as IMethodSymbol)?.OriginalDefinition;
                }
            }

            return null;
        }

        for (ITypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            if (current.IsSameDefinition(method.ContainingType))
                return method.OriginalDefinition;
            foreach (ISymbol member in current.GetMembers(method.Name))
            {
                if (member is not IMethodSymbol { IsOverride: true } candidate)
                    continue;
                for (IMethodSymbol? overridden = candidate.OverriddenMethod; overridden is not null; overridden = overridden.OverriddenMethod)
                {
                    if (overridden.IsSameDefinition(method))
                        return candidate.OriginalDefinition;
                }
            }
        }

        return null;
    }

    private static bool CanBeSame(INamedTypeSymbol one, INamedTypeSymbol other)
    {
        for (int i = 0; i < one.TypeArguments.Length && i < other.TypeArguments.Length; i++)
        {
            ITypeSymbol left = one.TypeArguments[i];
            ITypeSymbol right = other.TypeArguments[i];
            if (IsOpen(left) || IsOpen(right) || SymbolEqualityComparer.Default.Equals(left, right))
                continue;
            // Variance: IHandler<Derived> may serve where IHandler<Base> is asked for, and the other way round.
            if (left is INamedTypeSymbol leftNamed && right is INamedTypeSymbol rightNamed && (left.IsOrInherits(rightNamed) || right.IsOrInherits(leftNamed)))
                continue;
            return false;
        }

        return true;
    }

    private static bool IsOpen(ITypeSymbol type)
    {
        if (type.TypeKind is TypeKind.TypeParameter or TypeKind.Error)
            return true;
        if (type is IArrayTypeSymbol array)
            return IsOpen(array.ElementType);
        if (type is INamedTypeSymbol { IsGenericType: true } named)
        {
            foreach (ITypeSymbol argument in named.TypeArguments)
            {
                if (IsOpen(argument))
                    return true;
            }
        }

        return false;
    }

    private void Add(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? current = type; current is not null && current.SpecialType != SpecialType.System_Object; current = current.BaseType)
            ListOf(current.OriginalDefinition).Add(type);
        foreach (INamedTypeSymbol implemented in type.AllInterfaces)
        {
            List<INamedTypeSymbol> list = ListOf(implemented.OriginalDefinition);
            if (list.Count == 0 || !SymbolEqualityComparer.Default.Equals(list[list.Count - 1], type))
                list.Add(type);
        }
    }

    private List<INamedTypeSymbol> ListOf(INamedTypeSymbol type)
    {
        if (!_concrete.TryGetValue(type, out List<INamedTypeSymbol>? list))
            _concrete.Add(type, list = new List<INamedTypeSymbol>());
        return list;
    }

    private ImmutableArray<IMethodSymbol> Find(IMethodSymbol method)
    {
        if (!_concrete.TryGetValue(method.ContainingType.OriginalDefinition, out List<INamedTypeSymbol>? types))
            return ImmutableArray<IMethodSymbol>.Empty;
        ImmutableArray<IMethodSymbol> found = Find(method, types, onlyInstantiated: Instantiated is not null);
        return found.IsEmpty && Instantiated is not null ? Find(method, types, onlyInstantiated: false) : found;
    }

    private ImmutableArray<IMethodSymbol> Find(IMethodSymbol method, List<INamedTypeSymbol> types, bool onlyInstantiated)
    {
        var found = ImmutableArray.CreateBuilder<IMethodSymbol>();
        foreach (INamedTypeSymbol type in types)
        {
            if (onlyInstantiated && !Instantiated!.Contains(type))
                continue;
            if (Implementation(method, type) is { } target && !Contains(found, target))
                found.Add(target);
            if (found.Count == MaximumTargets)
                break;
        }

        return found.ToImmutable();
    }

    private static bool Contains(ImmutableArray<IMethodSymbol>.Builder methods, IMethodSymbol method)
    {
        foreach (IMethodSymbol candidate in methods)
        {
            if (SymbolEqualityComparer.Default.Equals(candidate, method))
                return true;
        }

        return false;
    }
}
