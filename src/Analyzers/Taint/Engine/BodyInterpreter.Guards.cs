using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Symbols;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Taint.Engine;

/// <content>What conditions prove, and how that narrows the state on their branches.</content>
internal sealed partial class BodyInterpreter
{
    /// <summary>Narrows the state to one outcome of a condition.</summary>
    private void Assume(AbstractValue condition, bool outcome)
    {
        if (condition.Guard is not { } guard)
            return;
        foreach (Guard.Entry entry in guard.Entries)
        {
            if (entry.WhenTrue != outcome)
                continue;
            if (entry.Replacement is { } replacement)
            {
                if (ReferenceEquals(_state[entry.Slot], entry.Value))
                    _state[entry.Slot] = replacement;
                continue;
            }

            AbstractValue cleared = entry.Value.Clear(entry.Clears);
            for (int slot = 0; slot < _state.Length; slot++)
            {
                if (_state[slot] is not { Facts.Length: > 0 } value)
                    continue;
                if (ReferenceEquals(value, entry.Value))
                    _state[slot] = cleared;
                else if (IsMadeOf(value.Facts, entry.Value.Facts))
                    _state[slot] = value.Clear(entry.Clears);
            }
        }
    }

    /// <summary>Whether a value consists of nothing but the same texts: a copy that was trimmed, a URI made of it.</summary>
    private static bool IsMadeOf(Fact[] facts, Fact[] checkedFacts)
    {
        foreach (Fact fact in facts)
        {
            if (!fact.Origin.IsAtomic || (fact.Flags & FactFlags.Mixed) != 0)
                return false;
            bool isChecked = false;
            foreach (Fact other in checkedFacts)
                isChecked |= ReferenceEquals(other.Origin, fact.Origin);
            if (!isChecked)
                return false;
        }

        return true;
    }

    /// <summary>
    /// Joins a state into another one. Where a boolean is constant on one side only (the two ways through <c>a &amp;&amp; b</c>), its truth tells
    /// later on which side the program came from; that is kept as a guard on everything else that differs.
    /// </summary>
    private bool Merge(FlowState known, FlowState other)
    {
        List<(int Slot, bool Constant, bool IsKnownSide)>? flags = null;
        int length = Math.Max(known.Length, other.Length);
        for (int slot = 0; slot < length && slot < _slots.Count; slot++)
        {
            if (_slots[slot].Object is not null || _slots[slot].Static is not null)
                continue;
            AbstractValue? mine = known[slot];
            AbstractValue? theirs = other[slot];
            if (mine is null || theirs is null || ReferenceEquals(mine, theirs) || Equals(mine.Constant, theirs.Constant))
                continue;
            if (mine.Constant is bool first)
                (flags ??= new()).Add((slot, first, true));
            else if (theirs.Constant is bool second)
                (flags ??= new()).Add((slot, second, false));
        }

        if (flags is null)
            return known.Join(other, this);

        FlowState before = known.Clone();
        bool changed = known.Join(other, this);
        foreach ((int flag, bool constant, bool isKnownSide) in flags)
        {
            FlowState opposite = isKnownSide ? other : before;
            ImmutableArray<Guard.Entry>.Builder? entries = null;
            for (int slot = 0; slot < length; slot++)
            {
                if (slot == flag || known[slot] is not { Facts.Length: > 0 } joined || opposite[slot] is not { } precise || FactSet.SaysSame(joined.Facts, precise.Facts))
                    continue;
                (entries ??= ImmutableArray.CreateBuilder<Guard.Entry>()).Add(new Guard.Entry(joined, SinkKinds.None, !constant, slot, precise));
            }

            if (entries is not null && known[flag] is { } value)
                known[flag] = value.WithGuard(Guard.Both(value.Guard?.Only(!constant), new Guard(entries.ToImmutable())));
        }

        return changed;
    }

    private static Guard Proves(AbstractValue value, SinkKinds clears, bool whenTrue) =>
        new(ImmutableArray.Create(new Guard.Entry(value, clears, whenTrue)));

