using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SecurityToolchain.Analyzers.Rules;

/// <summary>
/// The names of methods, local functions and properties whose code mentions one of some names. Found once for a file as long as its text stays the
/// same, so that after an edit only the edited file is searched again. Thread-safe.
/// </summary>
/// <param name="mentioned">The names to look for.</param>
internal sealed class EnclosingNames(HashSet<string> mentioned)
{
    private readonly ConditionalWeakTable<SyntaxTree, string[]> _byFile = new();
    private readonly string[] _texts = [.. mentioned];

    /// <summary>The names in all files of a compilation, with the names that are looked for.</summary>
    public HashSet<string> In(Compilation compilation, CancellationToken cancellation)
    {
        var all = new HashSet<string>(mentioned, StringComparer.Ordinal);
        foreach (SyntaxTree file in compilation.SyntaxTrees)
        {
            if (!_byFile.TryGetValue(file, out string[]? names))
            {
                string[] found = Find(file, cancellation);
                names = _byFile.GetValue(file, _ => found);
            }

            all.UnionWith(names);
        }

        return all;
    }

    private string[] Find(SyntaxTree file, CancellationToken cancellation)
    {
        if (!new TextMentions(_texts).In(file, cancellation))
            return [];
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (SyntaxNode node in file.GetRoot(cancellation).DescendantNodes())
        {
            if (node is SimpleNameSyntax name && mentioned.Contains(name.Identifier.ValueText))
                AddDeclaredAround(node, names);
        }

        return [.. names];
    }

    // A local function's caller is its method or another local function: both may call.
    private static void AddDeclaredAround(SyntaxNode node, HashSet<string> names)
    {
        for (SyntaxNode? ancestor = node.Parent; ancestor is not (null or BaseTypeDeclarationSyntax); ancestor = ancestor.Parent)
        {
            string? declared = ancestor switch
            {
                MethodDeclarationSyntax method => method.Identifier.ValueText,
                LocalFunctionStatementSyntax local => local.Identifier.ValueText,
                PropertyDeclarationSyntax property => property.Identifier.ValueText,
                _ => null,
            };
            if (declared is not null)
                names.Add(declared);
        }
    }
}
