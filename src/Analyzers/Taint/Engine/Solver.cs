using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Symbols;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Taint.Engine;

/// <summary>Computes summaries bottom-up over the call graph, recursive methods together until nothing changes. One instance serves one thread.</summary>
internal sealed class Solver
{
    /// <summary>The most visits of one block.</summary>
    public const int MaximumVisits = 60;

    /// <summary>The deepest nesting of lambdas and local functions that are interpreted in place.</summary>
    public const int MaximumInlining = 12;

    /// <summary>The most flows in one summary.</summary>
    public const int MaximumFlows = 256;

    /// <summary>The most values in one summary that outside code gets hold of.</summary>
    public const int MaximumEscaped = 8;

    /// <summary>The most input objects in one summary of which members change.</summary>
    public const int MaximumChanged = 24;

    private const int MaximumRounds = 8;
    private const int LargeComponent = 8;
    private const int HugeComponent = 24;
    private const int ShortDepth = 2;
    private const int MaximumContexts = 12;
    private const int MaximumDepth = 40;

    private readonly Dictionary<IMethodSymbol, MethodSummary> _summaries = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<IMethodSymbol, Dictionary<CallContext, MethodSummary>> _contexts = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<(SyntaxNode, SourceKinds, ISymbol?), SourceOrigin> _sources = new();
    private readonly Dictionary<IMethodSymbol, Body> _closures = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<IMethodSymbol, ImmutableArray<ISymbol>> _captured = new(SymbolEqualityComparer.Default);
    private readonly HashSet<(IMethodSymbol, CallContext?)> _applied = new();
    private readonly Dictionary<(SourceKinds, SinkKinds), bool> _reportable = new();
    private readonly long _bodyBudget;
    private readonly long _totalBudget;
    private long _totalWork;
    private int _depth;

    /// <summary>Prepares a run.</summary>
    public Solver(TaintModel model, TypeIndex types, ProgramIndex program, TaintOptions options, CancellationToken cancellationToken)
    {
        Model = model;
        Types = types;
        Program = program;
        CancellationToken = cancellationToken;
        _bodyBudget = options.BodyBudget;
        _totalBudget = options.CompilationBudget;
    }

    /// <summary>The library.</summary>
    public TaintModel Model { get; }

    /// <summary>The classes.</summary>
    public TypeIndex Types { get; }

    /// <summary>The bodies.</summary>
    public ProgramIndex Program { get; }

    /// <summary>Ends the run.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>Places and steps.</summary>
    public PlaceTable Places { get; } = new();

    /// <summary>Methods for which the budget was not enough.</summary>
    public HashSet<IMethodSymbol> OverBudget { get; } = new(SymbolEqualityComparer.Default);

    /// <summary>Whether the budget for the whole compilation was reached.</summary>
    public bool IsExhausted { get; private set; }

    /// <summary>Summaries of all bodies that matter, callees first.</summary>
    public void Solve()
    {
        foreach (List<Body> component in CallGraph.Components(Program, Types, CancellationToken))
        {
            CancellationToken.ThrowIfCancellationRequested();
            bool isRecursive = component.Count > 1 || CallGraph.CallsItself(component[0], Types);
            if (!isRecursive)
            {
                if (!_summaries.ContainsKey(component[0].Method))
                    _summaries[component[0].Method] = Compute(component[0], null);
                continue;
            }

            SolveRecursive(component);
        }
    }

    /// <summary>Methods that call each other: again and again until no summary grows, only those of which a callee grew.</summary>
    private void SolveRecursive(List<Body> component)
    {
        // Many methods in one cycle: shorter paths, or each round would lengthen them.
        Places.MaximumDepth = component.Count > LargeComponent ? ShortDepth : Place.MaximumDepth;
        var members = new HashSet<Body>(component);
        var stale = new HashSet<Body>(component);
        var callers = new Dictionary<Body, List<Body>>();
        foreach (Body body in component)
        {
            _summaries[body.Method] = new MethodSummary { Method = body.Method, Body = new BodyInterpreter(this, body, null) };
            foreach (Body callee in CallGraph.Callees(body, Program, Types))
            {
                if (!members.Contains(callee))
                    continue;
                if (!callers.TryGetValue(callee, out List<Body>? list))
                    callers.Add(callee, list = new List<Body>());
                list.Add(body);
            }
        }

        int rounds = component.Count > HugeComponent ? MaximumRounds / 4 : component.Count > LargeComponent ? MaximumRounds / 2 : MaximumRounds;
        for (int round = 0; round < rounds && stale.Count > 0; round++)
        {
            foreach (Body body in component)
            {
                if (!stale.Remove(body))
                    continue;
                MethodSummary before = _summaries[body.Method];
                MethodSummary next = Compute(body, null);
                _summaries[body.Method] = next;
                if ((next.Size == before.Size && (next.Exit is null) == (before.Exit is null)) || !callers.TryGetValue(body, out List<Body>? list))
                    continue;
                stale.UnionWith(list);
            }
        }

        Places.MaximumDepth = Place.MaximumDepth;
    }

