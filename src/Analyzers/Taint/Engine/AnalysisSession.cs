using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using SecurityToolchain.Analyzers.Rules;
using SecurityToolchain.Analyzers.Taint.Model;
using SecurityToolchain.Analyzers.Taint.Outline;

namespace SecurityToolchain.Analyzers.Taint.Engine;

/// <summary>
/// One compilation's analysis. Each file is looked over once; flows that close inside it are reported at once, which an editor shows while
/// the file is edited; the rest follows when the whole compilation is known. Thread-safe.
/// </summary>
internal sealed class AnalysisSession
{
    private readonly TaintModel _model;
    private readonly TaintOptions _options;
    private readonly FlowReporter _reporter;
    private readonly Lazy<TypeIndex> _types;
    private readonly ConcurrentDictionary<SyntaxTree, FileIndex> _files = new();

    /// <summary>Prepares the analysis.</summary>
    public AnalysisSession(TaintModel model, TaintOptions options, CancellationToken cancellationToken)
    {
        _model = model;
        _options = options;
        _reporter = new FlowReporter(model, options);
        _types = new Lazy<TypeIndex>(() => TypeIndex.For(model.Compilation, cancellationToken));
    }

    /// <summary>Looks over a file and reports what closes inside it.</summary>
    public void AnalyzeFile(SemanticModelAnalysisContext context)
    {
        SyntaxTree tree = context.SemanticModel.SyntaxTree;
        if (context.IsGeneratedCode)
            _reporter.Generated.TryAdd(tree, true);
        FileIndex file = FileCollector.Collect(context.SemanticModel, _model, _types.Value, context.CancellationToken);
        _files[tree] = file;
        if (!MayHoldFlow(file.Sources, file.Sinks))
            return;
        var program = new ProgramIndex(_model.Compilation, new[] { file }, isWhole: false);
        Solver solver = Solve(program, _types.Value, context.CancellationToken);
        _reporter.Report(solver.Flows(), flow => IsClosedIn(flow, tree), context.ReportDiagnostic);
    }

    /// <summary>Analyses everything and reports what was not reported before.</summary>
    public void AnalyzeCompilation(CompilationAnalysisContext context)
    {
        foreach (Diagnostic problem in _options.Problems)
            context.ReportDiagnostic(problem);
        var ordered = new List<FileIndex>();
        SourceKinds sources = SourceKinds.None;
        SinkKinds sinks = SinkKinds.None;
        foreach (SyntaxTree tree in context.Compilation.SyntaxTrees)
        {
            if (!_files.TryGetValue(tree, out FileIndex? file))
                continue;
            ordered.Add(file);
            sources |= file.Sources;
            sinks |= file.Sinks;
        }

        if (!MayHoldFlow(sources, sinks))
            return;
        TypeIndex types = new(context.Compilation, context.CancellationToken) { Instantiated = new HashSet<INamedTypeSymbol>(SymbolEqualityComparer.Default) };
        foreach (FileIndex file in ordered)
            types.Instantiated.UnionWith(file.Instantiated);
        var program = new ProgramIndex(context.Compilation, ordered, isWhole: true);
        Solver solver = Solve(program, types, context.CancellationToken);
        _reporter.Report(solver.Flows(), static _ => true, context.ReportDiagnostic);
        ReportBudget(solver, program, context.ReportDiagnostic);
    }

    /// <summary>Names what was left out: each method that was too much, or once how many when the compilation was.</summary>
    private static void ReportBudget(Solver solver, ProgramIndex program, Action<Diagnostic> report)
    {
        if (solver.IsExhausted)
        {
            report(Diagnostic.Create(RuleCatalogue.AnalysisBudgetReached, Location.None, solver.OverBudget.Count + " methods"));
            return;
        }

        foreach (Body body in program.OrderedBodies)
        {
            if (solver.OverBudget.Contains(body.Method) && body.Syntax is not null)
                report(Diagnostic.Create(RuleCatalogue.AnalysisBudgetReached, body.Method.Locations.Length > 0 ? body.Method.Locations[0] : body.Syntax.GetLocation(), body.Method.Name));
        }
    }

    private static bool IsClosedIn(TaintFlow flow, SyntaxTree tree)
    {
        foreach (FlowStep step in flow.Steps)
        {
            if (step.Location.SourceTree != tree)
                return false;
        }

        return true;
    }

    private Solver Solve(ProgramIndex program, TypeIndex types, CancellationToken cancellationToken)
    {
        var solver = new Solver(_model, types, program, _options, cancellationToken);
        if (program.FindRelevant(_model, types, cancellationToken))
            solver.Solve();
        return solver;
    }

    private bool MayHoldFlow(SourceKinds sources, SinkKinds sinks)
    {
        foreach (TaintRule rule in _model.Rules)
        {
            if ((rule.Sinks & sinks) != 0 && (_model.EffectiveSources(rule) & sources) != 0)
                return true;
        }

        return false;
    }
}
