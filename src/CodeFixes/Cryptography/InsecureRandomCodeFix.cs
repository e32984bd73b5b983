using System.Collections.Generic;
using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using SecurityToolchain.CodeFixes.Syntax;

namespace SecurityToolchain.CodeFixes.Cryptography;

/// <summary>Fixes STC2008: draws the value from RandomNumberGenerator with the same range and alphabet.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(InsecureRandomCodeFix)), Shared]
public sealed class InsecureRandomCodeFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create("STC2008");

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => FixAllProvider.Create(static async (context, document, diagnostics) =>
        await FixAsync(document, diagnostics, context.CancellationToken).ConfigureAwait(false));

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
            if (Calls(root, diagnostic, model).Count == 0)
                continue;
            context.RegisterCodeFix(
                CodeAction.Create(
                    "Use RandomNumberGenerator with the same range",
                    cancellation => FixAsync(context.Document, [diagnostic], cancellation),
                    equivalenceKey: nameof(InsecureRandomCodeFix)),
                diagnostic);
        }
    }

    /// <summary>Rewrites the calls of System.Random behind the findings.</summary>
    internal static async Task<Document> FixAsync(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        if (await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not CompilationUnitSyntax root
            || await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } model)
        {
            return document;
        }

        var calls = new HashSet<InvocationExpressionSyntax>(diagnostics.SelectMany(diagnostic => Calls(root, diagnostic, model)));
        if (calls.Count == 0)
            return document;
        LocalDeclarationStatementSyntax[] unused = [.. calls
            .Select(call => SecureRandomCall.GeneratorDeclaration(call, model))
            .OfType<LocalDeclarationStatementSyntax>()
            .Distinct()
            .Where(declaration => IsOnlyUsedBy(declaration, calls))];

        CompilationUnitSyntax changed = root.TrackNodes(calls.Cast<SyntaxNode>().Concat(unused));
        foreach (InvocationExpressionSyntax call in calls.OrderByDescending(static call => call.SpanStart))
        {
            InvocationExpressionSyntax current = changed.GetCurrentNode(call)!;
            changed = changed.ReplaceNode(current, SecureRandomCall.Rewrite(call, model)!.WithAdditionalAnnotations(Formatter.Annotation));
        }

        foreach (LocalDeclarationStatementSyntax declaration in unused)
            changed = changed.RemoveNode(changed.GetCurrentNode(declaration)!, SyntaxRemoveOptions.KeepNoTrivia)!;
        changed = UsingDirectives.Add(changed, "System.Security.Cryptography", model);
        return document.WithSyntaxRoot(changed);
    }

    /// <summary>The calls of System.Random on the way of a flow that can be rewritten; nested calls are left for the next round.</summary>
    internal static List<InvocationExpressionSyntax> Calls(CompilationUnitSyntax root, Diagnostic diagnostic, SemanticModel model)
    {
        var calls = new List<InvocationExpressionSyntax>();
        foreach (ExpressionSyntax step in FlowSource.Steps(root, diagnostic))
        {
            IEnumerable<InvocationExpressionSyntax> candidates = step.DescendantNodesAndSelf().OfType<InvocationExpressionSyntax>()
                .Concat(step.Parent?.Parent is ArgumentListSyntax { Parent: InvocationExpressionSyntax call } ? [call] : [])
                .Concat(step.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax outer } ? [outer] : []);
            foreach (InvocationExpressionSyntax candidate in candidates)
            {
                bool isNested = calls.Any(known => known.Span.Contains(candidate.Span) || candidate.Span.Contains(known.Span));
                if (!isNested && SecureRandomCall.Rewrite(candidate, model) is not null)
                    calls.Add(candidate);
            }
        }

        return calls;
    }

    private static bool IsOnlyUsedBy(LocalDeclarationStatementSyntax declaration, HashSet<InvocationExpressionSyntax> calls)
    {
        string name = declaration.Declaration.Variables[0].Identifier.ValueText;
        return declaration.Parent!.DescendantNodes()
            .OfType<IdentifierNameSyntax>()
            .Where(identifier => identifier.Identifier.ValueText == name)
            .All(identifier => identifier.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } && calls.Contains(call));
    }
}
