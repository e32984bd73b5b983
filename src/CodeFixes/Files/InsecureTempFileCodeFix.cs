using System.Collections.Immutable;
using System.Composition;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SecurityToolchain.CodeFixes.Files;

/// <summary>Fixes STC5002: a random name instead of Path.GetTempFileName.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(InsecureTempFileCodeFix)), Shared]
public sealed class InsecureTempFileCodeFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create("STC5002");

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => ProjectWideFixAll.Instance;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false) is not { } root)
            return;
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is not InvocationExpressionSyntax
                {
                    Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetTempFileName" } member,
                } call)
            {
                continue;
            }

            string path = member.Expression.WithoutTrivia().ToString();
            ExpressionSyntax random = SyntaxFactory.ParseExpression(path + ".Combine(" + path + ".GetTempPath(), " + path + ".GetRandomFileName())").WithTriviaFrom(call);
            context.RegisterCodeFix(
                CodeAction.Create(
                    "Use a random name",
                    _ => Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceNode(call, random))),
                    equivalenceKey: nameof(InsecureTempFileCodeFix)),
                diagnostic);
        }
    }
}
