using System.Collections.Immutable;
using System.Composition;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SecurityToolchain.CodeFixes.Cryptography;

/// <summary>Fixes STC2003: CBC instead of ECB, a tag of 16 bytes.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(InsecureCipherModeCodeFix)), Shared]
public sealed class InsecureCipherModeCodeFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create("STC2003");

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => ProjectWideFixAll.Instance;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false) is not { } root)
            return;
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            SyntaxNode node = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
            ExpressionSyntax? better = node switch
            {
                MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ECB" } mode => mode.WithName(SyntaxFactory.IdentifierName("CBC")),
                LiteralExpressionSyntax { RawKind: (int)SyntaxKind.NumericLiteralExpression } size => SyntaxFactory.ParseExpression("16").WithTriviaFrom(size),
                _ => null,
            };
            if (better is null)
                continue;
            context.RegisterCodeFix(
                CodeAction.Create(
                    "Use " + better.WithoutTrivia(),
                    _ => Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceNode(node, better))),
                    equivalenceKey: nameof(InsecureCipherModeCodeFix)),
                diagnostic);
        }
    }
}
