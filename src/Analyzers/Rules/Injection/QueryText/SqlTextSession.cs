using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Taint.Engine;

namespace SecurityToolchain.Analyzers.Rules.Injection.QueryText;

/// <summary>The SQL texts of one compilation. Thread-safe.</summary>
internal sealed class SqlTextSession(SqlTextSinks sinks, Compilation compilation, AnalyzerOptions options)
{
    private readonly bool _reportGenerated = TaintOptions.Read(options.AnalyzerConfigOptionsProvider, compilation).ReportGeneratedCode;
    private readonly ConcurrentDictionary<SyntaxNode, byte> _reported = new();
    private readonly ConcurrentBag<(IOperation Text, bool IsAppended, ISymbol Member)> _open = [];

    /// <summary>Reports the texts in an operation that their own file explains and keeps the others.</summary>
    public void LookAt(OperationAnalysisContext context)
    {
        foreach ((IOperation text, ISymbol member) in sinks.TextsIn(context.Operation))
        {
            if (text.ConstantValue.HasValue || text.Type?.SpecialType != SpecialType.System_String)
                continue;
            bool isAppended = context.Operation is ICompoundAssignmentOperation;
            SourceIndex file = SourceIndex.Within(compilation, text.Syntax.SyntaxTree);
            IReadOnlyList<SqlTextFinding> findings = new SqlTextReview(file).Find(text, isAppended, member, context.CancellationToken);
            if (file.IsIncomplete)
                _open.Add((text, isAppended, member));
            else
                Report(findings, context.ReportDiagnostic, context.CancellationToken);
        }
    }

    /// <summary>Reports the texts for which the whole compilation had to be known.</summary>
    public void Finish(CompilationAnalysisContext context)
    {
        if (_open.IsEmpty)
            return;
        var review = new SqlTextReview(SourceIndex.For(compilation));
        // In a fixed order: of two commands that get one text, the same one is named on each run.
        foreach ((IOperation text, bool isAppended, ISymbol member) in _open
            .OrderBy(static one => one.Text.Syntax.SyntaxTree.FilePath, StringComparer.Ordinal).ThenBy(static one => one.Text.Syntax.SpanStart))
        {
            Report(review.Find(text, isAppended, member, context.CancellationToken), context.ReportDiagnostic, context.CancellationToken);
        }
    }

    private void Report(IReadOnlyList<SqlTextFinding> findings, Action<Diagnostic> report, CancellationToken cancellation)
    {
        foreach (SqlTextFinding finding in findings)
        {
            if (!_reportGenerated && GeneratedCode.Contains(finding.Text.Syntax.SyntaxTree, compilation, cancellation))
                continue;
            if (finding.Text.SemanticModel is { } file && SqlFlows.For(file, options, cancellation).Cover(finding.Text.Syntax))
                continue;
            if (_reported.TryAdd(finding.Text.Syntax, 0))
                report(finding.ToDiagnostic());
        }
    }
}
