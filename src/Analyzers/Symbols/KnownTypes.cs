using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace SecurityToolchain.Analyzers.Symbols;

/// <summary>Types by metadata name, looked up once per compilation. Thread-safe.</summary>
internal sealed class KnownTypes
{
    private static readonly ConditionalWeakTable<Compilation, KnownTypes> s_byCompilation = new();

    private readonly Compilation _compilation;
    private readonly ReferencedTypes _referenced;
    private readonly ConcurrentDictionary<string, INamedTypeSymbol?> _types = new();

    private KnownTypes(Compilation compilation)
    {
        _compilation = compilation;
        _referenced = ReferencedTypes.For(compilation);
    }

    /// <summary>The types of a compilation.</summary>
    public static KnownTypes For(Compilation compilation) => s_byCompilation.GetValue(compilation, static key => new KnownTypes(key));

    /// <summary>A type by its metadata name (<c>System.Collections.Generic.List`1</c>, <c>Outer+Nested</c>), or null when nothing declares it.</summary>
    /// <remarks>What the compilation declares itself wins; where several references declare the name, one that its code can use.</remarks>
    public INamedTypeSymbol? Find(string metadataName) =>
        _types.TryGetValue(metadataName, out INamedTypeSymbol? known) ? known : _types.GetOrAdd(metadataName, LookUp(metadataName));

    private INamedTypeSymbol? LookUp(string metadataName) => _compilation.Assembly.GetTypeByMetadataName(metadataName) ?? _referenced.Find(metadataName, _compilation);
}
