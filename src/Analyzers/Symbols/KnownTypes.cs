using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace SecurityToolchain.Analyzers.Symbols;

/// <summary>Types by metadata name, looked up once per compilation. Thread-safe.</summary>
internal sealed class KnownTypes
{
    private static readonly ConditionalWeakTable<Compilation, KnownTypes> s_byCompilation = new();

    private readonly Compilation _compilation;
    private readonly ConcurrentDictionary<string, INamedTypeSymbol?> _types = new();

    private KnownTypes(Compilation compilation) => _compilation = compilation;

    /// <summary>The types of a compilation.</summary>
    public static KnownTypes For(Compilation compilation) => s_byCompilation.GetValue(compilation, static key => new KnownTypes(key));

    /// <summary>A type by its metadata name (<c>System.Collections.Generic.List`1</c>, <c>Outer+Nested</c>), or null when nothing references it.</summary>
    /// <remarks>Where several assemblies declare the name, one that the compilation's code can use wins.</remarks>
    public INamedTypeSymbol? Find(string metadataName) =>
        _types.TryGetValue(metadataName, out INamedTypeSymbol? known) ? known : _types.GetOrAdd(metadataName, LookUp(metadataName));

    private INamedTypeSymbol? LookUp(string metadataName)
    {
        INamedTypeSymbol? single = _compilation.GetTypeByMetadataName(metadataName);
        if (single is not null)
            return single;
        ImmutableArray<INamedTypeSymbol> all = _compilation.GetTypesByMetadataName(metadataName);
        foreach (INamedTypeSymbol type in all)
        {
            if (type.DeclaredAccessibility == Accessibility.Public || SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, _compilation.Assembly))
                return type;
        }

        return all.IsEmpty ? null : all[0];
    }
}
