using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Taint.Engine;

/// <content>Operators, concatenation, patterns.</content>
internal sealed partial class BodyInterpreter
{
    private AbstractValue? _patternInput;

    private AbstractValue EvaluateBinary(IBinaryOperation binary)
    {
        if (binary.OperatorKind == BinaryOperatorKind.Add && binary.Type?.SpecialType == SpecialType.System_String)
        {
            var parts = new List<AbstractValue>();
            Flatten(binary, parts);
            return Concatenate(parts);
        }

        AbstractValue left = Evaluate(binary.LeftOperand);
        AbstractValue right = Evaluate(binary.RightOperand);
        if (binary.OperatorMethod is { } method && _solver.HasBody(method))
            return Invoke(binary, method, null, new[] { left, right }, new IOperation?[] { binary.LeftOperand, binary.RightOperand });
        object? constant = Constants.Apply(binary.OperatorKind, left.Constant, right.Constant);
        if (constant is not null)
            return AbstractValue.Of(constant).WithFacts(FactSet.Join(left.Facts, right.Facts));
        if (binary.Type?.SpecialType != SpecialType.System_Boolean)
            return AbstractValue.Of(Combine(left.Facts, left.Constant is not null, right.Facts, right.Constant is not null));

        AbstractValue result = AbstractValue.Of(Symbolic(FactSet.Join(left.Facts, right.Facts)));
        Guard? guard = binary.OperatorKind switch
        {
            BinaryOperatorKind.Equals => GuardOfComparison(binary, left, right, whenTrue: true),
            BinaryOperatorKind.NotEquals => GuardOfComparison(binary, left, right, whenTrue: false),
            BinaryOperatorKind.GreaterThanOrEqual or BinaryOperatorKind.GreaterThan => GuardOfIndex(binary.LeftOperand, right, binary.OperatorKind),
            BinaryOperatorKind.LessThan => GuardOfIndex(binary.LeftOperand, right, BinaryOperatorKind.GreaterThanOrEqual)?.Negate(),
            BinaryOperatorKind.And or BinaryOperatorKind.ConditionalAnd => Guard.Both(left.Guard?.Only(true), right.Guard?.Only(true)),
            BinaryOperatorKind.Or or BinaryOperatorKind.ConditionalOr => Guard.Both(left.Guard?.Only(false), right.Guard?.Only(false)),
            _ => null,
        };
        if (!_model.GuardMatchers.IsEmpty)
            guard = Guard.Both(guard, MatchedGuards(binary));
        return result.WithGuard(guard);
    }

    private Guard? GuardOfComparison(IBinaryOperation binary, AbstractValue left, AbstractValue right, bool whenTrue)
    {
        if (left.Constant is bool leftTruth && right.Guard is { } rightGuard)
            return leftTruth == whenTrue ? rightGuard : rightGuard.Negate();
        if (right.Constant is bool rightTruth && left.Guard is { } leftGuard)
            return rightTruth == whenTrue ? leftGuard : leftGuard.Negate();
        return GuardOfEquality(binary.LeftOperand, left, binary.RightOperand, right, whenTrue) ?? GuardOfIndexNotFound(binary, right, whenTrue);
    }

    /// <summary><c>Array.IndexOf(allowed, x) &gt;= 0</c> and its relatives.</summary>
    private Guard? GuardOfIndex(IOperation operand, AbstractValue bound, BinaryOperatorKind kind)
    {
        bool isFound = bound.Constant is long limit && (kind == BinaryOperatorKind.GreaterThanOrEqual ? limit == 0 : limit == -1);
        return isFound && IndexSearch(operand) is { } searched ? GuardOn(searched, SinkKinds.AllInjection, whenTrue: true) : null;
    }

    private Guard? GuardOfIndexNotFound(IBinaryOperation binary, AbstractValue right, bool whenTrue) =>
        right.Constant is -1L && IndexSearch(binary.LeftOperand) is { } searched ? GuardOn(searched, SinkKinds.AllInjection, !whenTrue) : null;

    private IOperation? IndexSearch(IOperation operand)
    {
        if (operand is not IInvocationOperation { TargetMethod: { Name: "IndexOf" or "BinarySearch" } method } call || method.ContainingType.SpecialType == SpecialType.System_String)
            return null;
        IOperation? container = call.Instance ?? (call.Arguments.Length > 0 ? call.Arguments[0].Value : null);
        int position = call.Instance is null ? 1 : 0;
        return container is not null && call.Arguments.Length > position && ValueTypes.IsCollection(container.Type) && ValueAt(container) is { } value && IsTrusted(value)
            ? call.Arguments[position].Value
            : null;
    }

