using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace SecurityToolchain.CodeFixes.Injection;

/// <summary>Turns the values in the text of an ADO.NET command into parameters of the command.</summary>
public sealed class SqlParameterCodeFix : SqlTextCodeFix
{
    private const string Title = "Pass the values as parameters";

    private protected override void Register(CodeFixContext context, SyntaxNode root, SemanticModel model, SqlTextTarget target)
    {
        if (SqlCommandTarget.Find(target.AtSink, model, context.CancellationToken) is not { } command)
            return;

        ImmutableArray<SqlSegment> segments = SqlTemplateReader.Read(target.Made, model, context.CancellationToken);
        if (segments.IsEmpty || SqlParameterPlan.Create(segments, command.TakenNames(), keepsInertParts: true) is not { } plan)
            return;
        if (plan.Values.Any(value => HasSideEffect(value.Expression)) || (command.Style == SqlParameterStyle.Positional && plan.Parts.Count(static part => part.Value is not null) != plan.Values.Count))
            return;
        context.RegisterCodeFix(
            CodeAction.Create(Title, cancellation => ApplyAsync(context.Document, target, command, plan, cancellation), equivalenceKey: nameof(SqlQueryCodeFix)),
            context.Diagnostics);
    }

    /// <summary>The value is read in another statement afterwards, so it must not do anything.</summary>
    private static bool HasSideEffect(ExpressionSyntax expression) => expression.DescendantNodesAndSelf().Any(static node =>
        node is AssignmentExpressionSyntax or AwaitExpressionSyntax or DeclarationExpressionSyntax
        || node.IsKind(SyntaxKind.PostIncrementExpression) || node.IsKind(SyntaxKind.PostDecrementExpression)
        || node.IsKind(SyntaxKind.PreIncrementExpression) || node.IsKind(SyntaxKind.PreDecrementExpression));

    private static async Task<Document> ApplyAsync(Document document, SqlTextTarget target, SqlCommandTarget command, SqlParameterPlan plan, CancellationToken cancellation)
    {
        DocumentEditor editor = await DocumentEditor.CreateAsync(document, cancellation).ConfigureAwait(false);
        editor.ReplaceNode(target.Made, SqlText.WithParameters(plan, command.Prefix).WithTriviaFrom(target.Made));
        IReadOnlyList<StatementSyntax> statements = SqlParameterStatements.Write(command, plan);
        if (command.Block is { } block)
        {
            if (block.Statements.Count > 0)
                editor.InsertBefore(block.Statements[0], statements);
            else
                editor.ReplaceNode(block, block.WithStatements(SyntaxFactory.List(statements)));
        }
        else if (command.Statement.Parent is GlobalStatementSyntax global)
        {
            editor.InsertAfter(global, statements.Select(static statement => SyntaxFactory.GlobalStatement(statement)));
        }
        else
        {
            editor.InsertAfter(command.Statement, statements);
        }

        return editor.GetChangedDocument();
    }
}
