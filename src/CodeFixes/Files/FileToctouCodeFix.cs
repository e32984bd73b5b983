using System;
using System.Collections.Immutable;
using System.Composition;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SecurityToolchain.Analyzers.Rules.Files;
using SecurityToolchain.Analyzers.Rules.Files.Toctou;
using SecurityToolchain.CodeFixes.Files.Toctou;
using SecurityToolchain.CodeFixes.Syntax;

namespace SecurityToolchain.CodeFixes.Files;

/// <summary>
/// Fixes STC5001 by the shape of check and use: creates exclusively, drops a check that the operation does not need, overwrites in one
/// step, or tries the operation and handles that the answer was different.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(FileToctouCodeFix)), Shared]
public sealed class FileToctouCodeFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create("STC5001");

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => ProjectWideFixAll.Instance;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false) is not CompilationUnitSyntax root
            || await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false) is not { } model)
        {
            return;
        }

        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (Find(root, diagnostic, model) is not { } race)
                continue;
            RaceRewrite? rewrite = ExclusiveCreation.Rewrite(race) ?? RedundantCheck.Rewrite(race) ?? TryInstead.Rewrite(race);
            if (rewrite is null)
                continue;
            context.RegisterCodeFix(
                CodeAction.Create(rewrite.Title, _ => Task.FromResult(Apply(context.Document, root, model, rewrite)), equivalenceKey: nameof(FileToctouCodeFix)),
                diagnostic);
        }
    }

    private static RaceSite? Find(CompilationUnitSyntax root, Diagnostic diagnostic, SemanticModel model)
    {
        if (!diagnostic.Properties.TryGetValue(FileToctouAnalyzer.UseProperty, out string? use)
            || !Enum.TryParse(use, out UseKind kind)
            || !diagnostic.Properties.TryGetValue(FileToctouAnalyzer.AnswerProperty, out string? answer)
            || !diagnostic.Properties.TryGetValue(FileToctouAnalyzer.CheckProperty, out string? check)
            || !Enum.TryParse(check, out CheckKind checkKind)
            || diagnostic.AdditionalLocations is not [{ } checkLocation, ..]
            || checkLocation.SourceTree != root.SyntaxTree)
        {
            return null;
        }

        SyntaxNode useNode = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
        SyntaxNode checkNode = root.FindNode(checkLocation.SourceSpan, getInnermostNodeForTie: true);
        return useNode is ExpressionSyntax useExpression && checkNode is ExpressionSyntax checkExpression
            ? new RaceSite(useExpression, kind, checkExpression, checkKind, answer == bool.TrueString, model)
            : null;
    }

    private static Document Apply(Document document, CompilationUnitSyntax root, SemanticModel model, RaceRewrite rewrite)
    {
        CompilationUnitSyntax changed = rewrite.Apply(root);
        foreach (string name in rewrite.Namespaces)
            changed = UsingDirectives.Add(changed, name, model);
        return document.WithSyntaxRoot(changed);
    }
}
