using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SecurityToolchain.Analyzers.Rules.Injection.QueryText;

/// <summary>
/// The writes that can decide what a place holds where it is read. Walks the operation tree backwards from the read and stops at a write that always happens.
/// Branches that a constant condition never takes, and branches that leave the method, do not count.
/// </summary>
internal sealed partial class ReachingDefinitions
{
    private readonly AccessPath _place;
    private readonly ConstantConditions _conditions;
    private readonly List<Definition> _found = [];
    private readonly HashSet<IOperation> _seen = [];

    private ReachingDefinitions(AccessPath place, ConstantConditions conditions)
    {
        _place = place;
        _conditions = conditions;
    }

    /// <summary>The definitions, and whether the value at the entry of the body (or the declaration) can reach the read too.</summary>
    public static (IReadOnlyList<Definition> Definitions, bool ReachesEntry) Find(IOperation use, AccessPath place, ConstantConditions conditions)
    {
        var search = new ReachingDefinitions(place, conditions);
        bool killed = search.WalkUp(use);
        search.AddCaptured(use);
        return (search._found, !killed);
    }

    /// <summary>Whether an operation never completes normally: it returns or throws.</summary>
    public static bool Leaves(IOperation? operation) => operation switch
    {
        IReturnOperation { Kind: not OperationKind.YieldReturn } or IThrowOperation => true,
        IExpressionStatementOperation { Operation: IThrowOperation } => true,
        IExpressionStatementOperation { Operation: IInvocationOperation call } => NeverReturns(call.TargetMethod),
        IBlockOperation block => block.Operations.Any(Leaves),
        IConditionalOperation { WhenFalse: not null } conditional => Leaves(conditional.WhenTrue) && Leaves(conditional.WhenFalse),
        IUsingOperation used => Leaves(used.Body),
        ILockOperation locked => Leaves(locked.Body),
        ILabeledOperation labeled => Leaves(labeled.Operation),
        _ => false,
    };

    /// <summary>Whether an operation always jumps away from what follows it, out of the method, the loop or the switch.</summary>
    public static bool Jumps(IOperation? operation) => Leaves(operation) || operation switch
    {
        IBranchOperation => true,
        IBlockOperation block => block.Operations.Any(Jumps),
        IConditionalOperation { WhenFalse: not null } conditional => Jumps(conditional.WhenTrue) && Jumps(conditional.WhenFalse),
        _ => false,
    };

