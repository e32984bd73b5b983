using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SecurityToolchain.Analyzers.Rules.Files.Toctou;

/// <summary>Names that a body must hold to contain a check of a path.</summary>
internal sealed class CheckNames
{
    private static readonly HashSet<string> s_members = new(StringComparer.Ordinal)
    {
        "Exists", "ExistsAsync", "FileExists", "FileExistsAsync", "DirectoryExists", "DirectoryExistsAsync", "GetAttributes", "GetUnixFileMode", "GetAccessControl",
        "ResolveLinkTarget", "LinkTarget", "Attributes", "UnixFileMode", "IsReadOnly",
    };

    private static readonly EnclosingNames s_holders = new(s_members);

    private readonly CallingNames _names;
    private readonly CancellationToken _cancellation;

    public CheckNames(Compilation compilation, CancellationToken cancellation)
    {
        _cancellation = cancellation;
        _names = new CallingNames(compilation, s_holders, ["FileInfo"], cancellation);
    }

    /// <summary>Whether a method or property of this name may hold a check.</summary>
    public bool Contains(string name) => _names.Contains(name);

    /// <summary>Whether one of the names occurs in the body.</summary>
    public bool Occur(SyntaxNode body)
    {
        if (!_names.OccurInFile(body.SyntaxTree, _cancellation))
            return false;
        // The length of a file is a check, too; everything else has a length as well.
        return _names.Occur(body) || (body.DescendantNodes().OfType<SimpleNameSyntax>().Any(static name => name.Identifier.ValueText == "Length") && MentionsFileInfo(body));
    }

    private static bool MentionsFileInfo(SyntaxNode body)
    {
        SyntaxNode member = body.FirstAncestorOrSelf<MemberDeclarationSyntax>(static node => node is not GlobalStatementSyntax) ?? body;
        return member.DescendantNodes().OfType<SimpleNameSyntax>().Any(static other => other.Identifier.ValueText is "FileInfo" or "IFileInfo");
    }
}
