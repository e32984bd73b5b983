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

/// <summary>
/// Which classes of the compilation derive from or implement a type, and which methods a virtual call may reach. Names in the text say which
/// declarations come into question, and only these are bound: an editor makes a new compilation with each key stroke, in which nothing is bound yet.
/// Thread-safe.
/// </summary>
internal sealed class TypeIndex
{
    /// <summary>The most methods that one call is resolved to.</summary>
    public const int MaximumTargets = 16;

    private readonly Compilation _compilation;
    private readonly Lazy<TypeNames> _names;
    private readonly ConcurrentDictionary<INamedTypeSymbol, IReadOnlyList<INamedTypeSymbol>> _holders = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<INamedTypeSymbol, IReadOnlyList<INamedTypeSymbol>> _concrete = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<IMethodSymbol, ImmutableArray<IMethodSymbol>> _targets = new(SymbolEqualityComparer.Default);
    private readonly Lazy<IReadOnlyList<INamedTypeSymbol>> _all;

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
        _compilation = compilation;
        _names = new Lazy<TypeNames>(() => new TypeNames(compilation, cancellationToken));
        _all = new Lazy<IReadOnlyList<INamedTypeSymbol>>(FindAll);
    }

    /// <summary>Classes that are created or registered somewhere; null while that is not known.</summary>
    public HashSet<INamedTypeSymbol>? Instantiated { get; set; }

    /// <summary>The types of the compilation with a member that is, or contains, an object of a type.</summary>
    public IReadOnlyList<INamedTypeSymbol> Holders(INamedTypeSymbol held) =>
        _holders.TryGetValue(held, out IReadOnlyList<INamedTypeSymbol>? known) ? known : _holders.GetOrAdd(held, FindHolders(held));

    /// <summary>The classes and structures of the compilation that are, derive from or implement a type.</summary>
    public IReadOnlyList<INamedTypeSymbol> Concrete(INamedTypeSymbol type)
    {
        INamedTypeSymbol definition = type.OriginalDefinition;
        return _concrete.TryGetValue(definition, out IReadOnlyList<INamedTypeSymbol>? known) ? known : _concrete.GetOrAdd(definition, FindConcrete(definition));
    }

    /// <summary>What runs when an interface's method is called, in all classes and structures of the compilation.</summary>
    public IEnumerable<IMethodSymbol> Implementations(IMethodSymbol method)
    {
        foreach (INamedTypeSymbol type in Candidates(method))
        {
            if (Implementation(method, type) is { } implementation)
                yield return implementation;
        }
    }

    /// <summary>Whether a call of the method may run an override or implementation.</summary>
    public static bool IsDispatched(IMethodSymbol method) =>
        (method.IsVirtual || method.IsAbstract || method.IsOverride || method.ContainingType?.TypeKind == TypeKind.Interface) && !method.IsStatic;

    /// <summary>
    /// The methods of the compilation that a call may reach when only the static type is known; in a fixed order. Empty when a library's method has
    /// no override or implementation in the compilation.
    /// </summary>
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

    private static bool IsConcrete(INamedTypeSymbol type) => !type.IsAbstract && type.TypeKind is TypeKind.Class or TypeKind.Struct;

    private static bool Derives(INamedTypeSymbol type, INamedTypeSymbol definition)
    {
        if (definition.TypeKind == TypeKind.Interface)
        {
            foreach (INamedTypeSymbol implemented in type.AllInterfaces)
            {
                if (SymbolEqualityComparer.Default.Equals(implemented.OriginalDefinition, definition))
                    return true;
            }

            return false;
        }

        for (INamedTypeSymbol? current = type.BaseType; current is not null; current = current.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(current.OriginalDefinition, definition))
                return true;
        }

        return false;
    }

    private bool IsOurs(ISymbol symbol) => SymbolEqualityComparer.Default.Equals(symbol.ContainingAssembly, _compilation.Assembly);

    private List<INamedTypeSymbol> FindConcrete(INamedTypeSymbol definition)
    {
        var found = new List<INamedTypeSymbol>();
        if (definition.SpecialType == SpecialType.System_Object)
            return found;
        if (!IsOurs(definition))
        {
            // Between a class of ours and this type there may be library types whose names say nothing.
            foreach (INamedTypeSymbol type in _all.Value)
            {
                if (IsConcrete(type) && Derives(type, definition))
                    found.Add(type);
            }

            return found;
        }

        if (IsConcrete(definition))
            found.Add(definition);
        foreach (INamedTypeSymbol type in _names.Value.Below(definition, static (type, definition) => Derives(type, definition)))
        {
            if (IsConcrete(type))
                found.Add(type);
        }

        return found;
    }

    private List<INamedTypeSymbol> FindAll()
    {
        var all = new List<INamedTypeSymbol>();
        var pending = new Stack<INamespaceOrTypeSymbol>();
        pending.Push(_compilation.Assembly.GlobalNamespace);
        while (pending.Count > 0)
        {
            INamespaceOrTypeSymbol container = pending.Pop();
            if (container is INamedTypeSymbol type)
            {
                all.Add(type);
                foreach (INamedTypeSymbol nested in type.GetTypeMembers())
                    pending.Push(nested);
            }
            else
            {
                foreach (INamespaceOrTypeSymbol member in ((INamespaceSymbol)container).GetMembers())
                    pending.Push(member);
            }
        }

        return all;
    }

    private List<INamedTypeSymbol> FindHolders(INamedTypeSymbol held)
    {
        var contents = new OutlineTypes(_compilation);
        var holders = new List<INamedTypeSymbol>();
        foreach (INamedTypeSymbol holder in _names.Value.HoldersOf(held.Name))
        {
            foreach (ISymbol member in holder.GetMembers())
            {
                ITypeSymbol? type = member switch
                {
                    IFieldSymbol { IsStatic: false } field => field.Type,
                    IPropertySymbol { IsStatic: false, IsIndexer: false } property => property.Type,
                    _ => null,
                };
                if (!contents.Contents(type).Contains(held))
                    continue;
                holders.Add(holder);
                break;
            }
        }

        return holders;
    }

    /// <summary>The classes that a call of a method may concern. For a library's method those that declare a member of its name, or derive from one that does.</summary>
    private IEnumerable<INamedTypeSymbol> Candidates(IMethodSymbol method)
    {
        if (IsOurs(method))
            return Concrete(method.ContainingType);
        if (method.IsSealed || method.ContainingType.IsSealed)
            return Array.Empty<INamedTypeSymbol>();
        string name = (method.AssociatedSymbol ?? method).Name;
        return FindConcrete(_names.Value.Declaring(name.Substring(name.LastIndexOf('.') + 1)), method.ContainingType.OriginalDefinition);
    }

    private IEnumerable<INamedTypeSymbol> FindConcrete(IEnumerable<INamedTypeSymbol> declaring, INamedTypeSymbol definition)
    {
        var seen = new HashSet<INamedTypeSymbol>(SymbolEqualityComparer.Default);
        foreach (INamedTypeSymbol type in declaring)
        {
            if (IsConcrete(type) && Derives(type, definition) && seen.Add(type))
                yield return type;
            foreach (INamedTypeSymbol below in Concrete(type))
            {
                if (Derives(below, definition) && seen.Add(below))
                    yield return below;
            }
        }
    }

    private ImmutableArray<IMethodSymbol> Find(IMethodSymbol method)
    {
        var types = new List<INamedTypeSymbol>(Candidates(method));
        if (types.Count == 0)
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
