using System.Collections.Immutable;
using System.Composition;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SecurityToolchain.CodeFixes.Cryptography;

/// <summary>Fixes STC2004: a key of 3072 bits, OAEP padding with SHA-256.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WeakKeyOrRsaPaddingCodeFix)), Shared]
public sealed class WeakKeyOrRsaPaddingCodeFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create("STC2004");

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
                MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Pkcs1" } padding => padding.WithName(SyntaxFactory.IdentifierName("OaepSHA256")),
                LiteralExpressionSyntax { RawKind: (int)SyntaxKind.FalseLiteralExpression } flag => SyntaxFactory.LiteralExpression(SyntaxKind.TrueLiteralExpression).WithTriviaFrom(flag),
                LiteralExpressionSyntax { RawKind: (int)SyntaxKind.NumericLiteralExpression } size => SyntaxFactory.ParseExpression("3072").WithTriviaFrom(size),
                _ => null,
            };
            if (better is null)
                continue;
            context.RegisterCodeFix(
                CodeAction.Create(
                    "Use " + better.WithoutTrivia() + " (both sides must change)",
                    _ => Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceNode(node, better))),
                    equivalenceKey: nameof(WeakKeyOrRsaPaddingCodeFix)),
                diagnostic);
        }
    }
}
