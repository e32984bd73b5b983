using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SecurityToolchain.CodeFixes.Injection;

/// <summary>The expression that makes a SQL text: at the sink itself, or the initializer of a local that is used only there.</summary>
/// <param name="AtSink">The expression at the sink.</param>
/// <param name="Made">The expression that puts the text together.</param>
/// <param name="Local">The declaration of the local, or null when the text is made at the sink.</param>
internal readonly record struct SqlTextTarget(ExpressionSyntax AtSink, ExpressionSyntax Made, VariableDeclarationSyntax? Local)
{
    /// <summary>Finds where the text at a finding is made; null when that is not one expression.</summary>
    public static SqlTextTarget? Find(SyntaxNode root, Microsoft.CodeAnalysis.Text.TextSpan span, SemanticModel model, CancellationToken cancellation)
    {
        if (root.FindNode(span, getInnermostNodeForTie: true) is not ExpressionSyntax found)
            return null;
        if (found is not IdentifierNameSyntax identifier)
            return new SqlTextTarget(found, found, null);
        if (model.GetSymbolInfo(identifier, cancellation).Symbol is not ILocalSymbol { DeclaringSyntaxReferences: [var reference] }
            || reference.GetSyntax(cancellation) is not VariableDeclaratorSyntax { Initializer.Value: { } value, Parent: VariableDeclarationSyntax { Variables.Count: 1 } declaration } declarator
            || declaration.Parent is not LocalDeclarationStatementSyntax { Parent: { } scope })
        {
            return null;
        }

        string name = declarator.Identifier.ValueText;
        SyntaxNode searched = scope is GlobalStatementSyntax ? scope.Parent! : scope;
        int uses = searched.DescendantNodes().OfType<IdentifierNameSyntax>().Count(one => one.Identifier.ValueText == name);
        return uses == 1 && !IsRewritten(value, searched, declarator.SpanStart, identifier.SpanStart) ? new SqlTextTarget(found, value, declaration) : null;
    }

    /// <summary>Whether a variable in the text gets another value between the text and its use, so that reading it later would change the meaning.</summary>
    private static bool IsRewritten(ExpressionSyntax value, SyntaxNode scope, int from, int to)
    {
        foreach (ExpressionSyntax written in scope.DescendantNodes().OfType<AssignmentExpressionSyntax>().Where(one => one.SpanStart > from && one.SpanStart < to).Select(static one => one.Left))
        {
            string target = written.ToString();
            if (value.DescendantNodesAndSelf().Any(node => node is ExpressionSyntax && node.ToString() == target))
                return true;
        }

        return false;
    }
}
