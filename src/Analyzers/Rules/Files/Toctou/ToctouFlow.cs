using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Rules.Flow;

namespace SecurityToolchain.Analyzers.Rules.Files.Toctou;

/// <summary>
/// Follows the answers of path checks along the branches of one body, forwards: a branch on a check adds its answer, an assignment to a
/// part of the path removes it, and an operation under exactly one of the two answers relies on the check.
/// </summary>
internal sealed class ToctouFlow : ForwardFlow<CheckState>
{
    private readonly FileSystemTypes _types;
    private readonly HelperSummaries _summaries;
    private readonly BodyLocals _locals;
    private readonly List<RaceFinding> _findings;
    private readonly List<(PathKey Key, UseKind Kind, Location Location)> _uses = [];
    private readonly List<CheckOutcome> _results = [];
    private readonly PathKeyBuilder _keys;
    private readonly CheckReader _checks;
    private readonly HelperCalls _helpers;
    private readonly FileUses _fileUses;
    private readonly FilteredPaths _filters;

    public ToctouFlow(FileSystemTypes types, HelperSummaries summaries, ControlFlowGraph graph, CancellationToken cancellation)
        : this(types, summaries, graph, BodyLocals.Read([graph.OriginalOperation]), [], cancellation)
    {
    }

    private ToctouFlow(
        FileSystemTypes types, HelperSummaries summaries, ControlFlowGraph graph, BodyLocals locals, List<RaceFinding> findings, CancellationToken cancellation)
        : base(graph, cancellation)
    {
        _types = types;
        _summaries = summaries;
        _locals = locals;
        _findings = findings;
        Dictionary<CaptureId, IOperation> captures = FlowCaptures.Read(graph);
        _helpers = new HelperCalls(summaries, graph);
        _keys = new PathKeyBuilder(types, locals, captures);
        _checks = new CheckReader(types, locals, _keys, _helpers, captures);
        _fileUses = new FileUses(types, locals);
        _filters = new FilteredPaths(types, locals);
    }

    /// <summary>The races in the body, lambdas and local functions included.</summary>
    public IReadOnlyList<RaceFinding> Find()
    {
        Run(new CheckState());
        foreach (IMethodSymbol local in Graph.LocalFunctions)
        {
            ControlFlowGraph body = Graph.GetLocalFunctionControlFlowGraph(local, Cancellation);
            new ToctouFlow(_types, _summaries, body, _locals, _findings, Cancellation).Find();
        }

        return _findings;
    }

    /// <summary>What the body, called as a helper, means to its callers.</summary>
    public HelperSummary Summarize(IMethodSymbol method)
    {
        CheckState exit = Run(new CheckState()) ?? new CheckState();
        foreach (IOperation operation in Own(Graph.OriginalOperation))
        {
            if (operation is IReturnOperation { ReturnedValue: { ConstantValue.HasValue: false } value })
                _results.AddRange(_checks.Read(value));
        }

        return new HelperSummary(
            [.. _results.Where(result => result.Check.Key.IsVisibleToCallersOf(method)).Distinct()],
            [.. exit.Deciding().Where(guard => guard.Check.Key.IsVisibleToCallersOf(method))],
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

    protected override CheckState Under(CheckState state, IOperation condition, bool holds)
    {
        CheckState next = state.Copy();
        foreach (CheckOutcome outcome in _checks.Read(condition))
            next.Enter(outcome with { Positive = outcome.Positive == holds });
        return next;
    }

    protected override void Left(BasicBlock block, CheckState state)
    {
        if (block.BranchValue is { ConstantValue: { HasValue: true, Value: bool result } } && block.FallThroughSuccessor?.Semantics == ControlFlowBranchSemantics.Return)
            _results.AddRange(state.Deciding().Select(outcome => outcome with { Positive = outcome.Positive == result }));
    }

    protected override void Visit(IOperation operation, CheckState state, bool report)
    {
        switch (operation)
        {
            case IAssignmentOperation assignment:
                Assign(assignment.Target, state);
                if (assignment.Target is ILocalReferenceOperation local && _filters.Read(local.Local, assignment.Value) is { } chosen)
                    state.Enter(chosen);
                break;
            case IIncrementOrDecrementOperation increment:
                Assign(increment.Target, state);
                break;
            case IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument:
                Assign(argument.Value, state);
                break;
            case IFlowAnonymousFunctionOperation lambda when report:
                ControlFlowGraph body = Graph.GetAnonymousFunctionControlFlowGraph(lambda, Cancellation);
                new ToctouFlow(_types, _summaries, body, _locals, _findings, Cancellation).Run(state.Copy());
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
