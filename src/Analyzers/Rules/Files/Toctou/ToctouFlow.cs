using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SecurityToolchain.Analyzers.Rules.Files.Toctou;

/// <summary>
/// Follows the answers of path checks along the branches of one body, forwards: a branch on a check adds its answer, an assignment to a
/// part of the path removes it, and an operation under exactly one of the two answers relies on the check.
/// </summary>
internal sealed class ToctouFlow
{
    private readonly FileSystemTypes _types;
    private readonly HelperSummaries _summaries;
    private readonly ControlFlowGraph _graph;
    private readonly BodyLocals _locals;
    private readonly CancellationToken _cancellation;
    private readonly List<RaceFinding> _findings;
    private readonly List<(PathKey Key, UseKind Kind, Location Location)> _uses = [];
    private readonly List<CheckOutcome> _results = [];
    private readonly PathKeyBuilder _keys;
    private readonly CheckReader _checks;
    private readonly HelperCalls _helpers;
    private readonly FileUses _fileUses;
    private CheckState _exit = new();

    public ToctouFlow(FileSystemTypes types, HelperSummaries summaries, ControlFlowGraph graph, CancellationToken cancellation)
        : this(types, summaries, graph, BodyLocals.Read([graph.OriginalOperation]), [], cancellation)
    {
    }

    private ToctouFlow(
        FileSystemTypes types, HelperSummaries summaries, ControlFlowGraph graph, BodyLocals locals, List<RaceFinding> findings, CancellationToken cancellation)
    {
        _types = types;
        _summaries = summaries;
        _graph = graph;
        _locals = locals;
        _findings = findings;
        _cancellation = cancellation;
        Dictionary<CaptureId, IOperation> captures = FlowCaptures.Read(graph);
        _helpers = new HelperCalls(summaries, graph);
        _keys = new PathKeyBuilder(types, locals, captures);
        _checks = new CheckReader(types, locals, _keys, _helpers, captures);
        _fileUses = new FileUses(types, locals);
    }

    /// <summary>The races in the body, lambdas and local functions included.</summary>
    public IReadOnlyList<RaceFinding> Find()
    {
        Run(new CheckState());
        foreach (IMethodSymbol local in _graph.LocalFunctions)
        {
            ControlFlowGraph body = _graph.GetLocalFunctionControlFlowGraph(local, _cancellation);
            new ToctouFlow(_types, _summaries, body, _locals, _findings, _cancellation).Find();
        }

        return _findings;
    }

    /// <summary>What the body, called as a helper, means to its callers.</summary>
    public HelperSummary Summarize(IMethodSymbol method)
    {
        Run(new CheckState());
        foreach (IOperation operation in Own(_graph.OriginalOperation))
        {
            if (operation is IReturnOperation { ReturnedValue: { ConstantValue.HasValue: false } value })
                _results.AddRange(_checks.Read(value));
        }

        return new HelperSummary(
            [.. _results.Where(result => result.Check.Key.IsVisibleToCallersOf(method)).Distinct()],
            [.. _exit.Deciding().Where(guard => guard.Check.Key.IsVisibleToCallersOf(method))],
            [.. _uses.Where(use => use.Key.IsVisibleToCallersOf(method))]);
    }

    private static IEnumerable<IOperation> Own(IOperation body)
    {
        foreach (IOperation child in body.ChildOperations)
        {
            if (child is IAnonymousFunctionOperation or ILocalFunctionOperation)
                continue;
            yield return child;
            foreach (IOperation inner in Own(child))
                yield return inner;
        }
    }

    private void Run(CheckState entry)
    {
        var states = new CheckState?[_graph.Blocks.Length];
        var queue = new SortedSet<int> { 0 };
        states[0] = entry;
        while (queue.Count > 0)
        {
            _cancellation.ThrowIfCancellationRequested();
            int ordinal = queue.Min;
            queue.Remove(ordinal);
            BasicBlock block = _graph.Blocks[ordinal];
            CheckState state = states[ordinal]!.Copy();
            JoinHandlers(block, state, states, queue);
            Transfer(block, state, report: false);
            JoinHandlers(block, state, states, queue);
            Leave(block, state, states, queue);
        }

        foreach (BasicBlock block in _graph.Blocks)
        {
            if (states[block.Ordinal] is not { } reached)
                continue;
            CheckState state = reached.Copy();
            Transfer(block, state, report: true);
            if (block.BranchValue is { ConstantValue: { HasValue: true, Value: bool result } } && block.FallThroughSuccessor?.Semantics == ControlFlowBranchSemantics.Return)
                _results.AddRange(state.Deciding().Select(outcome => outcome with { Positive = outcome.Positive == result }));
        }

        _exit = states[_graph.Blocks.Length - 1] ?? new CheckState();
    }

    private void Leave(BasicBlock block, CheckState state, CheckState?[] states, SortedSet<int> queue)
    {
        if (block.ConditionKind == ControlFlowConditionKind.None)
        {
            Follow(block.FallThroughSuccessor, state, states, queue);
            return;
        }

        IReadOnlyList<CheckOutcome> outcomes = _checks.Read(block.BranchValue);
        bool jumpsWhen = block.ConditionKind == ControlFlowConditionKind.WhenTrue;
        Follow(block.ConditionalSuccessor, Under(state, outcomes, jumpsWhen), states, queue);
        Follow(block.FallThroughSuccessor, Under(state, outcomes, !jumpsWhen), states, queue);
    }

    private static CheckState Under(CheckState state, IReadOnlyList<CheckOutcome> outcomes, bool holds)
    {
        CheckState next = state.Copy();
        foreach (CheckOutcome outcome in outcomes)
            next.Enter(outcome with { Positive = outcome.Positive == holds });
        return next;
    }

