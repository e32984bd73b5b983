using System;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Symbols;

namespace SecurityToolchain.Analyzers.Rules.Secrets;

/// <summary>Walks from a value outwards, through what does not change whether it is known (conversions, encodings, conditions), to its target.</summary>
internal static class ValueTargetFinder
{
    private const int MostSteps = 24;

    /// <summary>Finds the target; the default value when the value is used for something else.</summary>
    /// <param name="value">The value.</param>
    /// <param name="member">The member that the value stands in.</param>
    /// <param name="sinks">What takes credentials.</param>
    public static ValueTarget Find(IOperation value, ISymbol member, CredentialSinkIndex sinks)
    {
        string? fallback = null;
        bool isElement = false;
        string? part = null;
        IOperation current = value;
        for (int step = 0; step < MostSteps && current.Parent is { } parent; step++)
        {
            switch (parent)
            {
                case IConversionOperation or IParenthesizedOperation or IAwaitOperation:
                case IDelegateCreationOperation:
                case IReturnOperation { Parent: IBlockOperation { Parent: IAnonymousFunctionOperation } }:
                case IBlockOperation { Parent: IAnonymousFunctionOperation }:
                case IAnonymousFunctionOperation when current is IBlockOperation:
                case IPropertyReferenceOperation unwrapped when unwrapped.Instance == current && TransparentCalls.IsUnwrapping(unwrapped.Property):
                case ISwitchExpressionArmOperation arm when arm.Value == current:
                case ISwitchExpressionOperation whole when whole.Value != current:
                case IConditionalOperation conditional when conditional.Condition != current:
                    break;
                case IArrayInitializerOperation { Parent: IArrayCreationOperation } elements:
                    part = isElement ? null : PartOf(elements.ElementValues, current);
                    isElement = true;
                    break;
                case ICollectionExpressionOperation elements:
                    part = isElement ? null : PartOf(elements.Elements, current);
                    isElement = true;
                    break;
                case IArrayCreationOperation when current is IArrayInitializerOperation:
                    break;
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } join when IsPasswordOf(join, current):
                    break;
                case IInterpolationOperation { Parent: IInterpolatedStringOperation text } hole when IsPasswordOf(text, hole):
                    current = text;
                    continue;
                case ICoalesceOperation coalesce:
                    if (coalesce.WhenNull == current)
                        fallback ??= ReferenceName.Of(coalesce.Value);
                    break;
                case IArgumentOperation { Parent: IInvocationOperation call } argument when TransparentCalls.PassesArgument(call, argument):
                    current = call;
                    continue;
                case IArgumentOperation { Parent: IObjectCreationOperation creation } when TransparentCalls.IsWrapper(creation.Type):
                    current = creation;
                    continue;
                case IInvocationOperation instanceCall when instanceCall.Instance == current && TransparentCalls.PassesReceiver(instanceCall):
                    break;
                default:
                    ValueTarget target = CollectionTargets.AddHolder(Target(current, parent, member, sinks, fallback), member, sinks);
                    // An array of credentials gives each of its elements its name, and nothing else: it is not the credential.
                    if (isElement && parent is IForEachLoopOperation)
                        return target with { IsElement = true };
                    return isElement
                        ? target with { Symbol = part is null || target.Part is not null ? null : target.Symbol, Part = part, IsSink = false, IsComparison = false, IsElement = true }
                        : target;
            }

            current = parent;
        }

