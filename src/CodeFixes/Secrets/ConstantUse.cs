using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FindSymbols;

namespace SecurityToolchain.CodeFixes.Secrets;

/// <summary>Says where the language wants a constant, so that no call can stand there.</summary>
internal static class ConstantUse
{
    /// <summary>Whether the expression stands where only a constant can.</summary>
    public static bool IsRequired(SyntaxNode expression)
    {
        for (SyntaxNode? node = expression; node is not null; node = node.Parent)
        {
            switch (node)
            {
                case AttributeArgumentSyntax or CaseSwitchLabelSyntax or PatternSyntax or EqualsValueClauseSyntax { Parent: ParameterSyntax or EnumMemberDeclarationSyntax }:
                    return true;
                case StatementSyntax or MemberDeclarationSyntax or AnonymousFunctionExpressionSyntax or ArgumentSyntax:
                    return false;
            }
        }

        return false;
    }

    /// <summary>The constant declaration whose value the expression is, or null.</summary>
    public static SyntaxNode? DeclarationOf(SyntaxNode expression) => expression.FirstAncestorOrSelf<EqualsValueClauseSyntax>() switch
    {
        { Parent: VariableDeclaratorSyntax { Parent.Parent: FieldDeclarationSyntax field } } when field.Modifiers.Any(SyntaxKind.ConstKeyword) => field,
        { Parent: VariableDeclaratorSyntax { Parent.Parent: LocalDeclarationStatementSyntax local } } when local.IsConst => local,
        _ => null,
    };

    /// <summary>Whether every constant of a declaration may become a variable: nothing that needs a constant uses it.</summary>
    public static async Task<bool> CanBecomeVariableAsync(SyntaxNode declaration, SemanticModel model, Solution solution, CancellationToken cancellationToken)
    {
        VariableDeclarationSyntax variables = declaration is FieldDeclarationSyntax field ? field.Declaration : ((LocalDeclarationStatementSyntax)declaration).Declaration;
        foreach (VariableDeclaratorSyntax variable in variables.Variables)
        {
            if (model.GetDeclaredSymbol(variable, cancellationToken) is not { } symbol)
                return false;
            foreach (ReferencedSymbol referenced in await SymbolFinder.FindReferencesAsync(symbol, solution, cancellationToken).ConfigureAwait(false))
            {
                foreach (ReferenceLocation location in referenced.Locations)
                {
                    SyntaxNode? root = await location.Document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
                    SyntaxNode? use = root?.FindNode(location.Location.SourceSpan, getInnermostNodeForTie: true);
                    if (use is null || IsRequired(use) || DeclarationOf(use) is not null)
                        return false;
                }
            }
        }

        return true;
    }
}
