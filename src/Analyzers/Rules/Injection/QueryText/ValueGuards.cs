using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SecurityToolchain.Analyzers.Rules.Injection.QueryText;

/// <summary>
/// Tells whether a value was checked on every path to the place where it is read: it equals a constant, is in a fixed set, parses as a number,
/// or matches a pattern of harmless characters. A check on another branch, or before the value was written again, does not count.
/// </summary>
internal sealed partial class ValueGuards
{
    private const int DeepestCall = 4;

    private readonly SourceIndex _index;
    private readonly ConstantConditions _conditions;
    private readonly Func<IOperation, TextFrame, bool> _isConstant;

    /// <summary>Creates guards over a compilation.</summary>
    /// <param name="index">The compilation's sources.</param>
    /// <param name="conditions">Decides constant conditions.</param>
    /// <param name="isConstant">Decides whether a value or all elements of a collection are constant.</param>
    public ValueGuards(SourceIndex index, ConstantConditions conditions, Func<IOperation, TextFrame, bool> isConstant)
    {
        _index = index;
        _conditions = conditions;
        _isConstant = isConstant;
    }

    /// <summary>Whether the value at <paramref name="place"/> was checked when <paramref name="use"/> reads it.</summary>
    public bool IsValidated(IOperation use, AccessPath place, TextFrame frame) => IsValidated(use, place, frame, 0);

    private bool IsValidated(IOperation use, AccessPath place, TextFrame frame, int depth)
    {
        var question = new Question(place, frame, depth);
        IOperation current = use;
        for (IOperation? parent = use.Parent; parent is not null; current = parent, parent = parent.Parent)
        {
            switch (parent)
            {
                case IConditionalOperation conditional when current == conditional.WhenTrue:
                    if (Proves(conditional.Condition, true, question))
                        return true;
                    break;
                case IConditionalOperation conditional when current == conditional.WhenFalse:
                    if (Proves(conditional.Condition, false, question))
                        return true;
                    break;
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both when current == both.RightOperand:
                    if (Proves(both.LeftOperand, true, question))
                        return true;
                    break;
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr } either when current == either.RightOperand:
                    if (Proves(either.LeftOperand, false, question))
                        return true;
                    break;
                case IWhileLoopOperation { ConditionIsTop: true, Condition: { } condition } loop when current == loop.Body:
                    if (Proves(condition, true, question))
                        return true;
                    break;
                case ISwitchCaseOperation section when parent.Parent is ISwitchOperation switched && !section.Clauses.Contains(current):
                    if (IsPlace(switched.Value, question) && section.Clauses.All(clause => IsFixedClause(clause)))
                        return true;
                    if (BlockProves(section.Body, current, question, out bool rewritten) || rewritten)
                        return !rewritten;
                    break;
                case ISwitchExpressionArmOperation arm when current == arm.Value && arm.Parent is ISwitchExpressionOperation switched:
                    if ((IsPlace(switched.Value, question) && IsFixedPattern(arm.Pattern)) || (arm.Guard is not null && Proves(arm.Guard, true, question)))
                        return true;
                    break;
                case IBlockOperation block:
                    if (BlockProves(block.Operations, current, question, out bool written) || written)
                        return !written;
                    break;
                case IAnonymousFunctionOperation or ILocalFunctionOperation:
                    // A check around a lambda holds inside it for what is not written in between; locals that are captured and rewritten are rare there.
                    break;
            }
        }

