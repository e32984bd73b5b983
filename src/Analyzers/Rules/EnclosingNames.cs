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
/// <param name="declared">The names of what is declared around a mention.</param>
internal sealed class EnclosingNames(HashSet<string> mentioned, Func<SyntaxNode, IEnumerable<string>> declared)
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
                names.UnionWith(declared(node));
        }

        return [.. names];
    }
}
