using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace SecurityToolchain.Analyzers.Taint.Engine;

/// <content>Runs control flow graphs to a fixpoint.</content>
internal sealed partial class BodyInterpreter
{
    private GraphRun? _run;
    private int _graphNumber;
    private int _graphCount;
    private List<SinkFlow> _events = new();

    /// <summary>Interprets a graph from a state; <c>_state</c> holds the exit state afterwards, when there is one.</summary>
    private GraphRun Interpret(ControlFlowGraph graph, FlowState entry, bool isNested, IMethodSymbol? method)
    {
        var run = new GraphRun(graph, method ?? Method);
        GraphRun? outerRun = _run;
        FlowState outerState = _state;
        List<SinkFlow> outerEvents = _events;
        int outerNumber = _graphNumber;
        bool outerDead = _isDead;
        if (!isNested)
            _graphNumber = ++_graphCount;
        _run = run;
        try
        {
            Propagate(run, graph.Blocks[0], entry);
            while (true)
            {
                int next = Array.IndexOf(run.IsPending, true);
                if (next < 0 && !EnterUnreachedFinally(run))
                    break;
                if (next < 0)
                    continue;
                run.IsPending[next] = false;
                _solver.CancellationToken.ThrowIfCancellationRequested();
                // A visit copies the state: count it by its size.
                _solver.Charge(ref _work, Method, 1 + (_slots.Count / 16));
                if (++run.Visits[next] > Solver.MaximumVisits)
                {
                    _solver.ReachBudget(Method);
                    continue;
                }

                Process(run, graph.Blocks[next]);
            }
        }
        finally
        {
            _run = outerRun;
            _state = outerState;
            _events = outerEvents;
            _graphNumber = outerNumber;
            _isDead = outerDead;
        }

        foreach (List<SinkFlow>? events in run.Events)
        {
            if (events is not null)
                _events.AddRange(events);
        }

        return run;
    }

    private void Process(GraphRun run, BasicBlock block)
    {
        _state = run.In[block.Ordinal]!.Clone();
        _events = run.Events[block.Ordinal] = new List<SinkFlow>();
        _seenFlows.Clear();
        ControlFlowRegion? handlers = TryWithHandlers(block.EnclosingRegion);
        run.Block = block;
        _isDead = false;
        ReachHandlers(run, handlers);
        foreach (IOperation operation in block.Operations)
        {
            Evaluate(operation);
            ReachHandlers(run, handlers);
            if (_isDead)
                return;
        }

        ControlFlowBranch? conditional = block.ConditionalSuccessor;
        ControlFlowBranch? fallThrough = block.FallThroughSuccessor;
        if (block.ConditionKind != ControlFlowConditionKind.None && conditional is not null && block.BranchValue is not null)
        {
            AbstractValue condition = Evaluate(block.BranchValue);
            ReachHandlers(run, handlers);
            if (_isDead)
                return;
            bool jumpsWhen = block.ConditionKind == ControlFlowConditionKind.WhenTrue;
            if (condition.Constant is bool known)
            {
                // The first round of this loop certainly runs: what holds behind the loop is what rounds leave, not what was before them.
                run.IsPeeled[block.Ordinal] = run.Visits[block.Ordinal] == 1 && IsLoopHead(block);
                Follow(run, known == jumpsWhen ? conditional : fallThrough, null);
                return;
            }

            WantContext(condition);
            FlowState before = _state;
            _state = before.Clone();
            Assume(condition, jumpsWhen);
            Follow(run, conditional, null);
            _state = before;
            Assume(condition, !jumpsWhen);
            Follow(run, fallThrough, null);
            return;
        }

        AbstractValue? value = block.BranchValue is null ? null : Evaluate(block.BranchValue);
        if (block.BranchValue is not null)
            ReachHandlers(run, handlers);
        if (!_isDead)
            Follow(run, fallThrough, value);
    }

