using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using SecurityToolchain.Analyzers.Rules.Injection.QueryText;

namespace SecurityToolchain.Analyzers.Rules.Injection;

/// <summary>
/// STC1023: the text of a SQL command is not provably constant (CWE-89). A method that only passes a text on is not reported; its callers are.
/// Texts that their own file explains are judged while the file is edited, the others when the whole compilation is known.
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
            var session = new SqlTextSession(sinks, start.Compilation, start.Options);
            start.RegisterOperationAction(
                session.LookAt,
                OperationKind.Invocation,
                OperationKind.ObjectCreation,
                OperationKind.SimpleAssignment,
                OperationKind.CompoundAssignment,
                OperationKind.CoalesceAssignment);
            start.RegisterCompilationEndAction(session.Finish);
        });
    }
}
