using System;
using System.Collections.Generic;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SecurityToolchain.Analyzers.Rules.Flow;

namespace SecurityToolchain.Analyzers.Taint.Engine;

/// <summary>The <see cref="DeclaredTypes"/> of all files of a compilation, put together. Read-only after creation.</summary>
internal sealed class TypeNames
{
    private readonly Compilation _compilation;
    private readonly CancellationToken _cancellationToken;
    private readonly Dictionary<string, List<TypeDeclarationSyntax>> _byBase = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<TypeDeclarationSyntax>> _byMember = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<TypeDeclarationSyntax>> _byHeldName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _aliases = new(StringComparer.Ordinal);

    /// <summary>Puts the names of all files together.</summary>
    public TypeNames(Compilation compilation, CancellationToken cancellationToken)
    {
        _compilation = compilation;
        _cancellationToken = cancellationToken;
        foreach (SyntaxTree file in compilation.SyntaxTrees)
        {
            cancellationToken.ThrowIfCancellationRequested();
            DeclaredTypes types = DeclaredTypes.Of(file);
            Merge(_byBase, types.ByBase);
            Merge(_byMember, types.ByMember);
            Merge(_byHeldName, types.ByHeldName);
            foreach ((string type, string alias) in types.Aliases)
            {
                if (!_aliases.TryGetValue(type, out List<string>? aliases))
                    _aliases.Add(type, aliases = new List<string>());
                aliases.Add(alias);
            }
        }
    }

    /// <summary>The types that declare a member of a name.</summary>
    public IEnumerable<INamedTypeSymbol> Declaring(string member) => Bind(_byMember, member, new HashSet<INamedTypeSymbol>(SymbolEqualityComparer.Default));

    /// <summary>The types with a field or property whose type names another type.</summary>
    public IEnumerable<INamedTypeSymbol> HoldersOf(string name)
    {
        var seen = new HashSet<INamedTypeSymbol>(SymbolEqualityComparer.Default);
        foreach (string one in WithAliases(name))
        {
            foreach (INamedTypeSymbol type in Bind(_byHeldName, one, seen))
                yield return type;
        }
    }

    /// <summary>The types below a type of the compilation, found from one list of bases to the next.</summary>
    /// <param name="definition">The type.</param>
    /// <param name="derives">Whether a type whose bases have the right names derives from it.</param>
    public IEnumerable<INamedTypeSymbol> Below(INamedTypeSymbol definition, Func<INamedTypeSymbol, INamedTypeSymbol, bool> derives)
    {
        var seen = new HashSet<INamedTypeSymbol>(SymbolEqualityComparer.Default) { definition };
        var names = new HashSet<string>(StringComparer.Ordinal) { definition.Name };
        var pending = new Queue<string>();
        pending.Enqueue(definition.Name);
        while (pending.Count > 0)
        {
            foreach (string name in WithAliases(pending.Dequeue()))
            {
                foreach (INamedTypeSymbol type in Bind(_byBase, name, seen))
                {
                    if (!derives(type, definition))
                        continue;
                    if (names.Add(type.Name))
                        pending.Enqueue(type.Name);
                    yield return type;
                }
            }
        }
    }

    private static void Merge(Dictionary<string, List<TypeDeclarationSyntax>> all, Dictionary<string, List<TypeDeclarationSyntax>> file)
    {
        foreach (KeyValuePair<string, List<TypeDeclarationSyntax>> entry in file)
        {
            if (!all.TryGetValue(entry.Key, out List<TypeDeclarationSyntax>? types))
                all.Add(entry.Key, types = new List<TypeDeclarationSyntax>(entry.Value.Count));
            types.AddRange(entry.Value);
        }
    }

    private IEnumerable<string> WithAliases(string name)
    {
        yield return name;
        if (!_aliases.TryGetValue(name, out List<string>? aliases))
            yield break;
        foreach (string alias in aliases)
            yield return alias;
    }

    private IEnumerable<INamedTypeSymbol> Bind(Dictionary<string, List<TypeDeclarationSyntax>> map, string name, HashSet<INamedTypeSymbol> seen)
    {
        if (!map.TryGetValue(name, out List<TypeDeclarationSyntax>? declarations))
            yield break;
        foreach (TypeDeclarationSyntax declaration in declarations)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            if (BodyGraphs.Model(_compilation, declaration.SyntaxTree).GetDeclaredSymbol(declaration, _cancellationToken) is { } type && seen.Add(type))
                yield return type;
        }
    }
}