        return default;
    }

    private static ValueTarget Target(IOperation value, IOperation parent, ISymbol member, CredentialSinkIndex sinks, string? fallback) => parent switch
    {
        IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } => Held(declarator.Symbol, parent, fallback),
        IFieldInitializerOperation { InitializedFields.Length: > 0 } field => Held(field.InitializedFields[0], parent, fallback),
        IPropertyInitializerOperation { InitializedProperties.Length: > 0 } property => Assigned(property.InitializedProperties[0], parent, sinks, fallback),
        IParameterInitializerOperation parameter => Held(parameter.Parameter, parent, fallback),
        ISimpleAssignmentOperation assignment when assignment.Value == value => AssignedTo(assignment.Target, parent, sinks, fallback),
        ICompoundAssignmentOperation assignment when assignment.Value == value => AssignedTo(assignment.Target, parent, sinks, fallback),
        ICoalesceAssignmentOperation assignment when assignment.Value == value => AssignedTo(assignment.Target, parent, sinks, fallback),
        // [DefaultValue("...")] on a property is the property's value.
        IArgumentOperation { Parent: IObjectCreationOperation { Type.Name: "DefaultValueAttribute", Parent: IAttributeOperation } } => new ValueTarget(null, member.Name, false, false, parent, fallback),
        IArgumentOperation argument => ArgumentTargets.Find(argument, sinks, fallback),
        IReturnOperation { Kind: OperationKind.YieldReturn } => Returned(parent, member, fallback) with { Part = FlowNode.UnknownPart, IsElement = true },
        IReturnOperation => Returned(parent, member, fallback),
        IForEachLoopOperation { LoopControlVariable: IVariableDeclaratorOperation variable } loop when loop.Collection == value => Held(variable.Symbol, parent, fallback),
        ITupleOperation tuple => TupleElement(tuple, value, member, sinks, fallback),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison =>
            Compared(comparison.LeftOperand == value ? comparison.RightOperand : comparison.LeftOperand, parent),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } join when join.RightOperand == value && EndsWithScheme(join.LeftOperand) => Scheme(join),
        IInterpolationOperation { Parent: IInterpolatedStringOperation text } hole when FollowsScheme(text, hole) => Scheme(text),
        IConstantPatternOperation pattern => Matched(pattern),
        ISingleValueCaseClauseOperation { Parent: ISwitchCaseOperation { Parent: ISwitchOperation choice } } => Compared(choice.Value, parent),
        IInvocationOperation call when call.Instance == value && call.TargetMethod.Name == "Equals" && call.Arguments.Length > 0 => Compared(call.Arguments[0].Value, parent),
        _ => fallback is null ? default : new ValueTarget(null, null, false, false, parent, fallback),
    };

    // "Basic " + Convert.ToBase64String(...), $"Bearer {token}": the value of an authorization header is being made.
    private static ValueTarget Scheme(IOperation place) => new(null, null, true, false, place, null);

    private static bool EndsWithScheme(IOperation? operation) => EndsWith(operation, "Basic ") || EndsWith(operation, "Bearer ");

    private static bool FollowsScheme(IInterpolatedStringOperation text, IInterpolationOperation hole)
    {
        int index = text.Parts.IndexOf(hole);
        return index > 0 && text.Parts[index - 1] is IInterpolatedStringTextOperation before && EndsWithScheme(before.Text);
    }

    private static ValueTarget Held(ISymbol symbol, IOperation place, string? fallback) => new(symbol, symbol.Name, false, false, place, fallback);

    private static ValueTarget Assigned(IPropertySymbol property, IOperation place, CredentialSinkIndex sinks, string? fallback) =>
        new(property, property.Name, sinks.IsSink(property), false, place, fallback);

    private static ValueTarget AssignedTo(IOperation target, IOperation place, CredentialSinkIndex sinks, string? fallback)
    {
        switch (target.WithoutConversions())
        {
            case IPropertyReferenceOperation { Property.IsIndexer: true } indexer:
                return new ValueTarget(null, ReferenceName.KeyOf(indexer), false, false, place, fallback);
            case IPropertyReferenceOperation property:
                return Assigned(property.Property, place, sinks, fallback) with { Name = ReferenceName.Of(property) };
            case IFieldReferenceOperation field:
                return Held(field.Field, place, fallback);
            case ILocalReferenceOperation local:
                return Held(local.Local, place, fallback);
            case IParameterReferenceOperation parameter:
                return Held(parameter.Parameter, place, fallback);
            case IArrayElementReferenceOperation or IDynamicIndexerAccessOperation:
                return default;
            default:
                return new ValueTarget(null, ReferenceName.Of(target), false, false, place, fallback);
        }
    }

    // A method's result is called what the method gets; of a verb that is not about getting, nothing follows.
    private static ValueTarget Returned(IOperation place, ISymbol member, string? fallback)
    {
        for (IOperation? outer = place.Parent; outer is not null; outer = outer.Parent)
        {
            if (outer is IAnonymousFunctionOperation or ILocalFunctionOperation)
                return outer is ILocalFunctionOperation local ? Held(local.Symbol, place, fallback) with { Name = ReferenceName.OfMethod(local.Symbol) } : default;
        }

        if (member is not IMethodSymbol method)
            return default;
        return method.AssociatedSymbol is IPropertySymbol property
            ? Held(property, place, fallback)
            : Held(method, place, fallback) with { Name = ReferenceName.OfMethod(method) };
    }

    private static ValueTarget TupleElement(ITupleOperation tuple, IOperation value, ISymbol member, CredentialSinkIndex sinks, string? fallback)
    {
        int index = tuple.Elements.IndexOf(value);
        if (index < 0)
            return default;
        // The names of the target ((string user, string password) t = ...) win over those of the expression.
        ITypeSymbol? type = tuple.Parent is IConversionOperation conversion ? conversion.Type : tuple.Type ?? tuple.NaturalType;
        if (tuple.Parent is IDeconstructionAssignmentOperation { Target: ITupleOperation targets } && index < targets.Elements.Length)
            return new ValueTarget(ReferenceName.SymbolOf(targets.Elements[index]), ReferenceName.Of(targets.Elements[index]), false, false, tuple, fallback);
        string? name = type is INamedTypeSymbol { IsTupleType: true } named && index < named.TupleElements.Length && named.TupleElements[index].IsExplicitlyNamedTupleElement ? named.TupleElements[index].Name : null;
        ValueTarget holder = Find(tuple, member, sinks);
        return new ValueTarget(holder.Part is null ? holder.Symbol : null, name, false, false, holder.Place ?? tuple, fallback) { Part = FlowNode.PartAt(index) };
    }

    private static string? PartOf(System.Collections.Immutable.ImmutableArray<IOperation> elements, IOperation element) =>
        FlowNode.PartAt(elements.Length) is null ? null : FlowNode.PartAt(elements.IndexOf(element));

    // user + ":" + password, on its way into bytes: what stands in an authorization header for a user and password (RFC 7617).
    private static bool IsPasswordOf(IBinaryOperation join, IOperation value) =>
        join.RightOperand == value && EndsWith(join.LeftOperand, ":") && IsEncoded(join);

    private static bool IsPasswordOf(IInterpolatedStringOperation text, IInterpolationOperation hole)
    {
        int index = text.Parts.IndexOf(hole);
        return index > 0 && index == text.Parts.Length - 1 && text.Parts[index - 1] is IInterpolatedStringTextOperation before && EndsWith(before.Text, ":") && IsEncoded(text);
    }

    private static bool IsEncoded(IOperation text) => text.Parent is IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "GetBytes" } };

    private static bool EndsWith(IOperation? operation, string end)
    {
        IOperation? left = operation?.WithoutConversions();
        while (left is IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, ConstantValue.HasValue: false } join)
            left = join.RightOperand.WithoutConversions();
        return left?.ConstantValue is { HasValue: true, Value: string text } && text.EndsWith(end, StringComparison.Ordinal);
    }

    private static ValueTarget Compared(IOperation other, IOperation place) =>
        ReferenceName.Of(other) is { } name ? new ValueTarget(null, name, false, true, place, null) : default;

    private static ValueTarget Matched(IConstantPatternOperation pattern)
    {
        IOperation? outer = pattern.Parent;
        while (outer is IBinaryPatternOperation or INegatedPatternOperation)
            outer = outer.Parent;
        // (user, password) is ("root", "...")
        if (outer is IRecursivePatternOperation { DeconstructionSubpatterns: var parts } positional && !parts.IsDefaultOrEmpty)
            return MatchedElement(positional, parts.IndexOf((IPatternOperation)Under(positional, pattern)));
        return outer switch
        {
            IIsPatternOperation test => Compared(test.Value, test),
            IPropertySubpatternOperation property => ReferenceName.Of(property.Member) is { } name ? new ValueTarget(null, name, false, true, property, null) : default,
            ISwitchExpressionArmOperation { Parent: ISwitchExpressionOperation choice } => Compared(choice.Value, choice),
            _ => default,
        };
    }

    private static IOperation Under(IOperation outer, IOperation inner)
    {
        while (inner.Parent != outer)
            inner = inner.Parent!;
        return inner;
    }

    private static ValueTarget MatchedElement(IRecursivePatternOperation positional, int index)
    {
        IOperation? value = positional.Parent switch
        {
            IIsPatternOperation test => test.Value,
            ISwitchExpressionArmOperation { Parent: ISwitchExpressionOperation choice } => choice.Value,
            _ => null,
        };
        return value?.WithoutConversions() is ITupleOperation tuple && index >= 0 && index < tuple.Elements.Length ? Compared(tuple.Elements[index], positional) : default;
    }
}
