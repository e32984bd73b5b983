using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SecurityToolchain.Analyzers.Rules.Files.Toctou;

/// <summary>
/// Names that a body must hold to contain a check: members of the framework, and the methods and properties of this compilation whose
/// bodies hold one. Keeps the flow analysis away from all other bodies.
/// </summary>
internal sealed class CheckNames
{
    private static readonly HashSet<string> s_members = new(StringComparer.Ordinal)
    {
        "Exists", "ExistsAsync", "FileExists", "FileExistsAsync", "DirectoryExists", "DirectoryExistsAsync", "GetAttributes", "GetUnixFileMode", "GetAccessControl",
        "ResolveLinkTarget", "LinkTarget", "Attributes", "UnixFileMode", "IsReadOnly",
    };

    private static readonly EnclosingNames s_holders = new(s_members, static node => DeclaredName(node) is { } name ? [name] : []);

    private readonly CancellationToken _cancellation;
    private readonly Lazy<HashSet<string>> _all;
    private readonly Lazy<TextMentions> _mentions;

    public CheckNames(Compilation compilation, CancellationToken cancellation)
    {
        _cancellation = cancellation;
        _all = new Lazy<HashSet<string>>(() => s_holders.In(compilation, cancellation));
        _mentions = new Lazy<TextMentions>(() => new TextMentions([.. _all.Value, "FileInfo"]));
    }

    /// <summary>Whether a method or property of this name may hold a check.</summary>
    public bool Contains(string name) => _all.Value.Contains(name);

    /// <summary>Whether one of the names occurs in the body.</summary>
    public bool Occur(SyntaxNode body)
    {
        if (!_mentions.Value.In(body.SyntaxTree, _cancellation))
            return false;
        HashSet<string> all = _all.Value;
        bool length = false;
        foreach (SyntaxNode node in body.DescendantNodes())
        {
            if (node is not SimpleNameSyntax name)
                continue;
            if (all.Contains(name.Identifier.ValueText))
                return true;
            length |= name.Identifier.ValueText == "Length";
        }

        // The length of a file is a check, too; everything else has a length as well.
        return length && MentionsFileInfo(body);
    }

    private static bool MentionsFileInfo(SyntaxNode body)
    {
        SyntaxNode member = body.FirstAncestorOrSelf<MemberDeclarationSyntax>(static node => node is not GlobalStatementSyntax) ?? body;
        return member.DescendantNodes().OfType<SimpleNameSyntax>().Any(static other => other.Identifier.ValueText is "FileInfo" or "IFileInfo");
    }

    private static string? DeclaredName(SyntaxNode node)
    {
        foreach (SyntaxNode ancestor in node.Ancestors())
        {
            switch (ancestor)
            {
                case MethodDeclarationSyntax method:
                    return method.Identifier.ValueText;
                case LocalFunctionStatementSyntax local:
                    return local.Identifier.ValueText;
                case PropertyDeclarationSyntax property:
                    return property.Identifier.ValueText;
                case BaseTypeDeclarationSyntax:
                    return null;
            }
        }

        return null;
    }
}
