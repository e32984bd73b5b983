using System;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using SecurityToolchain.Analyzers.Taint.Engine;

namespace SecurityToolchain.Analyzers.Rules;

/// <summary>
/// A rule that judges one operation or one body. Files that somebody's tool writes are judged only where
/// <c>security_toolchain.report_generated_code = true</c>: their author cannot fix them.
/// </summary>
public abstract class PatternAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public sealed override void Initialize(AnalysisContext context)
    {
        if (context is null)
            throw new ArgumentNullException(nameof(context));
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.RegisterCompilationStartAction(start =>
        {
            bool withGenerated = TaintOptions.Read(start.Options.AnalyzerConfigOptionsProvider, start.Compilation).ReportGeneratedCode;
            Start(new PatternRegistration(start, withGenerated));
        });
    }

    /// <summary>Resolves what the rule needs and registers its actions; nothing where the types are absent.</summary>
    private protected abstract void Start(PatternRegistration registration);
}
