using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SecurityToolchain.CodeFixes.Cryptography;

/// <summary>Fixes STC2004: a key of 3072 bits, OAEP padding with SHA-256.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WeakKeyOrRsaPaddingCodeFix)), Shared]
public sealed class WeakKeyOrRsaPaddingCodeFix : ExpressionCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create("STC2004");

    private protected override (ExpressionSyntax Better, string Title)? Replace(ExpressionSyntax reported, Diagnostic diagnostic)
    {
        ExpressionSyntax? better = reported switch
        {
            MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Pkcs1" } padding => padding.WithName(SyntaxFactory.IdentifierName("OaepSHA256")),
            LiteralExpressionSyntax { RawKind: (int)SyntaxKind.FalseLiteralExpression } => SyntaxFactory.LiteralExpression(SyntaxKind.TrueLiteralExpression),
            LiteralExpressionSyntax { RawKind: (int)SyntaxKind.NumericLiteralExpression } => SyntaxFactory.ParseExpression("3072"),
            _ => null,
        };
        return better is null ? null : (better, "Use " + better.WithoutTrivia() + " (both sides must change)");
    }
}
