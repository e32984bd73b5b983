using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SecurityToolchain.Analyzers.Rules.Injection.SearchPath;

/// <summary>What the code around a start info sets on it.</summary>
internal static class StartInfoState
{
    /// <summary>Whether the member around a node sets UseShellExecute to true.</summary>
    public static bool UsesShell(SyntaxNode node)
    {
        SyntaxNode scope = node.FirstAncestorOrSelf<MemberDeclarationSyntax>(static member => member is not GlobalStatementSyntax) ?? node.SyntaxTree.GetRoot();
        return scope.DescendantNodes().OfType<AssignmentExpressionSyntax>().Any(static assignment =>
            assignment.Right.IsKind(SyntaxKind.TrueLiteralExpression)
            && assignment.Left is IdentifierNameSyntax { Identifier.ValueText: "UseShellExecute" } or MemberAccessExpressionSyntax { Name.Identifier.ValueText: "UseShellExecute" });
    }
}