    /// <summary>What a check of an expression says about the values that it was made from.</summary>
    private Guard? GuardOn(IOperation expression, SinkKinds clears, bool whenTrue)
    {
        Guard? guard = null;
        for (IOperation? current = expression.WithoutConversions(); current is not null;)
        {
            if (ValueAt(current) is { Facts.Length: > 0 } value)
                guard = Guard.Both(guard, Proves(value, clears, whenTrue));
            current = current switch
            {
                // A changed copy of the text: the check holds for the text as well.
                IInvocationOperation { TargetMethod.Name: "Trim" or "TrimStart" or "TrimEnd" or "ToLower" or "ToUpper" or "ToLowerInvariant" or "ToUpperInvariant" or "ToString" or "Normalize" } call => call.Instance?.WithoutConversions(),
                IInvocationOperation { TargetMethod.Name: "AsSpan" or "GetFullPath" or "GetExtension" } call => call.Arguments.Length > 0 ? call.Arguments[0].Value.WithoutConversions() : null,
                // A URI says the same as its text.
                IObjectCreationOperation { Type: { Name: "Uri", ContainingNamespace.Name: "System" }, Arguments: [var text] } => text.Value.WithoutConversions(),
                IPropertyReferenceOperation { Property.Name: "Host" or "IdnHost" or "Authority" or "Value" or "DnsSafeHost" } property => property.Instance?.WithoutConversions(),
                _ => null,
            };
        }

        return guard;
    }

    /// <summary>The value of an expression that was already evaluated, without evaluating it again; null when that is not possible.</summary>
    private AbstractValue? ValueAt(IOperation operation)
    {
        switch (operation)
        {
            case ILocalReferenceOperation local:
                return _state[SlotOf(local.Local)];
            case IParameterReferenceOperation parameter:
                return PrimaryParameterOwner(parameter.Parameter) is null ? _state[SlotOf(parameter.Parameter)] : Evaluate(operation);
            case IFlowCaptureReferenceOperation capture:
                return _state[SlotOf(capture.Id)];
            case IFieldReferenceOperation or IPropertyReferenceOperation { Arguments.IsEmpty: true }:
                return Evaluate(operation);
            case IPropertyReferenceOperation { Arguments.Length: 1 } or IArrayElementReferenceOperation:
                return Evaluate(operation);
            case IConversionOperation conversion:
                return ValueAt(conversion.Operand);
            default:
                return null;
        }
    }

    /// <summary>What a library call with a boolean result proves.</summary>
    private Guard? GuardOfCall(IInvocationOperation call, AbstractValue? receiver, AbstractValue[] arguments, MemberModel? model)
    {
        Guard? guard = null;
        if (model is not null)
        {
            foreach ((int position, Validator row) in model.Validators)
            {
                IOperation? operand = position < 0 ? call.Instance : ArgumentAt(call, position);
                if (operand is null || row.ValidWhen == ValidWhen.Returns || row.Condition?.Invoke(new EngineSinkSite(this, call, operand, call.TargetMethod, string.Empty)) == false)
                    continue;
                guard = Guard.Both(guard, GuardOn(operand, row.Clears, row.ValidWhen == ValidWhen.True));
            }
        }

        IMethodSymbol method = call.TargetMethod;
        switch (method.Name)
        {
            case "TryParse" when call.Arguments.Length >= 2 && (ValueTypes.IsNumber(OutType(method)) || method.ContainingType is { Name: "Enum" or "IPAddress" or "Version" }):
                SinkKinds clears = method.ContainingType.Name == "IPAddress" ? SinkKinds.AllInjection & ~(SinkKinds.RequestHost | SinkKinds.ConnectionHost) : SinkKinds.AllInjection;
                return Guard.Both(guard, GuardOn(call.Arguments[method.ContainingType.Name == "Enum" && call.Arguments[0].Parameter?.Type.Name == "Type" ? 1 : 0].Value, clears, whenTrue: true));
            case "IsDefined" when method.ContainingType is { Name: "Enum" } && call.Arguments.Length > 0:
                return Guard.Both(guard, GuardOn(call.Arguments[call.Arguments.Length - 1].Value, SinkKinds.AllInjection, whenTrue: true));
            case "IsNullOrEmpty" or "IsNullOrWhiteSpace" when method.ContainingType.SpecialType == SpecialType.System_String:
                return Guard.Both(guard, GuardOn(call.Arguments[0].Value, SinkKinds.All, whenTrue: true));
            case "Contains" or "ContainsKey" or "TryGetValue" or "ContainsValue" or "IsMatch" or "Equals" or "Any" or "All" or "StartsWith" or "Exists":
                return Guard.Both(guard, GuardOfName(call, receiver, arguments));
        }

        return guard;
    }

