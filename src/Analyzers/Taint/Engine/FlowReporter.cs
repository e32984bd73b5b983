using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Taint.Engine;

/// <summary>Turns flows into diagnostics, one per sink, rule and group of origins, however many runs find them.</summary>
internal sealed class FlowReporter(TaintModel model, TaintOptions options)
{
    private readonly ConcurrentDictionary<(SyntaxNode Sink, string Rule, SourceKinds Group), bool> _reported = new();

    /// <summary>Files that are generated.</summary>
    public ConcurrentDictionary<SyntaxTree, bool> Generated { get; } = new();

    /// <summary>Reports the flows that were not reported before.</summary>
    /// <param name="flows">The flows, in a fixed order.</param>
    /// <param name="isWanted">Whether a flow may be reported in this run.</param>
    /// <param name="report">Takes the diagnostics.</param>
    public void Report(IEnumerable<SinkFlow> flows, Func<TaintFlow, bool> isWanted, Action<Diagnostic> report)
    {
        foreach (SinkFlow flow in flows)
        {
            foreach (TaintRule rule in model.Rules)
                Report(flow, rule, isWanted, report);
        }
    }

    private void Report(SinkFlow flow, TaintRule rule, Func<TaintFlow, bool> isWanted, Action<Diagnostic> report)
    {
        SinkKinds sinks = rule.Sinks & flow.Hit.Kinds & ~flow.Fact.Cleared;
        SourceKinds kinds = flow.Fact.Kinds & model.EffectiveSources(rule);
        if (sinks == SinkKinds.None || kinds == SourceKinds.None)
            return;
        bool isMixed = (flow.Fact.Flags & FactFlags.Mixed) != 0;
        if (rule.WholeValueOnly && isMixed)
            return;
        if (rule.Excludes != SourceKinds.None)
        {
            foreach (Fact companion in flow.Companions)
            {
                if ((companion.Kinds & rule.Excludes) != 0)
                    return;
            }
        }

        SourceKinds kind = Lowest(kinds);
        SourceKinds group = Group(kind);
        (SyntaxNode, string, SourceKinds) key = (flow.Hit.Value.Syntax, rule.Descriptor.Id, group);
        if (_reported.ContainsKey(key))
            return;
        var source = (SourceOrigin)flow.Fact.Origin;
        TaintFlow described = Describe(flow, rule, source, kind, sinks, isMixed);
        if (!isWanted(described))
            return;
        TaintVerdict verdict = rule.Review?.Invoke(described) ?? TaintVerdict.Report;
        if (!verdict.IsReported || !_reported.TryAdd(key, true) || !IsReportable(flow.Hit.Value.Syntax))
            return;
        report(Create(described, verdict));
    }

    private static SourceKinds Lowest(SourceKinds kinds) => kinds & (SourceKinds)unchecked(~(ulong)kinds + 1);

    private static SourceKinds Group(SourceKinds kind)
    {
        foreach (SourceKinds group in new[] { SourceKinds.Remote, SourceKinds.Local, SourceKinds.Stored, SourceKinds.Constants })
        {
            if ((kind & group) != 0)
                return group;
        }

        return kind;
    }

    private bool IsReportable(SyntaxNode sink)
    {
        if (options.ReportGeneratedCode || !Generated.ContainsKey(sink.SyntaxTree))
            return true;
        // Razor's generated code says which line of the page it stands for.
        return sink.SyntaxTree.GetMappedLineSpan(sink.Span).HasMappedPath;
    }

    private static TaintFlow Describe(SinkFlow flow, TaintRule rule, SourceOrigin source, SourceKinds kind, SinkKinds sinks, bool isMixed)
    {
        string sinkText = SinkText(flow.Hit.Target);
        var steps = ImmutableArray.CreateBuilder<FlowStep>();
        steps.Add(new FlowStep(source.Syntax.GetLocation(), "from " + source.Text));
        bool isInOneMethod = true;
        AddSteps(flow.Fact.Trace, steps, ref isInOneMethod);
        Location sink = flow.Hit.Value.Syntax.GetLocation();
        steps.Add(new FlowStep(sink, "into " + sinkText));
        return new TaintFlow
        {
            Rule = rule,
            SourceKind = kind,
            SourceText = source.Text,
            SourceLocation = source.Syntax.GetLocation(),
            SourceSymbol = source.Symbol,
            SourceConstant = source.Constant,
            SinkKinds = sinks,
            SinkText = sinkText,
            SinkTarget = flow.Hit.Target,
            SinkOperation = flow.Hit.Operation,
            SinkValue = flow.Hit.Value,
            IsMixed = isMixed,
            KnownPrefix = flow.Hit.Prefix,
            Steps = steps.ToImmutable(),
            IsInOneMethod = isInOneMethod,
        };
    }

    private static void AddSteps(Trace? trace, ImmutableArray<FlowStep>.Builder steps, ref bool isInOneMethod)
    {
        var ordered = new Stack<Trace>();
        for (Trace? current = trace; current is not null; current = current.Previous)
            ordered.Push(current);
        while (ordered.Count > 0 && steps.Count < 60)
        {
            Trace step = ordered.Pop();
            if (step.Kind is TraceKind.Argument or TraceKind.Returned)
                isInOneMethod = false;
            string name = step.Symbol is null ? string.Empty : SinkText(step.Symbol);
            string text = step.Kind switch
            {
                TraceKind.Argument => "through " + name,
                TraceKind.Returned => "returned from " + name,
                TraceKind.Stored => name.Length == 0 ? "stored in an element" : "stored in " + name,
                TraceKind.Assigned => "assigned to " + name,
                _ => "through " + name,
            };
            steps.Add(new FlowStep(step.Syntax.GetLocation(), text, step.Kind == TraceKind.Through ? step.Symbol : null));
            if (step.Inner is not null)
                AddSteps(step.Inner, steps, ref isInOneMethod);
        }
    }

    private static string SinkText(ISymbol symbol) => symbol switch
    {
        IMethodSymbol { MethodKind: MethodKind.Constructor } => "new " + symbol.ContainingType.Name,
        IPropertySymbol { IsIndexer: true } => symbol.ContainingType.Name + "[]",
        ILocalSymbol or IParameterSymbol => "'" + symbol.Name + "'",
        IMethodSymbol { MethodKind: MethodKind.LambdaMethod } => "a lambda",
        { ContainingType: { } type } => type.Name + "." + symbol.Name,
        _ => symbol.Name,
    };

    private static Diagnostic Create(TaintFlow flow, TaintVerdict verdict)
    {
        ImmutableDictionary<string, string?>.Builder properties = (verdict.Properties ?? ImmutableDictionary<string, string?>.Empty).ToBuilder();
        var locations = ImmutableArray.CreateBuilder<Location>(flow.Steps.Length);
        for (int i = 0; i < flow.Steps.Length; i++)
        {
            locations.Add(flow.Steps[i].Location);
            properties["flow." + i.ToString(CultureInfo.InvariantCulture)] = flow.Steps[i].Text;
        }

        object?[] arguments = flow.Rule.MessageArguments?.Invoke(flow) ?? [flow.SourceText, flow.SinkText];
        Location location = flow.SinkValue.Syntax.GetLocation();
        return verdict.Severity is { } severity
            ? Diagnostic.Create(flow.Rule.Descriptor, location, severity, locations, properties.ToImmutable(), arguments)
            : Diagnostic.Create(flow.Rule.Descriptor, location, locations, properties.ToImmutable(), arguments);
    }
}
