using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SecurityToolchain.Analyzers.Rules.Injection.QueryText;

/// <summary>Decides conditions that have the same value on every run: constants, read-only fields, fields that nobody reassigns, methods that return a constant.</summary>
internal sealed class ConstantConditions
{
    private const int MostSteps = 8;

    private readonly SourceIndex _index;

    /// <summary>Creates the decider over a compilation's sources.</summary>
    public ConstantConditions(SourceIndex index) => _index = index;

    /// <summary>True or false when the condition always has this value, otherwise null.</summary>
    public bool? Decide(IOperation condition) => Value(condition, 0) as bool?;

    /// <summary>Whether the first round of a <c>for</c> loop certainly runs.</summary>
    public bool? DecideFirstRound(IForLoopOperation loop)
    {
        if (loop.Condition is not IBinaryOperation comparison || loop.Before.Length != 1)
            return null;
        IVariableDeclaratorOperation? counter = loop.Before[0].Descendants().OfType<IVariableDeclaratorOperation>().FirstOrDefault();
        if (counter?.Initializer is not { } start || comparison.LeftOperand is not ILocalReferenceOperation local
            || !SymbolEqualityComparer.Default.Equals(local.Local, counter.Symbol))
        {
            return null;
        }

        return Compare(comparison.OperatorKind, Value(start.Value, 0), Value(comparison.RightOperand, 0)) as bool?;
    }

    /// <summary>The only case of a switch over a constant that can run, or null.</summary>
    public ISwitchCaseOperation? DecideCase(ISwitchOperation switched)
    {
        if (Value(switched.Value, 0) is not { } value)
            return null;
        ISwitchCaseOperation? fallback = null;
        foreach (ISwitchCaseOperation switchCase in switched.Cases)
        {
            foreach (ICaseClauseOperation clause in switchCase.Clauses)
            {
                switch (clause)
                {
                    case ISingleValueCaseClauseOperation { Value.ConstantValue: { HasValue: true } label }:
                        if (Equals(label.Value, value))
                            return switchCase;
                        break;
                    case IPatternCaseClauseOperation { Guard: null, Pattern: IConstantPatternOperation { Value.ConstantValue: { HasValue: true } constant } }:
                        if (Equals(constant.Value, value))
                            return switchCase;
                        break;
                    case IDefaultCaseClauseOperation:
                        fallback = switchCase;
                        break;
                    default:
                        return null;
                }
            }
        }

        return fallback;
    }

    /// <summary>Whether an operation stands in a branch that no run takes.</summary>
    public bool IsDead(IOperation operation)
    {
        IOperation child = operation;
        for (IOperation? parent = operation.Parent; parent is not null; child = parent, parent = parent.Parent)
        {
            switch (parent)
            {
                case IConditionalOperation conditional when child != conditional.Condition && Decide(conditional.Condition) is bool taken:
                    if (taken != (child == conditional.WhenTrue))
                        return true;
                    break;
                case IWhileLoopOperation { ConditionIsTop: true, Condition: { } condition } loop when child == loop.Body && Decide(condition) == false:
                    return true;
                case ISwitchOperation switched when child is ISwitchCaseOperation && DecideCase(switched) is { } only && only != child:
                    return true;
            }
        }

        return false;
    }

