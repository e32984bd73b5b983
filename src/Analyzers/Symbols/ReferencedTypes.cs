using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace SecurityToolchain.Analyzers.Symbols;

/// <summary>
/// Types by metadata name in what compilations reference. An editor makes a new compilation with each key stroke, and its references stay the same:
/// there the search over all of them is made once. Thread-safe.
/// </summary>
internal sealed class ReferencedTypes
{
    /// <summary>The most sets of references that are remembered for one core library; a solution has projects of several kinds.</summary>
    private const int MostSets = 16;

    private static readonly ConditionalWeakTable<IAssemblySymbol, List<ReferencedTypes>> s_byCoreLibrary = new();

    private readonly ImmutableArray<IAssemblySymbol> _assemblies;
    private readonly ConcurrentDictionary<string, INamedTypeSymbol?> _types = new();

    private ReferencedTypes(ImmutableArray<IAssemblySymbol> assemblies) => _assemblies = assemblies;

    /// <summary>The types of all compilations with these references.</summary>
    public static ReferencedTypes For(Compilation compilation)
    {
        ImmutableArray<IAssemblySymbol> assemblies = compilation.SourceModule.ReferencedAssemblySymbols;
        if (assemblies.IsEmpty)
            return new ReferencedTypes(assemblies);
        List<ReferencedTypes> sets = s_byCoreLibrary.GetValue(assemblies[0], static _ => []);
        lock (sets)
        {
            foreach (ReferencedTypes set in sets)
            {
                if (AreSame(set._assemblies, assemblies))
                    return set;
            }

            if (sets.Count == MostSets)
                sets.RemoveAt(0);
            var made = new ReferencedTypes(assemblies);
            sets.Add(made);
            return made;
        }
    }

    /// <summary>A type that a reference declares. Where several do, one that the compilation's code can use wins.</summary>
    /// <param name="metadataName">The name.</param>
    /// <param name="compilation">A compilation with these references that does not declare the type itself.</param>
    public INamedTypeSymbol? Find(string metadataName, Compilation compilation) =>
        _types.TryGetValue(metadataName, out INamedTypeSymbol? known) ? known : _types.GetOrAdd(metadataName, LookUp(metadataName, compilation));

    private static INamedTypeSymbol? LookUp(string metadataName, Compilation compilation)
    {
        INamedTypeSymbol? single = compilation.GetTypeByMetadataName(metadataName);
        if (single is not null)
            return single;
        ImmutableArray<INamedTypeSymbol> all = compilation.GetTypesByMetadataName(metadataName);
        foreach (INamedTypeSymbol type in all)
        {
            if (type.DeclaredAccessibility == Accessibility.Public)
                return type;
        }

        return all.IsEmpty ? null : all[0];
    }

    private static bool AreSame(ImmutableArray<IAssemblySymbol> one, ImmutableArray<IAssemblySymbol> other)
    {
        if (one.Length != other.Length)
            return false;
        for (int i = 0; i < one.Length; i++)
        {
            // The compiler keeps the symbols of a reference as long as the reference is the same object.
            if (!ReferenceEquals(one[i], other[i]))
                return false;
        }

        return true;
    }
}