    private static ITypeSymbol? OutType(IMethodSymbol method) => method.Parameters.Length > 0 ? method.Parameters[method.Parameters.Length - 1].Type : null;

    private static IOperation? ArgumentAt(IInvocationOperation call, int position)
    {
        foreach (IArgumentOperation argument in call.Arguments)
        {
            if (argument.Parameter?.Ordinal == position)
                return argument.Value;
        }

        return null;
    }

    private Guard? GuardOfName(IInvocationOperation call, AbstractValue? receiver, AbstractValue[] arguments)
    {
        IMethodSymbol method = call.TargetMethod;
        IOperation? instance = call.Receiver();
        bool isExtension = call.Instance is null && method.IsExtensionMethod;
        IOperation? operand = call.Arguments.Length > (isExtension ? 1 : 0) ? call.Arguments[isExtension ? 1 : 0].Value : null;
        AbstractValue? container = isExtension ? arguments.Length > 0 ? arguments[0] : null : receiver;
        switch (method.Name)
        {
            case "Contains" or "ContainsKey" or "TryGetValue" or "ContainsValue":
                // Membership in a collection that does not itself come from a source.
                return operand is not null && container is not null && instance?.Type is { } type && ValueTypes.IsCollection(instance.WithoutConversions().Type ?? type) && IsTrusted(container)
                    ? GuardOn(operand, SinkKinds.AllInjection, whenTrue: true)
                    : null;
            case "Exists" when method.ContainingType.SpecialType != SpecialType.System_Array && ValueTypes.IsCollection(instance?.Type):
            case "Exists" when method.ContainingType.SpecialType == SpecialType.System_Array && arguments.Length > 0 && IsTrusted(arguments[0]):
                return GuardOfMembershipLambda(call);
            case "Any":
                return container is not null && IsTrusted(container) ? GuardOfMembershipLambda(call) : null;
            case "All":
                return GuardOfCharacters(call, instance);
            case "Equals":
                return GuardOfEquality(call, receiver, arguments);
            case "IsMatch" when method.ContainingType.Is("System.Text.RegularExpressions", "Regex"):
                return GuardOfRegex(call, receiver, arguments);
            case "StartsWith" when method.ContainingType.SpecialType == SpecialType.System_String && call.Instance is not null && receiver is not null && IsCanonical(receiver):
                return GuardOn(call.Instance, SinkKinds.Path | SinkKinds.ArchivePath | SinkKinds.ContainedPath | SinkKinds.LibraryPath, whenTrue: true);
            default:
                return null;
        }
    }

    private static bool IsCanonical(AbstractValue value)
    {
        foreach (Fact fact in value.Facts)
        {
            if ((fact.Flags & FactFlags.Canonical) == 0)
                return false;
        }

        return value.Facts.Length > 0;
    }

    private bool IsTrusted(AbstractValue container)
    {
        foreach (Fact fact in DeepFacts(container))
        {
            if ((fact.Kinds & SourceKinds.Untrusted) != 0 || fact.Origin is Place { Root: PlaceRoot.Parameter, Depth: 0, IsDeep: false })
                return false;
        }

        return true;
    }

    private Guard? GuardOfEquality(IInvocationOperation call, AbstractValue? receiver, AbstractValue[] arguments)
    {
        IOperation? left = call.Instance ?? (call.Arguments.Length > 1 ? call.Arguments[0].Value : null);
        IOperation? right = call.Instance is not null ? call.Arguments.Length > 0 ? call.Arguments[0].Value : null : call.Arguments.Length > 1 ? call.Arguments[1].Value : null;
        if (left is null || right is null)
            return null;
        if (arguments.Length < (call.Instance is not null ? 1 : 2))
            return null;
        AbstractValue leftValue = call.Instance is not null ? receiver ?? AbstractValue.Clean : arguments[call.Arguments[0].Parameter?.Ordinal ?? 0];
        AbstractValue rightValue = arguments[call.Arguments[call.Instance is not null ? 0 : 1].Parameter?.Ordinal ?? 0];
        return GuardOfEquality(left, leftValue, right, rightValue, whenTrue: true);
    }