    private static bool NeverReturns(IMethodSymbol method) =>
        method.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name == "DoesNotReturnAttribute");

    /// <summary>Walks from the read to the root of its body; true when a write that always happens was met.</summary>
    private bool WalkUp(IOperation use)
    {
        IOperation current = use;
        for (IOperation? parent = use.Parent; parent is not null; current = parent, parent = parent.Parent)
        {
            switch (parent)
            {
                case IAnonymousFunctionOperation or ILocalFunctionOperation:
                    // What the surrounding body wrote before the function was made counts, and all later writes may count too.
                    break;
                case IConditionalOperation conditional when current != conditional.Condition:
                    if (Visit(conditional.Condition))
                        return true;
                    break;
                case ILoopOperation loop:
                    if (WalkLoop(loop, current))
                        return true;
                    break;
                case ISwitchOperation switched when current != switched.Value:
                    if (Visit(switched.Value) || MatchPattern(current))
                        return true;
                    break;
                case ISwitchCaseOperation switchCase:
                    if (VisitBefore(switchCase.Body, current) || switchCase.Clauses.Any(clause => clause != current && Visit(clause)))
                        return true;
                    break;
                case ITryOperation attempt:
                    if (current != attempt.Body)
                        Visit(attempt.Body);
                    if (current == attempt.Finally)
                    {
                        foreach (ICatchClauseOperation clause in attempt.Catches)
                            Visit(clause);
                    }

                    break;
                case IBlockOperation block:
                    if (VisitBefore(block.Operations, current))
                        return true;
                    break;
                case ISwitchExpressionArmOperation arm when current == arm.Value:
                    if (Visit(arm.Pattern))
                        return true;
                    break;
                default:
                    foreach (IOperation child in parent.ChildOperations.Reverse())
                    {
                        if (child == current || child.Syntax.SpanStart >= current.Syntax.SpanStart)
                            continue;
                        if (Visit(child))
                            return true;
                    }

                    break;
            }
        }

        return false;
    }

    private bool WalkLoop(ILoopOperation loop, IOperation current)
    {
        if (loop is IForEachLoopOperation forEach)
        {
            if (current == forEach.Collection)
                return false;
            if (TryLoopVariable(forEach))
                return true;
        }

        // The back edge: every write in the loop can come before the read.
        Visit(loop.Body);
        switch (loop)
        {
            case IForLoopOperation forLoop:
                foreach (IOperation step in forLoop.AtLoopBottom)
                    Visit(step);
                if (forLoop.Condition is not null)
                    Visit(forLoop.Condition);
                return VisitBefore(forLoop.Before, current);
            case IWhileLoopOperation { Condition: not null } whileLoop:
                return current != whileLoop.Condition && whileLoop.ConditionIsTop && Visit(whileLoop.Condition);
            default:
                return false;
        }
    }

    private bool TryLoopVariable(IForEachLoopOperation forEach)
    {
        if (forEach.LoopControlVariable is IVariableDeclaratorOperation declarator && _place.Root.Equals(declarator.Symbol, SymbolEqualityComparer.Default))
        {
            Add(new Definition(DefinitionKind.Element, forEach, forEach.Collection));
            return _place.Length == 1;
        }

        IOperation? target = forEach.LoopControlVariable is IDeclarationExpressionOperation declaration ? declaration.Expression : forEach.LoopControlVariable;
        if (target is not ITupleOperation tuple)
            return false;
        for (int i = 0; i < tuple.Elements.Length; i++)
        {
            if (_place.Equals(AccessPath.TryCreate(tuple.Elements[i])))
            {
                Add(new Definition(DefinitionKind.Element, forEach, forEach.Collection, TupleIndex: i));
                return true;
            }
        }

        return false;
    }

    private bool MatchPattern(IOperation switchCase)
    {
        bool killed = false;
        foreach (IOperation clause in switchCase.ChildOperations.Where(static child => child is ICaseClauseOperation))
            killed |= Visit(clause);
        return killed;
    }

    private bool VisitBefore(IReadOnlyList<IOperation> operations, IOperation current)
    {
        int index = 0;
        while (index < operations.Count && operations[index] != current)
            index++;
        if (index == operations.Count)
            return false;
        for (int i = index - 1; i >= 0; i--)
        {
            if (Visit(operations[i]))
                return true;
        }

        return false;
    }

    private void Add(Definition definition)
    {
        if (_seen.Add(definition.Value) || definition.Kind != DefinitionKind.Assign)
            _found.Add(definition);
    }

    /// <summary>Writes inside lambdas and local functions can run at any time.</summary>
    private void AddCaptured(IOperation use)
    {
        if (_place.Root is not (ILocalSymbol or IParameterSymbol))
            return;
        IOperation root = use;
        while (root.Parent is not null)
            root = root.Parent;
        IOperation? home = null;
        for (IOperation? current = use; current is not null && home is null; current = current.Parent)
        {
            if (current is IAnonymousFunctionOperation or ILocalFunctionOperation)
                home = current;
        }

        bool captured = home is not null && !IsDeclaredIn(home);
        foreach (IOperation operation in root.Descendants())
        {
            if (operation is IAnonymousFunctionOperation or ILocalFunctionOperation || (captured && operation == root))
            {
                if (operation == home && !captured)
                    continue;
                foreach (IOperation inner in operation.Descendants())
                    DefinitionReader.TryRead(inner, _place, AddOnce);
            }
        }

        if (captured)
        {
            foreach (IOperation operation in root.Descendants())
                DefinitionReader.TryRead(operation, _place, AddOnce);
        }
    }

    private bool IsDeclaredIn(IOperation function) =>
        _place.Root.DeclaringSyntaxReferences.Any(reference => reference.SyntaxTree == function.Syntax.SyntaxTree && function.Syntax.Span.Contains(reference.Span));

    private void AddOnce(Definition definition)
    {
        if (!_found.Any(existing => existing.Operation == definition.Operation && existing.Value == definition.Value))
            _found.Add(definition);
    }
}