    private void Follow(GraphRun run, ControlFlowBranch? branch, AbstractValue? value)
    {
        if (branch is null)
            return;
        int ordinal = branch.Source.Ordinal;
        switch (branch.Semantics)
        {
            case ControlFlowBranchSemantics.Return:
                if (value is not null)
                    value = CheckReturned(run, branch.Source, value);
                run.Returned[ordinal] = value ?? AbstractValue.Clean;
                run.ReturnStates[ordinal] = _state;
                break;
            case ControlFlowBranchSemantics.Throw:
                RecordThrown(value ?? AbstractValue.Clean);
                return;
            case ControlFlowBranchSemantics.Rethrow:
                RecordThrown(Caught(run, branch.Source.EnclosingRegion), skipsHandlersOf: EnclosingCatch(branch.Source.EnclosingRegion));
                return;
            case ControlFlowBranchSemantics.StructuredExceptionHandling:
                ContinueAfterFinally(run, branch.Source.EnclosingRegion);
                return;
            case ControlFlowBranchSemantics.ProgramTermination or ControlFlowBranchSemantics.Error or ControlFlowBranchSemantics.None:
                if (branch.Destination is null)
                    return;
                break;
        }

        if (branch.Destination is null)
            return;
        if (branch.FinallyRegions.IsEmpty)
        {
            Propagate(run, branch.Destination, _state);
            return;
        }

        for (int i = 0; i < branch.FinallyRegions.Length; i++)
        {
            int target = i + 1 < branch.FinallyRegions.Length ? branch.FinallyRegions[i + 1].FirstBlockOrdinal : branch.Destination.Ordinal;
            ControlFlowRegion region = branch.FinallyRegions[i];
            if (!run.Continuations.TryGetValue(region, out HashSet<int>? targets))
                run.Continuations.Add(region, targets = new HashSet<int>());
            if (targets.Add(target) && run.FinallyExits.TryGetValue(region, out FlowState? exit))
                Propagate(run, run.Graph.Blocks[target], exit);
        }

        Propagate(run, run.Graph.Blocks[branch.FinallyRegions[0].FirstBlockOrdinal], _state);
    }

    private void Propagate(GraphRun run, BasicBlock block, FlowState state)
    {
        FlowState? known = run.In[block.Ordinal];
        if (known is null || run.IsPeeled[block.Ordinal])
        {
            run.IsPeeled[block.Ordinal] = false;
            run.In[block.Ordinal] = state.Clone();
            run.IsPending[block.Ordinal] = true;
        }
        else if (Merge(known, state))
        {
            run.IsPending[block.Ordinal] = true;
        }
    }

    private static bool IsLoopHead(BasicBlock block)
    {
        foreach (ControlFlowBranch branch in block.Predecessors)
        {
            if (branch.Source.Ordinal >= block.Ordinal)
                return true;
        }

        return false;
    }

    private void ContinueAfterFinally(GraphRun run, ControlFlowRegion? region)
    {
        while (region is not null && region.Kind is not (ControlFlowRegionKind.Finally or ControlFlowRegionKind.Filter))
            region = region.Kind == ControlFlowRegionKind.Root ? null : region.EnclosingRegion;
        if (region is null)
            return;
        run.FinallyExits[region] = _state;
        if (run.Continuations.TryGetValue(region, out HashSet<int>? targets))
        {
            foreach (int target in targets)
                Propagate(run, run.Graph.Blocks[target], _state);
        }
    }

    /// <summary>The innermost try region around a block that has handlers.</summary>
    private static ControlFlowRegion? TryWithHandlers(ControlFlowRegion? region)
    {
        // The root of a lambda's graph has the place of the lambda as its enclosing region; what lies beyond belongs to another graph.
        for (; region is { Kind: not ControlFlowRegionKind.Root }; region = region.EnclosingRegion)
        {
            if (region.Kind == ControlFlowRegionKind.Try && region.EnclosingRegion is { Kind: ControlFlowRegionKind.TryAndCatch })
                return region.EnclosingRegion;
        }

        return null;
    }

    private static ControlFlowRegion? EnclosingCatch(ControlFlowRegion? region)
    {
        while (region is not null && region.Kind is not (ControlFlowRegionKind.Catch or ControlFlowRegionKind.Filter))
            region = region.Kind == ControlFlowRegionKind.Root ? null : region.EnclosingRegion;
        return region;
    }

    /// <summary>Anything in a try block may throw: its handlers begin with every state that it goes through.</summary>
    private void ReachHandlers(GraphRun run, ControlFlowRegion? tryAndCatch)
    {
        while (tryAndCatch is not null)
        {
            foreach (ControlFlowRegion region in tryAndCatch.NestedRegions)
            {
                if (region.Kind is ControlFlowRegionKind.Catch or ControlFlowRegionKind.FilterAndHandler)
                    Propagate(run, run.Graph.Blocks[region.FirstBlockOrdinal], _state);
            }

            tryAndCatch = TryWithHandlers(tryAndCatch.EnclosingRegion);
        }
    }

