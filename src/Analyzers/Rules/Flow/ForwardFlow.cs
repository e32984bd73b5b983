using System.Collections.Generic;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace SecurityToolchain.Analyzers.Rules.Flow;

/// <summary>
/// Carries a state along the branches of one body, forwards, until nothing changes; then visits each block once more to report. For
/// questions about the order of calls on one object inside a body; where values come from is the taint engine's.
/// </summary>
internal abstract class ForwardFlow<TState>
    where TState : class, IFlowState<TState>
{
    protected ForwardFlow(ControlFlowGraph graph, CancellationToken cancellation)
    {
        Graph = graph;
        Cancellation = cancellation;
    }

    protected ControlFlowGraph Graph { get; }

    protected CancellationToken Cancellation { get; }

    /// <summary>Runs to the fixed point and reports.</summary>
    /// <returns>The state where the body ends normally, or null when it never does.</returns>
    protected TState? Run(TState entry)
    {
        var states = new TState?[Graph.Blocks.Length];
        var queue = new SortedSet<int> { 0 };
        states[0] = entry;
        while (queue.Count > 0)
        {
            Cancellation.ThrowIfCancellationRequested();
            int ordinal = queue.Min;
            queue.Remove(ordinal);
            BasicBlock block = Graph.Blocks[ordinal];
            TState state = states[ordinal]!.Copy();
            JoinHandlers(block, state, states, queue);
            Transfer(block, state, report: false);
            JoinHandlers(block, state, states, queue);
            Leave(block, state, states, queue);
        }

        foreach (BasicBlock block in Graph.Blocks)
        {
            if (states[block.Ordinal] is not { } reached)
                continue;
            TState state = reached.Copy();
            Transfer(block, state, report: true);
            Left(block, state);
        }

        return states[Graph.Blocks.Length - 1];
    }

    /// <summary>One operation, after its children.</summary>
    protected abstract void Visit(IOperation operation, TState state, bool report);

    /// <summary>The state under which a branch on a condition is taken.</summary>
    protected virtual TState Under(TState state, IOperation condition, bool holds) => state;

    /// <summary>A block's end in the reporting pass.</summary>
    protected virtual void Left(BasicBlock block, TState state)
    {
    }

    private void Transfer(BasicBlock block, TState state, bool report)
    {
        foreach (IOperation operation in block.Operations)
            VisitTree(operation, state, report);
        if (block.BranchValue is not null)
            VisitTree(block.BranchValue, state, report);
    }

    private void VisitTree(IOperation operation, TState state, bool report)
    {
        foreach (IOperation child in operation.ChildOperations)
            VisitTree(child, state, report);
        Visit(operation, state, report);
    }

    private void Leave(BasicBlock block, TState state, TState?[] states, SortedSet<int> queue)
    {
        if (block.ConditionKind == ControlFlowConditionKind.None || block.BranchValue is null)
        {
            Follow(block.FallThroughSuccessor, state, states, queue);
            return;
        }

        bool jumpsWhen = block.ConditionKind == ControlFlowConditionKind.WhenTrue;
        Follow(block.ConditionalSuccessor, Under(state, block.BranchValue, jumpsWhen), states, queue);
        Follow(block.FallThroughSuccessor, Under(state, block.BranchValue, !jumpsWhen), states, queue);
    }

    private static void Follow(ControlFlowBranch? branch, TState state, TState?[] states, SortedSet<int> queue)
    {
        if (branch is null)
            return;
        foreach (ControlFlowRegion region in branch.FinallyRegions)
            Join(region.FirstBlockOrdinal, state, states, queue);
        if (branch.Destination is { } destination)
            Join(destination.Ordinal, state, states, queue);
    }

    private static void JoinHandlers(BasicBlock block, TState state, TState?[] states, SortedSet<int> queue)
    {
        // The regions around a lambda are those of the method that holds it; their blocks are numbered in another graph.
        for (ControlFlowRegion? region = block.EnclosingRegion; region is not null && region.Kind != ControlFlowRegionKind.Root; region = region.EnclosingRegion)
        {
            if (region.Kind != ControlFlowRegionKind.Try || region.EnclosingRegion is not { } attempt)
                continue;
            foreach (ControlFlowRegion handler in attempt.NestedRegions)
            {
                if (handler != region)
                    Join(handler.FirstBlockOrdinal, state, states, queue);
            }
        }
    }

    private static void Join(int ordinal, TState state, TState?[] states, SortedSet<int> queue)
    {
        if (states[ordinal] is { } known)
        {
            if (known.Join(state))
                queue.Add(ordinal);
        }
        else
        {
            states[ordinal] = state.Copy();
            queue.Add(ordinal);
        }
    }
}
