using System;
using System.Collections.Generic;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SecurityToolchain.Analyzers.Rules;

/// <summary>
/// Names that a body must hold to call certain members: the members' own, and those of the methods and properties of this compilation whose
/// bodies name one. Keeps the flow analysis away from all other bodies. Thread-safe.
/// </summary>
internal sealed class CallingNames
{
    private readonly Lazy<HashSet<string>> _all;
    private readonly Lazy<TextMentions> _mentions;

    /// <summary>Prepares the search; it is made when the first question comes.</summary>
    /// <param name="compilation">Whose methods count.</param>
    /// <param name="enclosing">What finds the names around the members.</param>
    /// <param name="alsoMentioned">Other names for the sake of which a file must be looked at.</param>
    /// <param name="cancellation">Ends the search.</param>
    public CallingNames(Compilation compilation, EnclosingNames enclosing, string[] alsoMentioned, CancellationToken cancellation)
    {
        _all = new Lazy<HashSet<string>>(() => enclosing.In(compilation, cancellation));
        _mentions = new Lazy<TextMentions>(() => new TextMentions([.. _all.Value, .. alsoMentioned]));
    }

    /// <summary>Whether a method or property of this name is one of the members, or may call one.</summary>
    public bool Contains(string name) => _all.Value.Contains(name);

    /// <summary>Whether the text of a file holds one of the names.</summary>
    public bool OccurInFile(SyntaxTree tree, CancellationToken cancellation) => _mentions.Value.In(tree, cancellation);

    /// <summary>Whether a body holds one of the names, in a file for which <see cref="OccurInFile"/> holds.</summary>
    public bool Occur(SyntaxNode body)
    {
        HashSet<string> all = _all.Value;
        foreach (SyntaxNode node in body.DescendantNodes())
        {
            if (node is SimpleNameSyntax name && all.Contains(name.Identifier.ValueText))
                return true;
        }

        return false;
    }
}
