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
/// The places of one file that a flow of input into SQL text goes through when it closes inside the file. The rule on text that is not constant
/// asks before it reports, because where input visibly flows only the flow is reported. Asked only where there is something to report.
/// </summary>
internal sealed class SqlFlows
{
    private static readonly ConditionalWeakTable<SemanticModel, SqlFlows> s_byFile = new();

    private readonly List<TextSpan> _places = [];

    private SqlFlows()
    {
    }

    /// <summary>The flows of a file, found by the flow engine with the one rule on SQL.</summary>
    public static SqlFlows For(SemanticModel file, AnalyzerOptions options, CancellationToken cancellation)
    {
        if (s_byFile.TryGetValue(file, out SqlFlows? known))
            return known;
        SqlFlows found = Find(file, options, cancellation);
        return s_byFile.GetValue(file, _ => found);
    }

    /// <summary>Whether a reported flow starts in, passes through or ends at a text.</summary>
    public bool Cover(SyntaxNode text)
    {
        // A step into a method is the call; the text may be its argument.
        SyntaxNode? call = text.Parent is ArgumentSyntax argument ? argument.Parent?.Parent : null;
        foreach (TextSpan span in _places)
        {
            if (text.Span.Contains(span) || call?.Span == span)
                return true;
        }

        return false;
    }

    private static SqlFlows Find(SemanticModel semanticModel, AnalyzerOptions options, CancellationToken cancellation)
    {
        var flows = new SqlFlows();
        Compilation compilation = semanticModel.Compilation;
        if (SqlInjection.Rule.Descriptor.GetEffectiveSeverity(compilation.Options) == ReportDiagnostic.Suppress)
            return flows;
        TaintOptions taintOptions = TaintOptions.Read(options.AnalyzerConfigOptionsProvider, compilation);
        var model = new TaintModel(compilation, TaintLibrary.BuiltIn, ImmutableArray<ModelRow>.Empty, ImmutableArray.Create(SqlInjection.Rule), taintOptions.ThreatModels);
        TypeIndex types = TypeIndex.For(compilation, cancellation);
        FileIndex file = FileCollector.Collect(semanticModel, model, types, cancellation);
        var program = new ProgramIndex(compilation, new[] { file }, isWhole: false);
        var solver = new Solver(model, types, program, taintOptions, cancellation);
        if (!program.FindRelevant(model, types, cancellation))
            return flows;
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

    private void Add(SyntaxNode node) => _places.Add(node.Span);
}