        return false;
    }

    /// <summary>What the statements before the current one prove.</summary>
    private bool BlockProves(System.Collections.Generic.IReadOnlyList<IOperation> operations, IOperation current, Question question, out bool rewritten)
    {
        rewritten = false;
        int index = 0;
        while (index < operations.Count && operations[index] != current)
            index++;
        if (index == operations.Count)
            return false;
        for (int i = index - 1; i >= 0; i--)
        {
            IOperation statement = operations[i];
            if (statement is IConditionalOperation conditional)
            {
                if (ReachingDefinitions.Jumps(conditional.WhenTrue) && Proves(conditional.Condition, false, question))
                    return true;
                if (conditional.WhenFalse is not null && ReachingDefinitions.Jumps(conditional.WhenFalse) && Proves(conditional.Condition, true, question))
                    return true;
                if (RepairsBadValue(conditional, question))
                    return true;
            }
            else if (statement is IExpressionStatementOperation { Operation: IInvocationOperation call } && ThrowsUnlessValid(call, question))
            {
                return true;
            }
            else if (statement is IVariableDeclarationGroupOperation && statement.Descendants().OfType<IInvocationOperation>().Any(one => !one.TargetMethod.ReturnsVoid && IsParser(one) && ArgumentIs(one, question)))
            {
                // int.Parse(text) throws unless the text is a number.
                return true;
            }
            else if (statement is ISwitchOperation switched && IsPlace(switched.Value, question) && SwitchRejectsOthers(switched))
            {
                return true;
            }

            if (Writes(statement, question.Place))
            {
                rewritten = true;
                return false;
            }
        }

        return false;
    }

    /// <summary><c>if (!allowed.Contains(x)) x = "fallback";</c></summary>
    private bool RepairsBadValue(IConditionalOperation conditional, Question question)
    {
        AccessPath place = question.Place;
        TextFrame frame = question.Frame;
        if (conditional.WhenFalse is not null || !Proves(conditional.Condition, false, question))
            return false;
        bool repaired = false;
        foreach (IOperation operation in conditional.WhenTrue.DescendantsAndSelf())
        {
            bool constant = true;
            DefinitionReader.TryRead(operation, place, definition => constant &= definition.Kind == DefinitionKind.Assign && _isConstant(definition.Value, frame));
            if (!constant)
                return false;
            repaired |= operation is ISimpleAssignmentOperation assignment && place.Equals(AccessPath.TryCreate(assignment.Target));
        }

        return repaired;
    }

    private static bool Writes(IOperation statement, AccessPath place)
    {
        bool found = false;
        foreach (IOperation operation in statement.DescendantsAndSelf())
            DefinitionReader.TryRead(operation, place, definition => found |= definition.Kind is not (DefinitionKind.Mutate or DefinitionKind.Call) || definition.Value is IArgumentOperation { Parameter.RefKind: RefKind.Out or RefKind.Ref });
        return found;
    }

    private static bool SwitchRejectsOthers(ISwitchOperation switched)
    {
        bool rejects = false;
        foreach (ISwitchCaseOperation section in switched.Cases)
        {
            bool isDefault = section.Clauses.Any(static clause => clause.CaseKind == CaseKind.Default);
            if (isDefault)
                rejects = section.Body.Any(ReachingDefinitions.Leaves);
            else if (!section.Clauses.All(IsFixedClause) && !section.Body.Any(ReachingDefinitions.Leaves))
                return false;
        }

        return rejects;
    }

    private static bool IsFixedClause(ICaseClauseOperation clause) => clause switch
    {
        ISingleValueCaseClauseOperation => true,
        IPatternCaseClauseOperation pattern => IsFixedPattern(pattern.Pattern),
        _ => false,
    };

    private static bool IsFixedPattern(IPatternOperation pattern) => pattern switch
    {
        IConstantPatternOperation => true,
        IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.Or } either => IsFixedPattern(either.LeftPattern) && IsFixedPattern(either.RightPattern),
        IBinaryPatternOperation both => IsFixedPattern(both.LeftPattern) || IsFixedPattern(both.RightPattern),
        _ => false,
    };

    private static bool IsPlace(IOperation? operation, Question question)
    {
        while (true)
        {
            switch (operation)
            {
                case IInvocationOperation { TargetMethod: { ContainingType.SpecialType: SpecialType.System_String, Name: "ToUpper" or "ToLower" or "ToUpperInvariant" or "ToLowerInvariant" or "Trim" }, Instance: { } text }:
                    operation = text;
                    continue;
                case IConversionOperation { OperatorMethod: null } conversion:
                    operation = conversion.Operand;
                    continue;
                default:
                    return operation is not null && question.Place.Equals(AccessPath.TryCreate(operation));
            }
        }
    }

    private sealed record Question(AccessPath Place, TextFrame Frame, int Depth);
}