    private static void Follow(ControlFlowBranch? branch, CheckState state, CheckState?[] states, SortedSet<int> queue)
    {
        if (branch is null)
            return;
        foreach (ControlFlowRegion region in branch.FinallyRegions)
            Join(region.FirstBlockOrdinal, state, states, queue);
        if (branch.Destination is { } destination)
            Join(destination.Ordinal, state, states, queue);
    }

    private static void JoinHandlers(BasicBlock block, CheckState state, CheckState?[] states, SortedSet<int> queue)
    {
        for (ControlFlowRegion? region = block.EnclosingRegion; region is not null; region = region.EnclosingRegion)
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

    private static void Join(int ordinal, CheckState state, CheckState?[] states, SortedSet<int> queue)
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

    private void Transfer(BasicBlock block, CheckState state, bool report)
    {
        foreach (IOperation operation in block.Operations)
            Visit(operation, state, report);
        if (block.BranchValue is not null)
            Visit(block.BranchValue, state, report);
    }

    private void Visit(IOperation operation, CheckState state, bool report)
    {
        foreach (IOperation child in operation.ChildOperations)
            Visit(child, state, report);
        switch (operation)
        {
            case IAssignmentOperation assignment:
                Assign(assignment.Target, state);
                break;
            case IIncrementOrDecrementOperation increment:
                Assign(increment.Target, state);
                break;
            case IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument:
                Assign(argument.Value, state);
                break;
            case IFlowAnonymousFunctionOperation lambda when report:
                ControlFlowGraph body = _graph.GetAnonymousFunctionControlFlowGraph(lambda, _cancellation);
                new ToctouFlow(_types, _summaries, body, _locals, _findings, _cancellation).Run(state.Copy());
                break;
        }

        bool direct = VisitUses(operation, state, report);
        if (!direct && operation is IInvocationOperation invocation)
            VisitHelper(invocation, state, report);
    }

    private bool VisitUses(IOperation operation, CheckState state, bool report)
    {
        bool any = false;
        foreach (FileUse use in _fileUses.Read(operation))
        {
            any = true;
            if (_keys.Build(use.Path) is not { } key)
                continue;
            if (report)
            {
                bool raced = Report(operation.Syntax, key, use.Kind, [], state) || ReportArguments(operation.Syntax, key, use.Kind);
                if (!raced && use.Kind != UseKind.CreateNew && !RacePolicy.IsHandled(use.Kind, operation.Syntax))
                    _uses.Add((key, use.Kind, operation.Syntax.GetLocation()));
            }

            if (use.Kind == UseKind.CreateNew)
                state.Own(key);
        }

        return any;
    }

    private void VisitHelper(IInvocationOperation invocation, CheckState state, bool report)
    {
        if (invocation.TargetMethod.DeclaringSyntaxReferences.IsEmpty && invocation.TargetMethod.OriginalDefinition.DeclaringSyntaxReferences.IsEmpty)
            return;
        if (report)
        {
            foreach ((PathKey key, UseKind kind, Location location) in _helpers.Uses(invocation, _keys))
            {
                if (!Report(invocation.Syntax, key, kind, [location], state))
                    _uses.Add((key, kind, location));
            }
        }

        var guards = new List<CheckOutcome>();
        _helpers.AddGuards(invocation, _keys, guards);
        foreach (CheckOutcome guard in guards)
            state.Enter(guard);
    }

    private bool Report(SyntaxNode place, PathKey key, UseKind kind, ImmutableArray<Location> inside, CheckState state)
    {
        bool any = false;
        foreach (CheckOutcome outcome in state.Deciding())
        {
            if (!outcome.Check.Key.Equals(key) || !RacePolicy.IsRace(outcome, kind, place))
                continue;
            any = true;
            ImmutableArray<Location> path = outcome.Check.Origin == outcome.Check.Syntax.GetLocation() ? inside : inside.Insert(0, outcome.Check.Origin);
            _findings.Add(new RaceFinding(place, kind, outcome, path));
        }

        return any;
    }

    /// <summary>Reports a write whose mode or append flag was decided by a check of its own path.</summary>
    private bool ReportArguments(SyntaxNode place, PathKey key, UseKind kind)
    {
        if (kind != UseKind.Write)
            return false;
        bool any = false;
        foreach (IArgumentOperation argument in _locals.ArgumentsAsWritten(place))
        {
            if (argument.Parameter?.Type is not { } type || type.SpecialType != SpecialType.System_Boolean && type.Name is not "FileMode")
                continue;
            foreach (CheckOutcome outcome in _checks.ReadInside(argument.Value))
            {
                if (!outcome.Check.Key.Equals(key))
                    continue;
                any = true;
                _findings.Add(new RaceFinding(place, kind, outcome, []));
            }
        }

        return any;
    }

    private static void Assign(IOperation target, CheckState state)
    {
        switch (target)
        {
            case ILocalReferenceOperation local:
                state.Assign(local.Local);
                break;
            case IParameterReferenceOperation parameter:
                state.Assign(parameter.Parameter);
                break;
            case IFieldReferenceOperation field:
                state.Assign(field.Field);
                break;
            case IPropertyReferenceOperation property:
                state.Assign(property.Property);
                break;
            case IDeclarationExpressionOperation declaration:
                Assign(declaration.Expression, state);
                break;
            case ITupleOperation tuple:
                foreach (IOperation element in tuple.Elements)
                    Assign(element, state);
                break;
        }
    }
}