    private Guard? GuardOfEquality(IOperation left, AbstractValue leftValue, IOperation right, AbstractValue rightValue, bool whenTrue)
    {
        if (leftValue.Facts.Length > 0 && rightValue.Constant is not null)
            return GuardOn(left, ReferenceEquals(rightValue.Constant, AbstractValue.NullConstant) ? SinkKinds.All : SinkKinds.AllInjection, whenTrue);
        if (rightValue.Facts.Length > 0 && leftValue.Constant is not null)
            return GuardOn(right, ReferenceEquals(leftValue.Constant, AbstractValue.NullConstant) ? SinkKinds.All : SinkKinds.AllInjection, whenTrue);
        // Equal to something that does not come from a source at all: a configured host, a stored token.
        if (leftValue.Facts.Length > 0 && rightValue.Facts.Length == 0 && rightValue.Objects.Length == 0)
            return GuardOn(left, SinkKinds.AllInjection, whenTrue);
        if (rightValue.Facts.Length > 0 && leftValue.Facts.Length == 0 && leftValue.Objects.Length == 0)
            return GuardOn(right, SinkKinds.AllInjection, whenTrue);
        return null;
    }

    private Guard? GuardOfMembershipLambda(IInvocationOperation call)
    {
        foreach (IArgumentOperation argument in call.Arguments)
        {
            if (argument.Value.WithoutConversions() is not IDelegateCreationOperation { Target: Microsoft.CodeAnalysis.FlowAnalysis.IFlowAnonymousFunctionOperation lambda } || _run is null)
                continue;
            IOperation? checkedOperand = MembershipLambda.CheckedOperand(_run.Graph.GetAnonymousFunctionControlFlowGraph(lambda), lambda.Symbol);
            if (checkedOperand is not null)
                return GuardOn(checkedOperand, SinkKinds.AllInjection, whenTrue: true);
        }

        return null;
    }

    private Guard? GuardOfCharacters(IInvocationOperation call, IOperation? instance)
    {
        if (instance is null || instance.Type?.SpecialType != SpecialType.System_String && instance.WithoutConversions().Type?.SpecialType != SpecialType.System_String)
            return null;
        foreach (IArgumentOperation argument in call.Arguments)
        {
            if (argument.Value.WithoutConversions() is IDelegateCreationOperation { Target: { } target } && _run is not null && MembershipLambda.AllowsOnlySafeCharacters(target, _run.Graph))
                return GuardOn(instance, SinkKinds.AllInjection, whenTrue: true);
        }

        return null;
    }

    private Guard? GuardOfRegex(IInvocationOperation call, AbstractValue? receiver, AbstractValue[] arguments)
    {
        if (call.Arguments.Length == 0)
            return null;
        object? pattern = call.Instance is null
            ? arguments.Length > 1 ? arguments[1].Constant : null
            : receiver is null ? null : Read(receiver, Step.Keys, null).Constant ?? _solver.RegexPattern(call.Instance) ?? RegexGuards.PatternOf(call.Instance);
        if (pattern is not string text)
            return null;
        if (RegexGuards.IsAnchoredAllowList(text))
            return GuardOn(call.Arguments[0].Value, SinkKinds.AllInjection, whenTrue: true);
        return RegexGuards.FindsForbiddenCharacter(text) ? GuardOn(call.Arguments[0].Value, SinkKinds.AllInjection, whenTrue: false) : null;
    }

    /// <summary><c>regex.Match(text).Success</c></summary>
    private Guard? GuardOfMatch(IPropertyReferenceOperation success)
    {
        if (success.Instance?.WithoutConversions() is not IInvocationOperation { TargetMethod: { Name: "Match", ContainingType.Name: "Regex" } } call || call.Arguments.Length == 0)
            return null;
        object? pattern = call.Instance is { } regex
            ? Read(Evaluate(regex), Step.Keys, null).Constant ?? _solver.RegexPattern(regex) ?? RegexGuards.PatternOf(regex)
            : call.Arguments.Length > 1 ? call.Arguments[1].Value.ConstantValue.Value : null;
        return pattern is string text && RegexGuards.IsAnchoredAllowList(text) ? GuardOn(call.Arguments[0].Value, SinkKinds.AllInjection, whenTrue: true) : null;
    }

    /// <summary>Notes parameters whose constant would decide a branch.</summary>
    private void WantContext(AbstractValue condition)
    {
        foreach (Fact fact in condition.Facts)
        {
            if (fact.Origin is Place { Depth: 0, IsDeep: false, Root: PlaceRoot.Parameter } place && place.Ordinal < 63)
                _wantedContexts |= 1UL << place.Ordinal;
        }
    }
}