    private void RecordThrown(AbstractValue exception, ControlFlowRegion? skipsHandlersOf = null)
    {
        GraphRun run = _run!;
        ControlFlowRegion? region = skipsHandlersOf is null ? run.Block?.EnclosingRegion : skipsHandlersOf.EnclosingRegion?.EnclosingRegion;
        ControlFlowRegion? handlers = TryWithHandlers(region);
        if (handlers is null)
        {
            // The objects of this frame end with it: what the exception holds becomes facts about the exception.
            run.Thrown = AbstractValue.Join(run.Thrown, AbstractValue.Of(DeepFacts(exception)));
            return;
        }

        foreach (ControlFlowRegion handler in handlers.NestedRegions)
        {
            if (handler.Kind is not (ControlFlowRegionKind.Catch or ControlFlowRegionKind.FilterAndHandler))
                continue;
            AbstractValue known = run.Caught.TryGetValue(handler, out AbstractValue? caught) ? caught : AbstractValue.Clean;
            AbstractValue joined = AbstractValue.Join(known, exception);
            run.Caught[handler] = joined;
            BasicBlock first = run.Graph.Blocks[handler.FirstBlockOrdinal];
            Propagate(run, first, _state);
            if (!AbstractValue.SaysSame(known, joined))
            {
                for (int block = handler.FirstBlockOrdinal; block <= handler.LastBlockOrdinal; block++)
                    run.IsPending[block] |= run.In[block] is not null;
            }
        }
    }

    private static AbstractValue Caught(GraphRun run, ControlFlowRegion? region)
    {
        for (; region is not null; region = region.EnclosingRegion)
        {
            if (run.Caught.TryGetValue(region, out AbstractValue? caught))
                return caught;
        }

        return AbstractValue.Clean;
    }

    /// <summary>A finally block that only an exception reaches is interpreted too.</summary>
    private bool EnterUnreachedFinally(GraphRun run)
    {
        bool found = false;
        foreach (ControlFlowRegion region in run.Finallys)
        {
            if (run.In[region.FirstBlockOrdinal] is not null || region.EnclosingRegion is null)
                continue;
            ControlFlowRegion body = region.EnclosingRegion.NestedRegions[0];
            for (int block = body.FirstBlockOrdinal; block <= body.LastBlockOrdinal; block++)
            {
                if (run.In[block] is { } state)
                {
                    Propagate(run, run.Graph.Blocks[region.FirstBlockOrdinal], state);
                    found = true;
                }
            }
        }

        return found;
    }

    /// <summary>One interpretation of one graph.</summary>
    private sealed class GraphRun
    {
        public GraphRun(ControlFlowGraph graph, IMethodSymbol method)
        {
            Graph = graph;
            Method = method;
            int count = graph.Blocks.Length;
            In = new FlowState?[count];
            IsPending = new bool[count];
            Visits = new int[count];
            IsPeeled = new bool[count];
            Events = new List<SinkFlow>?[count];
            Returned = new AbstractValue?[count];
            ReturnStates = new FlowState?[count];
            Finallys = FindFinallys(graph.Root);
        }

        public ControlFlowGraph Graph { get; }

        public IMethodSymbol Method { get; }

        public FlowState?[] In { get; }

        public bool[] IsPending { get; }

        public int[] Visits { get; }

        /// <summary>Heads of loops whose first round was followed: the next state that comes in replaces the one from before the loop.</summary>
        public bool[] IsPeeled { get; }

        public List<SinkFlow>?[] Events { get; }

        public AbstractValue?[] Returned { get; }

        public FlowState?[] ReturnStates { get; }

        public ImmutableArray<ControlFlowRegion> Finallys { get; }

        public Dictionary<ControlFlowRegion, AbstractValue> Caught { get; } = new();

        public Dictionary<ControlFlowRegion, HashSet<int>> Continuations { get; } = new();

        public Dictionary<ControlFlowRegion, FlowState> FinallyExits { get; } = new();

        public BasicBlock? Block { get; set; }

        public AbstractValue Thrown { get; set; } = AbstractValue.Clean;

        public AbstractValue? Yielded { get; set; }

        public FlowState? Exit => In[In.Length - 1];

        public AbstractValue Result
        {
            get
            {
                AbstractValue? result = null;
                foreach (AbstractValue? returned in Returned)
                {
                    if (returned is not null)
                        result = result is null ? returned : AbstractValue.Join(result, returned);
                }

                return result ?? AbstractValue.Clean;
            }
        }

        private static ImmutableArray<ControlFlowRegion> FindFinallys(ControlFlowRegion root)
        {
            ImmutableArray<ControlFlowRegion>.Builder? found = null;
            var pending = new Stack<ControlFlowRegion>();
            pending.Push(root);
            while (pending.Count > 0)
            {
                ControlFlowRegion region = pending.Pop();
                if (region.Kind == ControlFlowRegionKind.Finally)
                    (found ??= ImmutableArray.CreateBuilder<ControlFlowRegion>()).Add(region);
                foreach (ControlFlowRegion nested in region.NestedRegions)
                    pending.Push(nested);
            }

            return found?.ToImmutable() ?? ImmutableArray<ControlFlowRegion>.Empty;
        }
    }
}
