using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SecurityToolchain.CodeFixes.Cryptography;

/// <summary>Fixes STC2003: CBC instead of ECB, a tag of 16 bytes.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(InsecureCipherModeCodeFix)), Shared]
public sealed class InsecureCipherModeCodeFix : ExpressionCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create("STC2003");

    private protected override (ExpressionSyntax Better, string Title)? Replace(ExpressionSyntax reported, Diagnostic diagnostic) => reported switch
    {
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ECB" } mode => (mode.WithName(SyntaxFactory.IdentifierName("CBC")), "Use " + mode.Expression.WithoutTrivia() + ".CBC"),
        LiteralExpressionSyntax { RawKind: (int)SyntaxKind.NumericLiteralExpression } => (SyntaxFactory.ParseExpression("16"), "Use 16"),
        _ => null,
    };
}
