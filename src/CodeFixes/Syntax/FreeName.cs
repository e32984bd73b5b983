using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SecurityToolchain.CodeFixes.Syntax;

/// <summary>Finds a name for a new local.</summary>
internal static class FreeName
{
    /// <summary>The wanted name, or the wanted name and a number where the member uses the name already.</summary>
    public static string Near(SyntaxNode node, string wanted)
    {
        SyntaxNode scope = node.FirstAncestorOrSelf<MemberDeclarationSyntax>(static member => member is not GlobalStatementSyntax) ?? node.SyntaxTree.GetRoot();
        string name = wanted;
        for (int number = 2; IsTaken(scope, name); number++)
            name = wanted + number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return name;
    }

    private static bool IsTaken(SyntaxNode scope, string name) =>
        scope.DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == name);
}
