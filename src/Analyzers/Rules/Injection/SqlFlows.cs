using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using SecurityToolchain.Analyzers.Taint.Engine;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Rules.Injection;

/// <summary>
/// The places that a flow of input into SQL text goes through. The rule on text that is not constant asks before it reports, because where input
/// flows only the flow is reported. Asked only where there is something to report, so most compilations never pay for it.
/// </summary>
internal sealed class SqlFlows
{
    private static readonly ConditionalWeakTable<Compilation, SqlFlows> s_byCompilation = new();

    private readonly Dictionary<SyntaxTree, List<TextSpan>> _places = [];

    private SqlFlows()
    {
    }

    /// <summary>The flows of a compilation, found by the flow engine with the one rule on SQL.</summary>
    public static SqlFlows For(Compilation compilation, AnalyzerOptions options, CancellationToken cancellation)
    {
        if (s_byCompilation.TryGetValue(compilation, out SqlFlows? known))
            return known;
        SqlFlows found = Find(compilation, options, cancellation);
        return s_byCompilation.GetValue(compilation, _ => found);
    }

    /// <summary>Whether a reported flow starts in, passes through or ends at a text.</summary>
    public bool Cover(SyntaxNode text)
    {
        if (!_places.TryGetValue(text.SyntaxTree, out List<TextSpan>? spans))
            return false;
        // A step into a method is the call; the text may be its argument.
        SyntaxNode? call = text.Parent is ArgumentSyntax argument ? argument.Parent?.Parent : null;
        foreach (TextSpan span in spans)
        {
            if (text.Span.Contains(span) || call?.Span == span)
                return true;
        }

        return false;
    }

    private static SqlFlows Find(Compilation compilation, AnalyzerOptions options, CancellationToken cancellation)
    {
        var flows = new SqlFlows();
        if (SqlInjection.Rule.Descriptor.GetEffectiveSeverity(compilation.Options) == ReportDiagnostic.Suppress)
            return flows;
        TaintOptions taintOptions = TaintOptions.Read(options.AnalyzerConfigOptionsProvider, compilation);
        var model = new TaintModel(compilation, TaintLibrary.BuiltIn, ImmutableArray<ModelRow>.Empty, ImmutableArray.Create(SqlInjection.Rule), taintOptions.ThreatModels);
        var types = new TypeIndex(compilation, cancellation) { Instantiated = new HashSet<INamedTypeSymbol>(SymbolEqualityComparer.Default) };
        var files = new List<FileIndex>();
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
#pragma warning disable RS1030 // Only where there is a finding to compare, and once for a compilation.
            FileIndex file = FileCollector.Collect(compilation.GetSemanticModel(tree), model, cancellation);
#pragma warning restore RS1030
            types.Instantiated.UnionWith(file.Instantiated);
            files.Add(file);
        }

        var program = new ProgramIndex(compilation, files, isWhole: true);
        program.FindRelevant(model, types, cancellation);
        var solver = new Solver(model, types, program, taintOptions, cancellation);
        solver.Solve();
        SourceKinds wanted = model.EffectiveSources(SqlInjection.Rule);
        foreach (SinkFlow flow in solver.Flows())
        {
            if ((flow.Fact.Kinds & wanted) == 0 || (flow.Hit.Kinds & SinkKinds.Sql & ~flow.Fact.Cleared) == 0)
                continue;
            flows.Add(flow.Hit.Value.Syntax);
            for (Trace? step = flow.Fact.Trace; step is not null; step = step.Previous)
                flows.Add(step);
            if (flow.Fact.Origin is SourceOrigin source)
                flows.Add(source.Syntax);
        }

        return flows;
    }

    private void Add(Trace step)
    {
        Add(step.Syntax);
        for (Trace? inner = step.Inner; inner is not null; inner = inner.Previous)
            Add(inner);
    }

    private void Add(SyntaxNode node)
    {
        if (!_places.TryGetValue(node.SyntaxTree, out List<TextSpan>? spans))
            _places.Add(node.SyntaxTree, spans = []);
        spans.Add(node.Span);
    }
}
