using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Rules.Injection.QueryText;
using SecurityToolchain.Analyzers.Taint.Engine;

namespace SecurityToolchain.Analyzers.Rules.Injection;

/// <summary>
/// STC1023: the text of a SQL command is not provably constant (CWE-89). A method that only passes a text on is not reported; its callers are.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SqlNotConstantAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(RuleCatalogue.SqlNotConstant);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        // Texts come from generated code and go into it; findings in it are left out below unless the user wants them.
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.RegisterCompilationStartAction(static start =>
        {
            if (SqlTextSinks.Create(start.Compilation) is not { } sinks)
                return;
            var review = new SqlTextReview(SourceIndex.For(start.Compilation));
            bool reportGenerated = TaintOptions.Read(start.Options.AnalyzerConfigOptionsProvider, start.Compilation).ReportGeneratedCode;
            start.RegisterOperationAction(
                operation => Analyze(operation, sinks, review, reportGenerated),
                OperationKind.Invocation,
                OperationKind.ObjectCreation,
                OperationKind.SimpleAssignment,
                OperationKind.CompoundAssignment,
                OperationKind.CoalesceAssignment);
        });
    }

    private static void Analyze(OperationAnalysisContext context, SqlTextSinks sinks, SqlTextReview review, bool reportGenerated)
    {
        foreach ((IOperation text, ISymbol member) in sinks.TextsIn(context.Operation))
        {
            if (text.ConstantValue.HasValue || text.Type?.SpecialType != SpecialType.System_String)
                continue;
            bool appended = context.Operation is ICompoundAssignmentOperation;
            foreach (SqlTextFinding finding in review.Find(text, appended, member, context.CancellationToken))
            {
                if (!reportGenerated && GeneratedCode.Contains(finding.Text.Syntax.SyntaxTree, context.Compilation, context.CancellationToken))
                    continue;
                if (finding.Text.SemanticModel is not { } file || !SqlFlows.For(file, context.Options, context.CancellationToken).Cover(finding.Text.Syntax))
                    context.ReportDiagnostic(finding.ToDiagnostic());
            }
        }
    }
}
