using System.Collections.Immutable;
using System.Composition;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SecurityToolchain.CodeFixes.Files;

/// <summary>Fixes STC5003: leaves out the flags that let others write.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WorldWritablePermissionsCodeFix)), Shared]
public sealed class WorldWritablePermissionsCodeFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create("STC5003");

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => ProjectWideFixAll.Instance;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false) is not { } root)
            return;
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is not BinaryExpressionSyntax mode || Without(mode) is not { } tight)
                continue;
            context.RegisterCodeFix(
                CodeAction.Create(
                    "Leave out what lets others write",
                    _ => Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceNode(mode, tight.WithTriviaFrom(mode)))),
                    equivalenceKey: nameof(WorldWritablePermissionsCodeFix)),
                diagnostic);
        }
    }

    /// <summary>The flags without the dangerous ones; null when none is left.</summary>
    private static ExpressionSyntax? Without(ExpressionSyntax flags)
    {
        switch (flags)
        {
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.BitwiseOrExpression } both:
                ExpressionSyntax? left = Without(both.Left);
                ExpressionSyntax? right = Without(both.Right);
                if (left is null || right is null)
                    return left ?? right;
                return both.WithLeft(left.WithTriviaFrom(both.Left)).WithRight(right.WithTriviaFrom(both.Right));
            case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "OtherWrite" or "SetUser" or "SetGroup" }:
                return null;
            default:
                return flags;
        }
    }
}
