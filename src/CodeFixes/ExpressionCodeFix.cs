using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SecurityToolchain.CodeFixes;

/// <summary>A fix that puts a better expression in the place of the reported one and changes nothing else.</summary>
public abstract class ExpressionCodeFix : CodeFixProvider
{
    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => ProjectWideFixAll.Instance;

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false) is not { } root)
            return;
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is not ExpressionSyntax reported || Replace(reported, diagnostic) is not var (better, title))
                continue;
            context.RegisterCodeFix(
                CodeAction.Create(
                    title,
                    _ => Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceNode(reported, better.WithTriviaFrom(reported)))),
                    equivalenceKey: GetType().Name),
                diagnostic);
        }
    }

    /// <summary>The better expression and the title of the action; null where there is none.</summary>
    private protected abstract (ExpressionSyntax Better, string Title)? Replace(ExpressionSyntax reported, Diagnostic diagnostic);
}
