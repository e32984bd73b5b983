using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SecurityToolchain.CodeFixes.Files;

/// <summary>Fixes STC5002: a random name instead of Path.GetTempFileName.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(InsecureTempFileCodeFix)), Shared]
public sealed class InsecureTempFileCodeFix : ExpressionCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create("STC5002");

    private protected override (ExpressionSyntax Better, string Title)? Replace(ExpressionSyntax reported, Diagnostic diagnostic)
    {
        if (reported is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetTempFileName" } member })
            return null;
        string path = member.Expression.WithoutTrivia().ToString();
        return (SyntaxFactory.ParseExpression(path + ".Combine(" + path + ".GetTempPath(), " + path + ".GetRandomFileName())"), "Use a random name");
    }
}
