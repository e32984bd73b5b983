using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SecurityToolchain.Analyzers.Rules.Injection.QueryText;

/// <summary>Statements that run before the read.</summary>
internal sealed partial class ReachingDefinitions
{
    /// <summary>Collects the writes in an operation that runs before the read; true when one of them always happens.</summary>
    private bool Visit(IOperation? operation)
    {
        switch (operation)
        {
            case null or IAnonymousFunctionOperation or ILocalFunctionOperation:
                return false;
            case IBlockOperation block:
                for (int i = block.Operations.Length - 1; i >= 0; i--)
                {
                    if (Visit(block.Operations[i]))
                        return true;
                }

                return false;
            case IConditionalOperation conditional:
                return VisitConditional(conditional);
            case ILoopOperation loop:
                return VisitLoop(loop);
            case ISwitchOperation switched:
                return VisitSwitch(switched);
            case ITryOperation attempt:
                return VisitTry(attempt);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } condition:
                Visit(condition.RightOperand);
                return Visit(condition.LeftOperand);
            case IConditionalAccessOperation access:
                Visit(access.WhenNotNull);
                return Visit(access.Operation);
            case ICoalesceOperation coalesce:
                Visit(coalesce.WhenNull);
                return Visit(coalesce.Value);
            default:
                bool killed = DefinitionReader.TryRead(operation, _place, Add);
                if (killed)
                    return true;
                foreach (IOperation child in operation.ChildOperations.Reverse())
                {
                    if (Visit(child))
                        return true;
                }

                return false;
        }
    }

    private bool VisitConditional(IConditionalOperation conditional)
    {
        bool? known = _conditions.Decide(conditional.Condition);
        if (known is bool taken)
            return Visit(taken ? conditional.WhenTrue : conditional.WhenFalse) || Visit(conditional.Condition);
        bool whenTrue = Leaves(conditional.WhenTrue) || Visit(conditional.WhenTrue);
        bool whenFalse = conditional.WhenFalse is not null && (Leaves(conditional.WhenFalse) || Visit(conditional.WhenFalse));
        return (whenTrue && whenFalse) || Visit(conditional.Condition);
    }

    private bool VisitLoop(ILoopOperation loop)
    {
        switch (loop)
        {
            case IForLoopOperation forLoop:
                bool runs = forLoop.Condition is null || _conditions.DecideFirstRound(forLoop) == true;
                foreach (IOperation step in forLoop.AtLoopBottom)
                    Visit(step);
                if (Visit(forLoop.Body) && runs)
                    return true;
                return VisitBefore([.. forLoop.Before, forLoop], forLoop);
            case IWhileLoopOperation whileLoop:
                bool? known = whileLoop.Condition is null ? null : _conditions.Decide(whileLoop.Condition);
                if (known == false && whileLoop.ConditionIsTop)
                    return false;
                bool killed = Visit(whileLoop.Body);
                if (killed && (!whileLoop.ConditionIsTop || known == true))
                    return true;
                return whileLoop.Condition is not null && Visit(whileLoop.Condition);
            case IForEachLoopOperation forEach:
                TryLoopVariable(forEach);
                Visit(forEach.Body);
                return Visit(forEach.Collection);
            default:
                Visit(loop.Body);
                return false;
        }
    }

    private bool VisitSwitch(ISwitchOperation switched)
    {
        ISwitchCaseOperation? only = _conditions.DecideCase(switched);
        bool all = true;
        bool hasDefault = only is not null;
        foreach (ISwitchCaseOperation switchCase in switched.Cases)
        {
            if (only is not null && switchCase != only)
                continue;
            hasDefault |= switchCase.Clauses.Any(static clause => clause.CaseKind == CaseKind.Default);
            bool killed = false;
            for (int i = switchCase.Body.Length - 1; i >= 0 && !killed; i--)
                killed = Leaves(switchCase.Body[i]) || Visit(switchCase.Body[i]);
            if (!killed)
            {
                foreach (ICaseClauseOperation clause in switchCase.Clauses)
                    Visit(clause);
            }

            all &= killed;
        }

        return (all && hasDefault) || Visit(switched.Value);
    }

    private bool VisitTry(ITryOperation attempt)
    {
        if (attempt.Finally is not null && Visit(attempt.Finally))
            return true;
        bool all = true;
        foreach (ICatchClauseOperation clause in attempt.Catches)
            all &= Leaves(clause.Handler) || Visit(clause.Handler);
        return Visit(attempt.Body) && all;
    }
}
