using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using SecurityToolchain.CompilationCost;

namespace SecurityToolchain.Taint.Benchmarks.Editing;

/// <summary>A project in a workspace, and what an editor asks for after each change of the open document.</summary>
internal sealed class Editor : IDisposable
{
    private readonly AdhocWorkspace _workspace = new();
    private readonly DocumentId _document;
    private readonly ProjectId _project;
    private readonly Dictionary<string, TimeSpan> _times = new(StringComparer.Ordinal);

    public Editor(Corpus corpus, LargeFile file)
    {
        CSharpCompilation compilation = corpus.Compile(AnalyzerSet.Nothing);
        var parts = file.Parts.ToHashSet();
        _project = ProjectId.CreateNewId();
        _document = DocumentId.CreateNewId(_project);
        var documents = new List<DocumentInfo> { Document(_document, "/corpus/Edited.cs", SourceText.From(file.Text)) };
        documents.AddRange(corpus.Trees.Where(tree => !parts.Contains(tree)).Select(tree => Document(DocumentId.CreateNewId(_project), tree.FilePath, tree.GetText())));
        _workspace.AddProject(ProjectInfo.Create(
            _project, VersionStamp.Create(), "Corpus", "Corpus", LanguageNames.CSharp, compilationOptions: compilation.Options,
            parseOptions: (CSharpParseOptions)corpus.Trees[0].Options, documents: documents, metadataReferences: compilation.References));
    }

    /// <summary>The time in each analyzer's actions so far.</summary>
    public IReadOnlyDictionary<string, TimeSpan> Times => _times;

    /// <summary>The document's errors before any edit, which must be none.</summary>
    public async Task<ImmutableArray<Diagnostic>> ErrorsAsync()
    {
        Compilation compilation = (await _workspace.CurrentSolution.GetProject(_project)!.GetCompilationAsync().ConfigureAwait(false))!;
        return [.. compilation.GetDiagnostics().Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)];
    }

    /// <summary>Puts a text into the document and asks for its diagnostics.</summary>
    public async Task<EditCost> ChangeAsync(SourceText text, AnalyzerSet set)
    {
        using var process = Process.GetCurrentProcess();
        TimeSpan cpu = process.TotalProcessorTime;
        var wall = Stopwatch.StartNew();

        Solution changed = _workspace.CurrentSolution.WithDocumentText(_document, text);
        Document document = changed.GetDocument(_document)!;
        Compilation compilation = (await document.Project.GetCompilationAsync().ConfigureAwait(false))!;
        SyntaxTree tree = (await document.GetSyntaxTreeAsync().ConfigureAwait(false))!;
        int findings = set.Analyzers.IsEmpty ? compilation.GetSemanticModel(tree).GetDiagnostics().Length : await AnalyzeAsync(compilation, tree, set).ConfigureAwait(false);

        wall.Stop();
        process.Refresh();
        if (!_workspace.TryApplyChanges(changed))
            throw new InvalidOperationException("The workspace refused the edit.");
        return new EditCost((process.TotalProcessorTime - cpu).TotalMilliseconds, wall.Elapsed.TotalMilliseconds, findings);
    }

    /// <inheritdoc/>
    public void Dispose() => _workspace.Dispose();

    private static DocumentInfo Document(DocumentId id, string path, SourceText text) =>
        DocumentInfo.Create(id, Path.GetFileName(path), loader: TextLoader.From(TextAndVersion.Create(text, VersionStamp.Create())), filePath: path);

    private async Task<int> AnalyzeAsync(Compilation compilation, SyntaxTree tree, AnalyzerSet set)
    {
        CompilationWithAnalyzers analysis = compilation.WithAnalyzers(set.Analyzers, new CompilationWithAnalyzersOptions(
            new AnalyzerOptions(set.AdditionalFiles), OnException, concurrentAnalysis: true, logAnalyzerExecutionTime: true, reportSuppressedDiagnostics: false));
        SemanticModel model = analysis.Compilation.GetSemanticModel(tree);
        ImmutableArray<Diagnostic> syntax = await analysis.GetAnalyzerSyntaxDiagnosticsAsync(tree, CancellationToken.None).ConfigureAwait(false);
        ImmutableArray<Diagnostic> semantic = await analysis.GetAnalyzerSemanticDiagnosticsAsync(model, filterSpan: null, CancellationToken.None).ConfigureAwait(false);
        foreach (DiagnosticAnalyzer analyzer in set.Analyzers)
        {
            string name = analyzer.GetType().Name;
            _times[name] = _times.GetValueOrDefault(name) + (await analysis.GetAnalyzerTelemetryInfoAsync(analyzer, CancellationToken.None).ConfigureAwait(false)).ExecutionTime;
        }

        return syntax.Length + semantic.Length;
    }

    private static void OnException(Exception exception, DiagnosticAnalyzer analyzer, Diagnostic diagnostic) =>
        throw new InvalidOperationException($"{analyzer.GetType().Name} threw.", exception);
}