    /// <summary>Every flow from a source to a sink, in a fixed order.</summary>
    public IEnumerable<SinkFlow> Flows()
    {
        foreach (Body body in Program.OrderedBodies)
        {
            if (!_summaries.TryGetValue(body.Method, out MethodSummary? summary))
                continue;
            if (Program.IsRoot(body) || _applied.Contains((body.Method, null)))
            {
                foreach (SinkFlow flow in summary.Flows)
                {
                    if (flow.Fact.Origin is SourceOrigin)
                        yield return flow;
                }
            }

            if (!_contexts.TryGetValue(body.Method, out Dictionary<CallContext, MethodSummary>? contexts))
                continue;
            foreach (KeyValuePair<CallContext, MethodSummary> context in contexts)
            {
                if (!_applied.Contains((body.Method, context.Key)))
                    continue;
                foreach (SinkFlow flow in context.Value.Flows)
                {
                    if (flow.Fact.Origin is SourceOrigin)
                        yield return flow;
                }
            }
        }

        foreach (KeyValuePair<IMethodSymbol, Body> closure in _closures)
        {
            if (_summaries.TryGetValue(closure.Key, out MethodSummary? summary))
            {
                foreach (SinkFlow flow in summary.Flows)
                {
                    if (flow.Fact.Origin is SourceOrigin)
                        yield return flow;
                }
            }
        }

        foreach (SinkFlow flow in GlobalFlows.Close(RootSummaries(), this))
            yield return flow;
    }

    /// <summary>The summary of a method; null when its body is not to be looked at.</summary>
    public MethodSummary? SummaryOf(IMethodSymbol method, BodyInterpreter caller, CallContext? context)
    {
        _ = caller;
        Body? body = Program.Find(method) ?? (_closures.TryGetValue(method, out Body? closure) ? closure : null);
        if (body is null)
            return null;
        if (Program.IsSkipped(body))
            return null;
        if (context is not null)
            return InContext(body, context);
        if (_summaries.TryGetValue(body.Method, out MethodSummary? known))
        {
            _applied.Add((body.Method, null));
            return known;
        }

        if (_depth > MaximumDepth)
            return Fallback(body.Method);
        // A method that the call graph did not foresee; the placeholder ends recursion.
        _summaries[body.Method] = new MethodSummary { Method = body.Method, Body = new BodyInterpreter(this, body, null) };
        _depth++;
        MethodSummary summary = Compute(body, null);
        _depth--;
        _summaries[body.Method] = summary;
        _applied.Add((body.Method, null));
        return summary;
    }

    /// <summary>The summary of what a delegate calls; null when that is not known.</summary>
    public MethodSummary? SummaryOf(DelegateTarget target)
    {
        IMethodSymbol method = target.Graph is null ? Definition(target.Method) : target.Method;
        if (target.Graph is not null)
            _ = ClosureBody(target);
        Body? body = Program.Find(method) ?? (_closures.TryGetValue(method, out Body? closure) ? closure : null);
        if (body is null)
            return null;
        if (Program.IsSkipped(body))
            return null;
        if (!_summaries.TryGetValue(body.Method, out MethodSummary? summary))
            _summaries[body.Method] = summary = Compute(body, null);
        return summary;
    }

    /// <summary>Whether a method's code has no part in what rules look for.</summary>
    public bool IsSkipped(IMethodSymbol definition) => Program.Find(definition) is { } body && Program.IsSkipped(body);

    /// <summary>Whether a method has code in the compilation, here or in another file.</summary>
    public bool HasBody(IMethodSymbol method)
    {
        IMethodSymbol definition = Definition(method);
        return Program.Find(definition) is not null || _closures.ContainsKey(definition) || Program.IsElsewhere(definition);
    }

    /// <summary>The symbol under which a method's body is known.</summary>
    public static IMethodSymbol Definition(IMethodSymbol method)
    {
        IMethodSymbol definition = (method.ReducedFrom ?? method).OriginalDefinition;
        return definition.PartialImplementationPart ?? definition;
    }

    /// <summary>A source; the same place gives the same origin.</summary>
    public SourceOrigin Source(SourceKinds kinds, SyntaxNode syntax, string text, ISymbol? symbol, object? constant, bool isAtomic)
    {
        if (!_sources.TryGetValue((syntax, kinds, symbol), out SourceOrigin? origin))
            _sources.Add((syntax, kinds, symbol), origin = new SourceOrigin(kinds, syntax, text, symbol, constant) { IsAtomic = isAtomic });
        return origin;
    }

