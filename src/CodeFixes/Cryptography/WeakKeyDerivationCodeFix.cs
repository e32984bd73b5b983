using System.Collections.Immutable;
using System.Composition;
using System.Globalization;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SecurityToolchain.CodeFixes.Cryptography;

/// <summary>Fixes STC2007: raises the number of iterations to what the hash needs. Hashes that are stored already keep their old number.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WeakKeyDerivationCodeFix)), Shared]
public sealed class WeakKeyDerivationCodeFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create("STC2007");

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => ProjectWideFixAll.Instance;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false) is not { } root)
            return;
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (!diagnostic.Properties.TryGetValue("iterations", out string? wanted) || !int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out int count)
                || root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is not ExpressionSyntax { Parent: ArgumentSyntax } iterations
                || iterations is ObjectCreationExpressionSyntax or ImplicitObjectCreationExpressionSyntax)
            {
                continue;
            }

            string text = count.ToString("N0", CultureInfo.InvariantCulture).Replace(',', '_');
            context.RegisterCodeFix(
                CodeAction.Create(
                    "Use " + text + " iterations for new hashes",
                    _ => Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceNode(iterations, SyntaxFactory.ParseExpression(text).WithTriviaFrom(iterations)))),
                    equivalenceKey: nameof(WeakKeyDerivationCodeFix)),
                diagnostic);
        }
    }
}