    private Guard? MatchedGuards(IOperation condition)
    {
        Guard? guard = null;
        var facts = new List<GuardFact>();
        foreach (IGuardMatcher matcher in _model.GuardMatchers)
            matcher.Match(condition, new EngineSinkSite(this, condition, condition, Method, string.Empty), facts);
        foreach (GuardFact fact in facts)
            guard = Guard.Both(guard, GuardOn(fact.Value, fact.Clears, fact.WhenTrue));
        return guard;
    }

    /// <summary>Only facts on inputs: they tell which parameter a condition depends on.</summary>
    private static Fact[] Symbolic(Fact[] facts)
    {
        List<Fact>? kept = null;
        foreach (Fact fact in facts)
        {
            if (fact.Origin is Place { Root: PlaceRoot.Parameter, Depth: 0 })
                (kept ??= new List<Fact>()).Add(fact);
        }

        return kept?.ToArray() ?? FactSet.Empty;
    }

    private static Fact[] Combine(Fact[] left, bool leftIsConstant, Fact[] right, bool rightIsConstant)
    {
        if (!rightIsConstant)
            left = FactSet.AddFlags(left, FactFlags.Mixed);
        if (!leftIsConstant)
            right = FactSet.AddFlags(right, FactFlags.Mixed);
        return FactSet.Join(left, right);
    }

    private void Flatten(IOperation operation, List<AbstractValue> parts)
    {
        // Long chains lean to the left: walk down without recursion.
        var rights = new Stack<IOperation>();
        while (operation is IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String, ConstantValue.HasValue: false } binary)
        {
            rights.Push(binary.RightOperand);
            operation = binary.LeftOperand;
        }