    /// <summary>Whether some rule wants these origins at these sinks.</summary>
    public bool MayBeReported(SourceKinds kinds, SinkKinds sinks)
    {
        if (_reportable.TryGetValue((kinds, sinks), out bool known))
            return known;
        foreach (TaintRule rule in Model.Rules)
            known |= (rule.Sinks & sinks) != 0 && (Model.EffectiveSources(rule) & kinds) != 0;
        _reportable.Add((kinds, sinks), known);
        return known;
    }

    /// <summary>Counts work and ends the body's analysis when it was too much.</summary>
    public void Charge(ref long work, IMethodSymbol method, int amount = 1)
    {
        _totalWork += amount;
        work += amount;
        if (work <= _bodyBudget && _totalWork <= _totalBudget)
            return;
        IsExhausted |= _totalWork > _totalBudget;
        OverBudget.Add(method);
        throw new BudgetReachedException();
    }

    /// <summary>Notes that a part of a method was left out.</summary>
    public void ReachBudget(IMethodSymbol method) => OverBudget.Add(method);

    /// <summary>The constant that a field always holds; null when there is none.</summary>
    public object? ConstantOf(ISymbol member) => Program.ConstantOf(member);

    /// <summary>The pattern of a regular expression that a field, property or method holds.</summary>
    public string? RegexPattern(IOperation regex) => Program.RegexPattern(regex);

    /// <summary>Whether the constructor is the one in the head of its class.</summary>
    public static bool IsPrimary(IMethodSymbol constructor) =>
        !constructor.DeclaringSyntaxReferences.IsEmpty && constructor.DeclaringSyntaxReferences[0].GetSyntax() is TypeDeclarationSyntax;

    /// <summary>The call of the base class's constructor in the head of a class.</summary>
    public IOperation? PrimaryBaseArguments(IMethodSymbol constructor) => Program.Find(constructor)?.PrimaryBaseCall;

    /// <summary>The body of a lambda or local function that another method calls.</summary>
    public Body? ClosureBody(DelegateTarget target)
    {
        if (_closures.TryGetValue(target.Method, out Body? body))
            return body;
        ControlFlowGraph? graph = target.Lambda is not null ? target.Graph!.GetAnonymousFunctionControlFlowGraph(target.Lambda) : target.Graph!.GetLocalFunctionControlFlowGraph(target.Method);
        body = new Body { Method = target.Method, Tree = graph.OriginalOperation.Syntax.SyntaxTree, Graph = graph, IsClosure = true, Syntax = graph.OriginalOperation.Syntax };
        _closures.Add(target.Method, body);
        return body;
    }

    /// <summary>The variables around a lambda that it uses; its class stands for the object.</summary>
    public ImmutableArray<ISymbol> CapturedVariables(IMethodSymbol lambda, ControlFlowGraph graph)
    {
        if (_captured.TryGetValue(lambda, out ImmutableArray<ISymbol> known))
            return known;
        var found = ImmutableArray.CreateBuilder<ISymbol>();
        var seen = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        CapturedVariablesWalk.Add(lambda, graph, found, seen, 0);
        return _captured[lambda] = found.ToImmutable();
    }

    private MethodSummary Fallback(IMethodSymbol method)
    {
        OverBudget.Add(method);
        return new MethodSummary { Method = method, IsFallback = true };
    }

    private MethodSummary InContext(Body body, CallContext context)
    {
        if (!_contexts.TryGetValue(body.Method, out Dictionary<CallContext, MethodSummary>? known))
            _contexts.Add(body.Method, known = new Dictionary<CallContext, MethodSummary>());
        if (known.TryGetValue(context, out MethodSummary? summary))
        {
            _applied.Add((body.Method, context));
            return summary;
        }

        if (known.Count >= MaximumContexts || _depth > MaximumDepth)
        {
            _applied.Add((body.Method, null));
            return _summaries.TryGetValue(body.Method, out summary) ? summary : Fallback(body.Method);
        }

        // Recursion in a context goes on without the context.
        known.Add(context, _summaries.TryGetValue(body.Method, out MethodSummary? general) ? general : Fallback(body.Method));
        _depth++;
        summary = Compute(body, context);
        _depth--;
        known[context] = summary;
        _applied.Add((body.Method, context));
        return summary;
    }

    private MethodSummary Compute(Body body, CallContext? context)
    {
        try
        {
            return new BodyInterpreter(this, body, context).Summarize();
        }
        catch (BudgetReachedException)
        {
            return Fallback(body.Method);
        }
        catch (InsufficientExecutionStackException)
        {
            return Fallback(body.Method);
        }
    }

    private IEnumerable<MethodSummary> RootSummaries()
    {
        foreach (Body body in Program.OrderedBodies)
        {
            if (Program.IsRoot(body) && _summaries.TryGetValue(body.Method, out MethodSummary? summary) && summary.Body is not null)
                yield return summary;
        }
    }

#pragma warning disable CA1032, CA1064 // Never leaves this class: it ends one body's interpretation from any depth.
    private sealed class BudgetReachedException : Exception
    {
    }
#pragma warning restore CA1032, CA1064
}
