using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace SecurityToolchain.CodeFixes.Syntax;

/// <summary>Adds the using directives that a fix needs.</summary>
internal static class UsingDirectives
{
    /// <summary>Adds a namespace to a file unless a using directive, global ones of the file included, names it already.</summary>
    /// <param name="root">The file.</param>
    /// <param name="namespaceName">The full name, for example <c>System.IO</c>.</param>
    /// <param name="model">The model of the file before the fix; namespaces that it imports globally are not added.</param>
    public static CompilationUnitSyntax Add(CompilationUnitSyntax root, string namespaceName, SemanticModel model)
    {
        if (IsImported(root, namespaceName, model))
            return root;

        SyntaxTrivia endOfLine = root.DescendantTrivia().FirstOrDefault(static trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));
        if (endOfLine.IsKind(SyntaxKind.None))
            endOfLine = SyntaxFactory.LineFeed;
        UsingDirectiveSyntax directive = SyntaxFactory.UsingDirective(SyntaxFactory.ParseName(namespaceName))
            .NormalizeWhitespace()
            .WithTrailingTrivia(endOfLine)
            .WithAdditionalAnnotations(Formatter.Annotation);
        int index = 0;
        foreach (UsingDirectiveSyntax present in root.Usings)
        {
            bool sortsBefore = present.Alias is null
                && present.StaticKeyword.IsKind(SyntaxKind.None)
                && IsSystem(present.Name?.ToString()) >= IsSystem(namespaceName)
                && (IsSystem(present.Name?.ToString()) > IsSystem(namespaceName) || string.CompareOrdinal(present.Name?.ToString(), namespaceName) < 0);
            if (sortsBefore || !present.GlobalKeyword.IsKind(SyntaxKind.None))
                index = root.Usings.IndexOf(present) + 1;
        }

        if (index > 0 || root.Usings.Count > 0)
        {
            if (index == 0)
            {
                UsingDirectiveSyntax first = root.Usings[0];
                directive = directive.WithLeadingTrivia(first.GetLeadingTrivia());
                root = root.ReplaceNode(first, first.WithLeadingTrivia());
            }

            return root.WithUsings(root.Usings.Insert(index, directive));
        }

        SyntaxToken start = root.GetFirstToken();
        directive = directive.WithLeadingTrivia(start.LeadingTrivia).WithTrailingTrivia(endOfLine, endOfLine);
        return root.ReplaceToken(start, start.WithLeadingTrivia()).AddUsings(directive);
    }

    private static bool IsImported(CompilationUnitSyntax root, string namespaceName, SemanticModel model)
    {
        bool written = root.DescendantNodes(static node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
            .OfType<UsingDirectiveSyntax>()
            .Any(directive => directive.Alias is null && directive.StaticKeyword.IsKind(SyntaxKind.None) && directive.Name?.ToString() == namespaceName);
        if (written)
            return true;
        foreach (IImportScope scope in model.GetImportScopes(0))
        {
            if (scope.Imports.Any(import => import.NamespaceOrType is INamespaceSymbol imported && imported.ToDisplayString() == namespaceName))
                return true;
        }

        return false;
    }

    private static int IsSystem(string? name) =>
        name is not null && (name == "System" || name.StartsWith("System.", StringComparison.Ordinal)) ? 1 : 0;
}
