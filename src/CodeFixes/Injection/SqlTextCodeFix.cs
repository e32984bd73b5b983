using System.Collections.Immutable;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace SecurityToolchain.CodeFixes.Injection;

/// <summary>A fix of a SQL text with values in it, for one kind of library; <see cref="SqlQueryCodeFix"/> asks them in turn.</summary>
public abstract class SqlTextCodeFix : CodeFixProvider
{
    /// <inheritdoc/>
    public sealed override ImmutableArray<string> FixableDiagnosticIds => SqlQueryCodeFix.FixableIds;

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => ProjectWideFixAll.Instance;

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        SemanticModel? model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        if (root is not null && model is not null && SqlTextTarget.Find(root, context.Span, model, context.CancellationToken) is { } target)
            Register(context, root, model, target);
    }

    /// <summary>Registers the fix where every condition for it holds.</summary>
    private protected abstract void Register(CodeFixContext context, SyntaxNode root, SemanticModel model, SqlTextTarget target);
}