        AddPart(operation, parts);
        while (rights.Count > 0)
            AddPart(rights.Pop(), parts);
    }

    private void AddPart(IOperation operation, List<AbstractValue> parts)
    {
        IOperation inner = operation is IConversionOperation { OperatorMethod: null, Type.SpecialType: SpecialType.System_Object } conversion ? conversion.Operand : operation;
        parts.Add(AsText(Evaluate(inner), inner));
    }

    /// <summary>Text made of parts. What comes first decides for which sinks later parts can do harm.</summary>
    private AbstractValue Concatenate(List<AbstractValue> parts)
    {
        var before = new StringBuilder();
        string? prefix = null;
        Fact[] facts = FactSet.Empty;
        bool isConstant = true;
        int variables = 0;
        foreach (AbstractValue part in parts)
        {
            if (part.Constant is null)
                variables++;
        }

        foreach (AbstractValue part in parts)
        {
            bool isVariable = part.Constant is null;
            Fact[] partFacts = part.Facts;
            if (partFacts.Length > 0)
            {
                if (variables - (isVariable ? 1 : 0) > 0)
                    partFacts = FactSet.AddFlags(partFacts, FactFlags.Mixed);
                SinkKinds cleared = _model.ClearedBy(before.ToString());
                if (cleared != SinkKinds.None)
                    partFacts = FactSet.Map(partFacts, fact => fact with { Cleared = fact.Cleared | cleared });
                partFacts = FactSet.Map(partFacts, static fact => fact with { Flags = fact.Flags & ~FactFlags.Canonical });
                facts = FactSet.Join(facts, partFacts);
            }

            if (isVariable)
            {
                isConstant = false;
                if (HasSource(part.Facts))
                    prefix ??= before.ToString() + (part.Prefix ?? string.Empty);
                before.Append(part.Prefix).Append('\uFFFD');
            }
            else
            {
                before.Append(ReferenceEquals(part.Constant, AbstractValue.NullConstant) ? string.Empty : part.Constant is bool truth ? (truth ? "True" : "False") : Convert.ToString(part.Constant, System.Globalization.CultureInfo.InvariantCulture));
            }

            if (before.Length > 2048)
                before.Length = 2048;
        }

        string text = before.ToString();
        if (isConstant)
            return AbstractValue.Of(text).WithPrefix(text).WithFacts(facts);
        return AbstractValue.Of(facts).WithPrefix(prefix ?? text);
    }

    private static bool HasSource(Fact[] facts)
    {
        foreach (Fact fact in facts)
        {
            if ((fact.Kinds & SourceKinds.Untrusted) != 0 || fact.Origin is Place { Root: PlaceRoot.Parameter })
                return true;
        }

        return false;
    }

    private AbstractValue EvaluatePattern(IIsPatternOperation operation)
    {
        AbstractValue value = Evaluate(operation.Value);
        Guard? guard = BindPattern(operation.Pattern, value, operation.Value);
        bool? known = Matches(operation.Pattern, value);
        return known is { } constant ? AbstractValue.Of(constant) : AbstractValue.Of(Symbolic(value.Facts)).WithGuard(guard);
    }

    private static bool? Matches(IPatternOperation pattern, AbstractValue value)
    {
        switch (pattern)
        {
            case IDiscardPatternOperation:
                return true;
            case IConstantPatternOperation constant when value.Constant is { } known && constant.Value.ConstantValue.HasValue:
                return Equals(known, Constants.Normalize(constant.Value.ConstantValue.Value));
            case INegatedPatternOperation negated:
                return !Matches(negated.Pattern, value);
            case IBinaryPatternOperation binary:
                bool? left = Matches(binary.LeftPattern, value);
                bool? right = Matches(binary.RightPattern, value);
                return binary.OperatorKind == BinaryOperatorKind.Or
                    ? left == true || right == true ? true : left == false && right == false ? false : null
                    : left == false || right == false ? false : left == true && right == true ? true : null;
            case IRelationalPatternOperation relational when value.Constant is { } known && relational.Value.ConstantValue.HasValue:
                return Constants.Apply(relational.OperatorKind, known, Constants.Normalize(relational.Value.ConstantValue.Value)) as bool?;
            default:
                return null;
        }
    }

    /// <summary>Gives the variables of a pattern their values, and returns what a match proves about the value.</summary>
    private Guard? BindPattern(IPatternOperation pattern, AbstractValue value, IOperation? operand)
    {
        switch (pattern)
        {
            case IDeclarationPatternOperation declaration:
                if (declaration.DeclaredSymbol is { } declared)
                    _state[SlotOf(declared)] = ValueTypes.IsNumber(declaration.MatchedType ?? (declared as ILocalSymbol)?.Type) ? value.WithFacts(FactSet.AddFlags(value.Facts, FactFlags.ThroughNumber)) : value;
                return null;
            case IRecursivePatternOperation recursive:
                BindRecursive(recursive, value);
                return null;
            case IListPatternOperation list:
                foreach (IPatternOperation item in list.Patterns)
                    BindPattern(item, item is ISlicePatternOperation ? value : Read(value, Step.Element, item.InputType), null);
                if (list.DeclaredSymbol is { } listVariable)
                    _state[SlotOf(listVariable)] = value;
                return null;
            case ISlicePatternOperation { Pattern: { } slice }:
                return BindPattern(slice, value, null);
            case IConstantPatternOperation constant when operand is not null && value.Facts.Length > 0:
                return GuardOn(operand, constant.Value.ConstantValue is { HasValue: true, Value: null } ? SinkKinds.All : SinkKinds.AllInjection, whenTrue: true);
            case INegatedPatternOperation negated:
                return BindPattern(negated.Pattern, value, operand)?.Negate();
            case IBinaryPatternOperation binary:
                Guard? left = BindPattern(binary.LeftPattern, value, operand);
                Guard? right = BindPattern(binary.RightPattern, value, operand);
                bool isOr = binary.OperatorKind == BinaryOperatorKind.Or;
                // Each alternative of an "or" must prove it; either part of an "and" is enough. Not matching is the other way round.
                Guard? whenMatched = isOr ? left is not null && right is not null ? Guard.Both(left.Only(true), right.Only(true)) : null : Guard.Both(left?.Only(true), right?.Only(true));
                Guard? whenNot = isOr ? Guard.Both(left?.Only(false), right?.Only(false)) : left is not null && right is not null ? Guard.Both(left.Only(false), right.Only(false)) : null;
                return Guard.Both(whenMatched, whenNot);
            default:
                return null;
        }
    }

    private void BindRecursive(IRecursivePatternOperation recursive, AbstractValue value)
    {
        if (recursive.DeclaredSymbol is { } declared)
            _state[SlotOf(declared)] = value;
        AbstractValue? outer = _patternInput;
        _patternInput = value;
        foreach (IPropertySubpatternOperation property in recursive.PropertySubpatterns)
        {
            AbstractValue member = Evaluate(property.Member);
            BindPattern(property.Pattern, member, null);
        }

        _patternInput = outer;
        for (int i = 0; i < recursive.DeconstructionSubpatterns.Length; i++)
            BindPattern(recursive.DeconstructionSubpatterns[i], DeconstructedPart(value, recursive.MatchedType, i, recursive.DeconstructionSubpatterns.Length, recursive), null);
    }
}
