using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace SecurityToolchain.CodeFixes;

/// <summary>
/// Fix-all for providers whose only action has the provider's type name as its equivalence key. <c>dotnet format</c> takes the key from
/// the first finding of a solution; where the provider has nothing for just that one, it asks with no key, and Roslyn's own provider
/// would then fix nothing at all.
/// </summary>
internal sealed class ProjectWideFixAll : FixAllProvider
{
    private ProjectWideFixAll()
    {
    }

    /// <summary>The one instance; it has no state.</summary>
    public static ProjectWideFixAll Instance { get; } = new();

    /// <inheritdoc/>
    public override IEnumerable<FixAllScope> GetSupportedFixAllScopes() => WellKnownFixAllProviders.BatchFixer.GetSupportedFixAllScopes();

    /// <inheritdoc/>
    public override Task<CodeAction?> GetFixAsync(FixAllContext fixAllContext)
    {
        if (fixAllContext is null)
            throw new ArgumentNullException(nameof(fixAllContext));
        return WellKnownFixAllProviders.BatchFixer.GetFixAsync(fixAllContext.CodeActionEquivalenceKey is null ? WithKey(fixAllContext) : fixAllContext);
    }

    private static FixAllContext WithKey(FixAllContext context)
    {
        string key = context.CodeFixProvider.GetType().Name;
        var findings = new FindingsOf(context);
        return context.Document is { } document
            ? new FixAllContext(document, context.CodeFixProvider, context.Scope, key, context.DiagnosticIds, findings, context.CancellationToken)
            : new FixAllContext(context.Project, context.CodeFixProvider, context.Scope, key, context.DiagnosticIds, findings, context.CancellationToken);
    }

    private sealed class FindingsOf(FixAllContext context) : FixAllContext.DiagnosticProvider
    {
        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) =>
            await context.GetDocumentDiagnosticsAsync(document).ConfigureAwait(false);

        public override async Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            await context.GetProjectDiagnosticsAsync(project).ConfigureAwait(false);

        public override async Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            await context.GetAllDiagnosticsAsync(project).ConfigureAwait(false);
    }
}
