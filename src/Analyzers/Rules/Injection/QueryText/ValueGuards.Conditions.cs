using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SecurityToolchain.Analyzers.Rules.Injection.QueryText;

/// <summary>What a single condition proves.</summary>
internal sealed partial class ValueGuards
{
    private static readonly HashSet<string> s_membership = new(StringComparer.Ordinal) { "Contains", "ContainsKey", "TryGetValue" };

    private bool Proves(IOperation condition, bool outcome, Question question)
    {
        switch (condition)
        {
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } negation:
                return Proves(negation.Operand, !outcome, question);
            case IConversionOperation conversion:
                return Proves(conversion.Operand, outcome, question);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.And } both:
                return outcome
                    ? Proves(both.LeftOperand, true, question) || Proves(both.RightOperand, true, question)
                    : Proves(both.LeftOperand, false, question) && Proves(both.RightOperand, false, question);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr or BinaryOperatorKind.Or } either:
                return outcome
                    ? Proves(either.LeftOperand, true, question) && Proves(either.RightOperand, true, question)
                    : Proves(either.LeftOperand, false, question) || Proves(either.RightOperand, false, question);
            case IBinaryOperation comparison:
                return ProvesComparison(comparison, outcome, question);
            case IIsPatternOperation match:
                return ProvesPattern(match, match.Pattern, outcome, question);
            case IInvocationOperation call:
                return ProvesCall(call, outcome, question);
            case ILocalReferenceOperation flag:
                return ProvesFlag(flag, outcome, question);
            default:
                return false;
        }
    }

    private bool ProvesComparison(IBinaryOperation comparison, bool outcome, Question question)
    {
        switch (comparison.OperatorKind)
        {
            case BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals:
                if (outcome == (comparison.OperatorKind == BinaryOperatorKind.Equals))
                {
                    if ((IsPlace(comparison.LeftOperand, question) && _isConstant(comparison.RightOperand, question.Frame))
                        || (IsPlace(comparison.RightOperand, question) && _isConstant(comparison.LeftOperand, question.Frame)))
                    {
                        return true;
                    }
                }

                // IndexOf(...) != -1, comparison of a check with true or false.
                if (comparison.RightOperand.ConstantValue is { HasValue: true, Value: bool expected })
                    return Proves(comparison.LeftOperand, (comparison.OperatorKind == BinaryOperatorKind.Equals) == (expected == outcome), question);
                return comparison.RightOperand.ConstantValue is { HasValue: true, Value: -1 }
                    && outcome == (comparison.OperatorKind == BinaryOperatorKind.NotEquals) && IsSearch(comparison.LeftOperand, question);
            case BinaryOperatorKind.GreaterThanOrEqual or BinaryOperatorKind.GreaterThan:
                return outcome && comparison.RightOperand.ConstantValue is { HasValue: true, Value: 0 or -1 } && IsSearch(comparison.LeftOperand, question);
            case BinaryOperatorKind.LessThan:
                return !outcome && comparison.RightOperand.ConstantValue is { HasValue: true, Value: 0 } && IsSearch(comparison.LeftOperand, question);
            default:
                return false;
        }
    }

    private bool IsSearch(IOperation operation, Question question)
    {
        if (operation is not IInvocationOperation { TargetMethod.Name: "IndexOf" or "BinarySearch" or "FindIndex" } search)
            return false;
        IOperation? set = search.Instance ?? (search.Arguments.Length > 1 ? search.Arguments[0].Value : null);
        return set is not null && set.Type?.SpecialType != SpecialType.System_String && HoldsArgument(search, question) && _isConstant(set, question.Frame);
    }

    private static bool ProvesPattern(IIsPatternOperation match, IPatternOperation pattern, bool outcome, Question question)
    {
        if (pattern is INegatedPatternOperation negated)
            return ProvesPattern(match, negated.Pattern, !outcome, question);
        return outcome && IsPlace(match.Value, question) && IsFixedPattern(pattern);
    }

    private bool ProvesFlag(ILocalReferenceOperation flag, bool outcome, Question question)
    {
        (IReadOnlyList<Definition> definitions, bool reachesEntry) = ReachingDefinitions.Find(flag, AccessPath.TryCreate(flag)!, _conditions);
        if (reachesEntry || definitions.Count == 0 || question.Depth >= DeepestCall)
            return false;
        var deeper = question with { Depth = question.Depth + 1 };
        foreach (Definition definition in definitions)
        {
            if (definition.Kind != DefinitionKind.Assign)
                return false;
            if (definition.Value.ConstantValue is { HasValue: true, Value: bool known })
            {
                if (known == outcome && !IsValidated(definition.Value, question.Place, question.Frame, deeper.Depth))
                    return false;
                continue;
            }

            if (!Proves(definition.Value, outcome, deeper))
                return false;
        }

        return true;
    }

    private bool ProvesCall(IInvocationOperation call, bool outcome, Question question)
    {
        IMethodSymbol method = call.TargetMethod;
        if (ProvesSourceCheck(call, outcome, question))
            return true;
        if (outcome && s_membership.Contains(method.Name) && HoldsArgument(call, question))
        {
            IOperation? set = call.Instance ?? (call.Arguments.Length > 1 ? call.Arguments[0].Value : null);
            if (set is not null && set.Type?.SpecialType != SpecialType.System_String && _isConstant(set, question.Frame))
                return true;
        }

        switch (method.Name)
        {
            case "Equals" when outcome:
                return EqualsConstant(call, question);
            case "IsNullOrEmpty" or "IsNullOrWhiteSpace" when outcome:
                return HoldsArgument(call, question);
            case "TryParse" or "TryParseExact" or "IsDefined" or "TryFormat" when outcome:
                return method.ContainingType is { } parsed && (InertParser(method) || InertTypes.Contains(parsed)) && HoldsArgument(call, question);
            case "IsMatch" when outcome && method.ContainingType is { Name: "Regex" }:
                return HoldsArgument(call, question) && PatternOf(call) is { } pattern && CharacterFilters.MatchesOnlyWords(pattern);
            case "All" when outcome:
                return IsPlace(call.Arguments.FirstOrDefault()?.Value, question) && ChecksCharacters(call, negated: false);
            case "Any" when !outcome && IsPlace(call.Arguments.FirstOrDefault()?.Value, question):
                return ChecksCharacters(call, negated: true);
            case "Any" or "Exists" when outcome:
                return ElementEquals(call, question);
            default:
                return false;
        }
    }

    private static bool HoldsArgument(IInvocationOperation call, Question question)
    {
        foreach (IArgumentOperation argument in call.Arguments)
        {
            if (IsPlace(argument.Value, question))
                return true;
        }

        return false;
    }

    private static bool ArgumentIs(IInvocationOperation call, Question question) => HoldsArgument(call, question);

    private static bool InertParser(IMethodSymbol method) =>
        method.ContainingType.SpecialType == SpecialType.System_Enum || method.ContainingType.Name is "IPAddress" or "Enum";

    private static bool IsParser(IInvocationOperation call) => call.TargetMethod.Name is "Parse" or "ParseExact" && InertTypes.Contains(call.TargetMethod.ContainingType);

    private bool EqualsConstant(IInvocationOperation call, Question question)
    {
        IOperation? other = null;
        bool found = IsPlace(call.Instance, question);
        if (!found && call.Instance is not null)
            other = call.Instance;
        foreach (IArgumentOperation argument in call.Arguments)
        {
            if (argument.Value.Type?.SpecialType is not (SpecialType.System_String or SpecialType.System_Object))
                continue;
            if (!found && IsPlace(argument.Value, question))
                found = true;
            else
                other = argument.Value;
        }

        return found && other is not null && _isConstant(other, question.Frame);
    }

    private string? PatternOf(IInvocationOperation call)
    {
        IOperation? pattern = call.Instance is null ? call.Arguments.FirstOrDefault(static argument => argument.Parameter?.Name == "pattern")?.Value : call.Instance;
        if (pattern is IFieldReferenceOperation field)
            pattern = _index.Initializer(field.Field) ?? pattern;
        if (pattern is ILocalReferenceOperation local)
            pattern = ReachingDefinitions.Find(local, AccessPath.TryCreate(local)!, _conditions).Definitions is [var made, ..] ? made.Value : pattern;
        if (pattern is IInvocationOperation or IPropertyReferenceOperation)
            return GeneratedPattern(pattern is IInvocationOperation factory ? factory.TargetMethod : ((IPropertyReferenceOperation)pattern).Property);
        if (pattern is IObjectCreationOperation { Arguments.Length: > 0 } creation)
            pattern = creation.Arguments[0].Value;
        return pattern?.ConstantValue is { HasValue: true, Value: string text } ? text : null;
    }

    private static string? GeneratedPattern(ISymbol member)
    {
        foreach (AttributeData attribute in member.GetAttributes())
        {
            if (attribute.AttributeClass?.Name == "GeneratedRegexAttribute" && attribute.ConstructorArguments.Length > 0)
                return attribute.ConstructorArguments[0].Value as string;
        }

        return null;
    }

    private static bool ChecksCharacters(IInvocationOperation call, bool negated)
    {
        IOperation? function = call.Arguments.Length > 1 ? call.Arguments[1].Value : null;
        if (function is IDelegateCreationOperation creation)
            function = creation.Target;
        if (function is IMethodReferenceOperation group)
            return !negated && IsHarmlessClass(group.Method);
        if (function is not IAnonymousFunctionOperation { Body.Operations: [IReturnOperation { ReturnedValue: { } test }] })
            return false;
        if (negated)
        {
            if (test is not IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } negation)
                return false;
            test = negation.Operand;
        }

        return IsHarmlessTest(test);
    }

    private static bool IsHarmlessTest(IOperation test) => test switch
    {
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr } either => IsHarmlessTest(either.LeftOperand) && IsHarmlessTest(either.RightOperand),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both => IsHarmlessTest(both.LeftOperand) || IsHarmlessTest(both.RightOperand),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } equals => IsHarmlessCharacter(equals.RightOperand) || IsHarmlessCharacter(equals.LeftOperand),
        IInvocationOperation call => IsHarmlessClass(call.TargetMethod),
        IIsPatternOperation { Pattern: IConstantPatternOperation pattern } => IsHarmlessCharacter(pattern.Value),
        IUnaryOperation => false,
        _ => false,
    };

    private static bool IsHarmlessCharacter(IOperation operand)
    {
        while (operand is IConversionOperation conversion)
            operand = conversion.Operand;
        return operand.ConstantValue is { HasValue: true, Value: char and ('_' or '.' or '-' or ' ' or '$') };
    }

    private static bool IsHarmlessClass(IMethodSymbol method) =>
        method.ContainingType?.SpecialType == SpecialType.System_Char
        && method.Name is "IsLetter" or "IsDigit" or "IsLetterOrDigit" or "IsAsciiLetter" or "IsAsciiDigit" or "IsAsciiLetterOrDigit" or "IsNumber" or "IsAsciiHexDigit"
            or "IsAsciiLetterLower" or "IsAsciiLetterUpper" or "IsUpper" or "IsLower";

    /// <summary><c>allowed.Any(one =&gt; one == x)</c> over a constant set.</summary>
    private bool ElementEquals(IInvocationOperation call, Question question)
    {
        IOperation? set = call.Instance ?? call.Arguments.FirstOrDefault()?.Value;
        IOperation? function = call.Arguments.IsEmpty ? null : call.Arguments[call.Arguments.Length - 1].Value;
        if (function is IDelegateCreationOperation creation)
            function = creation.Target;
        if (set is null || function is not IAnonymousFunctionOperation { Body.Operations: [IReturnOperation { ReturnedValue: { } test }] } || !_isConstant(set, question.Frame))
            return false;
        foreach (IOperation operation in test.DescendantsAndSelf())
        {
            if (operation is IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } equals && (IsPlace(equals.LeftOperand, question) || IsPlace(equals.RightOperand, question)))
                return true;
            if (operation is IInvocationOperation { TargetMethod.Name: "Equals" } compare && (IsPlace(compare.Instance, question) || HoldsArgument(compare, question)))
                return true;
        }

        return false;
    }
}
