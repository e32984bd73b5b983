using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SecurityToolchain.Analyzers.Symbols;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Taint.Sources;

/// <summary>Sets of entities that a database context offers as properties: what is queried from them was stored earlier.</summary>
internal sealed class StoredEntityMatcher : ISourceMatcher
{
    /// <inheritdoc/>
    public SourceKinds Kinds => SourceKinds.DatabaseValue;

    /// <inheritdoc/>
    public ImmutableArray<OperationKind> Operations => ImmutableArray<OperationKind>.Empty;

    /// <summary>A matcher where the compilation knows such sets.</summary>
    public static StoredEntityMatcher? For(Compilation compilation)
    {
        var types = KnownTypes.For(compilation);
        return types.Find("Microsoft.EntityFrameworkCore.DbSet`1") is null && types.Find("System.Data.Entity.DbSet`1") is null && types.Find("System.Data.Entity.IDbSet`1") is null ? null : new StoredEntityMatcher();
    }

    /// <inheritdoc/>
    public SourceKinds MatchOperation(IOperation operation) => SourceKinds.None;

    /// <inheritdoc/>
    public SourceKinds MatchSymbol(ISymbol symbol) =>
        symbol is IPropertySymbol { IsIndexer: false, Type: INamedTypeSymbol { Name: "DbSet" or "IDbSet", Arity: 1 } set }
        && (set.ContainingNamespace.IsNamed("Microsoft.EntityFrameworkCore") || set.ContainingNamespace.IsNamed("System.Data.Entity"))
            ? SourceKinds.DatabaseValue
            : SourceKinds.None;

    /// <inheritdoc/>
    public string? Describe(ISymbol? symbol, IOperation? operation) => symbol is IPropertySymbol property ? "database table '" + property.Name + "'" : null;
}