    private object? Value(IOperation? operation, int steps)
    {
        if (operation is null || steps > MostSteps)
            return null;
        if (operation.ConstantValue is { HasValue: true } constant)
            return constant.Value;
        switch (operation)
        {
            case IConversionOperation { OperatorMethod: null } conversion:
                return Value(conversion.Operand, steps + 1);
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } negation:
                return Value(negation.Operand, steps + 1) is bool negated ? !negated : null;
            case IBinaryOperation binary:
                return Binary(binary, steps + 1);
            case IFieldReferenceOperation field when IsFixed(field.Field):
                return Value(_index.Initializer(field.Field), steps + 1);
            case IPropertyReferenceOperation { Property: { IsVirtual: false, IsAbstract: false, SetMethod: null, GetMethod: { } getter } }:
                return Returned(getter, steps + 1);
            case IInvocationOperation { TargetMethod: { IsVirtual: false, IsAbstract: false } method, Arguments.IsEmpty: true }:
                return Returned(method, steps + 1);
            case ILocalReferenceOperation local:
                return Local(local, steps + 1);
            default:
                return null;
        }
    }

    private object? Binary(IBinaryOperation binary, int steps)
    {
        object? left = Value(binary.LeftOperand, steps);
        object? right = Value(binary.RightOperand, steps);
        switch (binary.OperatorKind)
        {
            case BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.And when left is false || right is false:
                return false;
            case BinaryOperatorKind.ConditionalOr or BinaryOperatorKind.Or when left is true || right is true:
                return true;
            case BinaryOperatorKind.ConditionalAnd when left is true && right is true:
                return true;
            case BinaryOperatorKind.ConditionalOr when left is false && right is false:
                return false;
            default:
                return Compare(binary.OperatorKind, left, right);
        }
    }

    private static object? Compare(BinaryOperatorKind kind, object? left, object? right)
    {
        if (left is null || right is null)
            return null;
        if (left is int a && right is int b)
        {
            return kind switch
            {
                BinaryOperatorKind.Equals => a == b,
                BinaryOperatorKind.NotEquals => a != b,
                BinaryOperatorKind.LessThan => a < b,
                BinaryOperatorKind.LessThanOrEqual => a <= b,
                BinaryOperatorKind.GreaterThan => a > b,
                BinaryOperatorKind.GreaterThanOrEqual => a >= b,
                BinaryOperatorKind.Add => unchecked(a + b),
                BinaryOperatorKind.Subtract => unchecked(a - b),
                BinaryOperatorKind.Multiply => unchecked(a * b),
                BinaryOperatorKind.Remainder when b != 0 && b != -1 => a % b,
                BinaryOperatorKind.Divide when b != 0 && b != -1 => a / b,
                _ => null,
            };
        }

        return kind switch
        {
            BinaryOperatorKind.Equals => Equals(left, right),
            BinaryOperatorKind.NotEquals => !Equals(left, right),
            _ => null,
        };
    }

    private bool IsFixed(IFieldSymbol field) =>
        field.DeclaringSyntaxReferences.Length > 0
        && (field.IsReadOnly || field.DeclaredAccessibility == Accessibility.Private)
        && _index.WritesOf(field).IsEmpty;

    private object? Returned(IMethodSymbol method, int steps)
    {
        if (_index.Body(method) is not { } body)
            return null;
        object? value = null;
        foreach (IOperation operation in body.DescendantsAndSelf())
        {
            if (operation is not IReturnOperation { ReturnedValue: { } returned })
                continue;
            object? one = Value(returned, steps);
            if (one is null || (value is not null && !value.Equals(one)))
                return null;
            value = one;
        }

        return value;
    }

    private object? Local(ILocalReferenceOperation reference, int steps)
    {
        if (reference.Local.IsConst || reference.Local.DeclaringSyntaxReferences.Length != 1)
            return null;
        IOperation root = reference;
        while (root.Parent is not null)
            root = root.Parent;
        IOperation? only = null;
        foreach (IOperation operation in root.Descendants())
        {
            switch (operation)
            {
                case IVariableDeclaratorOperation declarator when SymbolEqualityComparer.Default.Equals(declarator.Symbol, reference.Local):
                    if (declarator.Initializer is null)
                        return null;
                    only = declarator.Initializer.Value;
                    break;
                case IAssignmentOperation { Target: ILocalReferenceOperation target } when SymbolEqualityComparer.Default.Equals(target.Local, reference.Local):
                case IIncrementOrDecrementOperation { Target: ILocalReferenceOperation counter } when SymbolEqualityComparer.Default.Equals(counter.Local, reference.Local):
                case IArgumentOperation { Parameter.RefKind: not RefKind.None, Value: ILocalReferenceOperation passed } when SymbolEqualityComparer.Default.Equals(passed.Local, reference.Local):
                    return null;
            }
        }

        return Value(only, steps);
    }
}
