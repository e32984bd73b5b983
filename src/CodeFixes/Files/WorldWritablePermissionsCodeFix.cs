using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SecurityToolchain.CodeFixes.Files;

/// <summary>Fixes STC5003: leaves out the flags that let others write.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WorldWritablePermissionsCodeFix)), Shared]
public sealed class WorldWritablePermissionsCodeFix : ExpressionCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create("STC5003");

    private protected override (ExpressionSyntax Better, string Title)? Replace(ExpressionSyntax reported, Diagnostic diagnostic) =>
        reported is BinaryExpressionSyntax mode && Without(mode) is { } tight ? (tight, "Leave out what lets others write") : null;

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
