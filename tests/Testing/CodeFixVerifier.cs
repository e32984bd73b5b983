using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace SecurityToolchain.Testing;

/// <summary>Applies code fixes and compares the result; every result must compile.</summary>
public static class CodeFixVerifier
{
    private const int MostRounds = 50;

    /// <summary>
    /// Checks the marks in <paramref name="before"/>, applies the fix to one finding after the other until none is fixable, compares
    /// with <paramref name="after"/>, then does the same with fix-all. What <paramref name="after"/> marks may remain; all else must be gone.
    /// </summary>
    /// <exception cref="VerificationException">A mark, the fixed text or the fix-all text differs, or a result does not compile.</exception>
    public static async Task VerifyAsync<TAnalyzer, TFix>(string before, string after, VerifierOptions? options = null)
        where TAnalyzer : DiagnosticAnalyzer, new()
        where TFix : CodeFixProvider, new()
    {
        options ??= VerifierOptions.Default;
        await Verifier.VerifyAsync<TAnalyzer>(before, options).ConfigureAwait(false);
        string expected = Markup.Parse(after).Text;

        string oneByOne = await FixOneByOneAsync<TAnalyzer, TFix>(before, options).ConfigureAwait(false);
        Compare("one by one", expected, oneByOne);
        await Verifier.VerifyAsync<TAnalyzer>(after, options).ConfigureAwait(false);

        string all = await FixAllAsync<TAnalyzer, TFix>(before, options).ConfigureAwait(false);
        Compare("fix all", expected, all);
    }

    /// <summary>Fails when the fix offers anything for the findings in a source.</summary>
    public static async Task VerifyNoFixAsync<TAnalyzer, TFix>(string marked, VerifierOptions? options = null)
        where TAnalyzer : DiagnosticAnalyzer, new()
        where TFix : CodeFixProvider, new()
    {
        options ??= VerifierOptions.Default;
        await Verifier.VerifyAsync<TAnalyzer>(marked, options).ConfigureAwait(false);
        string result = await FixOneByOneAsync<TAnalyzer, TFix>(marked, options).ConfigureAwait(false);
        Compare("no fix", Markup.Parse(marked).Text, result);
    }

    /// <summary>Applies the fix to one finding after the other and returns the text of the main source.</summary>
    public static async Task<string> FixOneByOneAsync<TAnalyzer, TFix>(string before, VerifierOptions options)
        where TAnalyzer : DiagnosticAnalyzer, new()
        where TFix : CodeFixProvider, new()
    {
        using var workspace = new AdhocWorkspace();
        (Document document, var files) = Open(workspace, before, options);
        var fix = new TFix();
        for (int round = 0; round < MostRounds; round++)
        {
            bool changed = false;
            foreach (Diagnostic diagnostic in await FixableAsync<TAnalyzer>(document, fix, options, files).ConfigureAwait(false))
            {
                CodeAction? action = await OfferAsync(document, diagnostic, fix, options).ConfigureAwait(false);
                if (action is null)
                    continue;
                document = await ApplyAsync(document, action).ConfigureAwait(false);
                changed = true;
                break;
            }

            if (!changed)
                return (await document.GetTextAsync().ConfigureAwait(false)).ToString();
        }

        throw new VerificationException($"The fix does not come to an end in {MostRounds} rounds.");
    }

    /// <summary>Applies fix-all in the main source and returns its text.</summary>
    public static async Task<string> FixAllAsync<TAnalyzer, TFix>(string before, VerifierOptions options)
        where TAnalyzer : DiagnosticAnalyzer, new()
        where TFix : CodeFixProvider, new()
    {
        using var workspace = new AdhocWorkspace();
        (Document document, var files) = Open(workspace, before, options);
        var fix = new TFix();
        FixAllProvider provider = fix.GetFixAllProvider() ?? throw new VerificationException(typeof(TFix).Name + " has no fix-all provider.");
        for (int round = 0; round < MostRounds; round++)
        {
            ImmutableArray<Diagnostic> fixable = await FixableAsync<TAnalyzer>(document, fix, options, files).ConfigureAwait(false);
            CodeAction? first = null;
            foreach (Diagnostic diagnostic in fixable)
            {
                first = await OfferAsync(document, diagnostic, fix, options).ConfigureAwait(false);
                if (first is not null)
                    break;
            }

            if (first is null)
                break;
            var context = new FixAllContext(
                document, fix, FixAllScope.Document, first.EquivalenceKey!, fix.FixableDiagnosticIds, new Known(fixable), CancellationToken.None);
            CodeAction action = await provider.GetFixAsync(context).ConfigureAwait(false)
                ?? throw new VerificationException("Fix-all offers nothing where a single fix does.");
            document = await ApplyAsync(document, action).ConfigureAwait(false);
        }

        return (await document.GetTextAsync().ConfigureAwait(false)).ToString();
    }

    private static (Document Document, (string Path, string Text)[] AdditionalFiles) Open(AdhocWorkspace workspace, string before, VerifierOptions options)
    {
        var sources = options.Sources.Select(static source => (source.Key, Markup.Parse(source.Value).Text));
        Project project = TestProject.Create(workspace, options, sources.Prepend((options.FileName, Markup.Parse(before).Text)));
        var files = options.AdditionalFiles.Select(static file => (file.Key, Markup.Parse(file.Value).Text)).ToArray();
        return (project.Documents.First(document => document.Name == options.FileName), files);
    }

    private static async Task<ImmutableArray<Diagnostic>> FixableAsync<TAnalyzer>(
        Document document, CodeFixProvider fix, VerifierOptions options, (string Path, string Text)[] files)
        where TAnalyzer : DiagnosticAnalyzer, new()
    {
        ImmutableArray<Diagnostic> found = await TestProject.AnalyzeAsync(document.Project, new TAnalyzer(), options, files).ConfigureAwait(false);
        SyntaxTree? tree = await document.GetSyntaxTreeAsync().ConfigureAwait(false);
        return [.. found.Where(diagnostic => diagnostic.Location.SourceTree == tree && fix.FixableDiagnosticIds.Contains(diagnostic.Id))];
    }

    private static async Task<CodeAction?> OfferAsync(Document document, Diagnostic diagnostic, CodeFixProvider fix, VerifierOptions options)
    {
        var offered = new List<CodeAction>();
        await fix.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => offered.Add(action), CancellationToken.None)).ConfigureAwait(false);
        return offered.FirstOrDefault(action => options.CodeActionKey is null || action.EquivalenceKey == options.CodeActionKey);
    }

    private static async Task<Document> ApplyAsync(Document document, CodeAction action)
    {
        foreach (CodeActionOperation operation in await action.GetOperationsAsync(CancellationToken.None).ConfigureAwait(false))
        {
            if (operation is ApplyChangesOperation apply)
                return apply.ChangedSolution.GetDocument(document.Id) ?? throw new VerificationException("The fix removed the document.");
        }

        throw new VerificationException($"The action '{action.Title}' changes nothing.");
    }

    private static void Compare(string mode, string expected, string actual)
    {
        if (expected.ReplaceLineEndings("\n") != actual.ReplaceLineEndings("\n"))
            throw new VerificationException($"Fixed {mode}, expected:\n{expected}\n---- but got:\n{actual}");
    }

    private sealed class Known(ImmutableArray<Diagnostic> diagnostics) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>(diagnostics);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>([]);

        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>(diagnostics);
    }
}
