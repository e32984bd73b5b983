using System;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace SecurityToolchain.Analyzers.Rules;

/// <summary>Registers a rule's actions for one compilation; they see generated code only where the user wants findings in it.</summary>
internal sealed class PatternRegistration
{
    private readonly CompilationStartAnalysisContext _start;
    private readonly bool _withGenerated;

#pragma warning disable RS1012 // The rule that is handed this object registers its actions through it.
    public PatternRegistration(CompilationStartAnalysisContext start, bool withGenerated)
#pragma warning restore RS1012
    {
        _start = start;
        _withGenerated = withGenerated;
    }

    /// <summary>The compilation.</summary>
    public Compilation Compilation => _start.Compilation;

    /// <summary>The options of the project and of its files.</summary>
    public AnalyzerConfigOptionsProvider Options => _start.Options.AnalyzerConfigOptionsProvider;

    /// <summary>Ends the analysis early.</summary>
    public CancellationToken CancellationToken => _start.CancellationToken;

    /// <summary>Registers an action for operations.</summary>
    public void OnOperation(Action<OperationAnalysisContext> action, params OperationKind[] kinds) => _start.RegisterOperationAction(
        _withGenerated
            ? action
            : context =>
            {
                if (!context.IsGeneratedCode)
                    action(context);
            },
        kinds);

    /// <summary>Registers an action for the bodies and initializers of members.</summary>
    public void OnBlock(Action<OperationBlockAnalysisContext> action) => _start.RegisterOperationBlockAction(
        _withGenerated
            ? action
            : context =>
            {
                if (!context.IsGeneratedCode)
                    action(context);
            });
}
