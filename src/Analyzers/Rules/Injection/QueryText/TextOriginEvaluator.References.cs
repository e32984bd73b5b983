using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace SecurityToolchain.Analyzers.Rules.Injection.QueryText;

/// <summary>Locals, parameters, fields, properties and elements.</summary>
internal sealed partial class TextOriginEvaluator
{
    private void VisitReference(IOperation operation, TextFrame frame, bool embedded, TextPart part)
    {
        switch (operation)
        {
            case IArrayElementReferenceOperation element:
                VisitElements(element.ArrayReference, element.Indices.Length == 1 ? element.Indices[0] : null, frame, embedded, part);
                return;
            case IPropertyReferenceOperation { Arguments.Length: > 0 } indexer:
                VisitIndexer(indexer, frame, embedded);
                return;
            case IFieldReferenceOperation field when TupleElement(field) is { } element:
                Visit(element, frame, embedded, part);
                return;
        }

        if (AccessPath.TryCreate(operation) is not { } place)
        {
            VisitMember(operation, frame, embedded, part);
            return;
        }

        if (_guards.IsValidated(operation, place, frame))
            return;
        (IReadOnlyList<Definition> definitions, bool reachesEntry) = ReachingDefinitions.Find(operation, place, _conditions);
        foreach (Definition definition in definitions)
            VisitDefinition(definition, operation, frame, embedded, part, wantedKey: null);
        if (!reachesEntry)
            return;
        if (operation is IParameterReferenceOperation parameter)
            VisitParameter(parameter, frame, embedded, part);
        else if (operation is not ILocalReferenceOperation)
            VisitMember(operation, frame, embedded, part);
    }

    private void VisitDefinition(Definition definition, IOperation use, TextFrame frame, bool embedded, TextPart part, IOperation? wantedKey)
    {
        switch (definition.Kind)
        {
            case DefinitionKind.Assign or DefinitionKind.Element when definition.TupleIndex >= 0:
                VisitTupleElement(definition.Value, definition.TupleIndex, frame, embedded);
                break;
            case DefinitionKind.Assign or DefinitionKind.Element:
                if (wantedKey is not null)
                    VisitElements(definition.Value, wantedKey, frame, embedded, part);
                else
                    Visit(definition.Value, frame, embedded, part);
                break;
            case DefinitionKind.Append when definition.Operation is ICompoundAssignmentOperation compound:
                Visit(compound, frame, embedded: true, part);
                break;
            case DefinitionKind.Mutate:
                bool isKey = definition.Value == definition.Key;
                if ((isKey && part == TextPart.Values) || (!isKey && part == TextPart.Keys && definition.Key is not null))
                    break;
                if (wantedKey is not null && definition.Key is not null && AreDifferent(wantedKey, definition.Key))
                    break;
                if (wantedKey is not null && isKey)
                    break;
                Visit(definition.Value, frame, embedded || IsTextBuffer(use.Type), TextPart.Whole);
                break;
            case DefinitionKind.Call:
                VisitCallDefinition(definition, frame, embedded, part);
                break;
            case DefinitionKind.Owner:
                VisitOwner(definition.Value, use, frame, embedded, part);
                break;
        }
    }

    private static bool IsTextBuffer(ITypeSymbol? type) => type is { Name: "StringBuilder" or "StringWriter" or "DefaultInterpolatedStringHandler" or "ValueStringBuilder" };

    private static bool AreDifferent(IOperation wanted, IOperation written) =>
        wanted.ConstantValue is { HasValue: true } one && written.ConstantValue is { HasValue: true } other && !Equals(one.Value, other.Value);

    /// <summary>What a called method writes to a by-reference argument, or puts into an object that it was given.</summary>
    private void VisitCallDefinition(Definition definition, TextFrame frame, bool embedded, TextPart part)
    {
        if (definition.Value is not IArgumentOperation { Parameter: { } parameter } argument)
            return;
        (IMethodSymbol? method, ImmutableArray<IArgumentOperation> arguments, IOperation? instance) = definition.Operation switch
        {
            IInvocationOperation invocation => (invocation.TargetMethod, invocation.Arguments, invocation.Instance),
            IObjectCreationOperation creation => (creation.Constructor, creation.Arguments, null),
            _ => (null, default, null),
        };
        if (method is null)
            return;
        bool isOut = parameter.RefKind is RefKind.Out or RefKind.Ref;
        bool followed = false;
        foreach (IMethodSymbol target in _index.ImplementationsOf(method.ReducedFrom ?? method).OfType<IMethodSymbol>())
        {
            if (_index.Body(target) is not { } body)
                continue;
            followed = true;
            IParameterSymbol inside = target.Parameters[parameter.Ordinal];
            TextFrame inner = frame.Call(Bind(target, arguments, instance, frame, except: inside), instance);
            foreach (IOperation operation in body.Descendants())
                DefinitionReader.TryRead(operation, PathOf(body, inside), found => VisitDefinition(found, argument.Value, inner, embedded, part, wantedKey: null));
        }

        if (followed || !isOut)
            return;
        if (!TrustedText.IsInputOutput(method.ContainingType) && method.Name is not ("TryGetValue" or "TryDequeue" or "TryPop" or "TryPeek" or "TryTake" or "TryRemove"))
        {
            foreach (IArgumentOperation passed in arguments)
            {
                if (passed.Parameter?.RefKind != RefKind.Out)
                    Visit(passed.Value, frame, embedded, TextPart.Whole);
            }

            return;
        }

        if (method.Name is "TryGetValue" or "TryDequeue" or "TryPop" or "TryPeek" or "TryTake" or "TryRemove" && instance is not null)
            VisitElements(instance, arguments.Length == 2 ? arguments[0].Value : null, frame, embedded, TextPart.Values);
        else if (method.ContainingType?.SpecialType != SpecialType.System_String)
            Add(TextOriginKind.Unknown, argument, embedded);
    }

    private static AccessPath PathOf(IOperation body, IParameterSymbol parameter)
    {
        foreach (IOperation operation in body.Descendants())
        {
            if (operation is IParameterReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Parameter, parameter))
                return AccessPath.TryCreate(reference)!;
        }

        return AccessPath.Of(parameter);
    }

    /// <summary>A member of an object that was just created: its initializer, then its constructor.</summary>
    private void VisitOwner(IOperation owner, IOperation use, TextFrame frame, bool embedded, TextPart part)
    {
        IOperation value = owner is IConversionOperation conversion ? conversion.Operand : owner;
        if (use is IMemberReferenceOperation { Member: { } changed } && value is IWithOperation copy)
        {
            IOperation? replaced = copy.Initializer.Initializers.OfType<ISimpleAssignmentOperation>()
                .LastOrDefault(assignment => assignment.Target is IMemberReferenceOperation target && SymbolEqualityComparer.Default.Equals(target.Member, changed))?.Value;
            if (replaced is not null)
                Visit(replaced, frame, embedded, part);
            else
                VisitOwner(copy.Operand, use, frame, embedded, part);
            return;
        }

        if (use is IMemberReferenceOperation && value is ILocalReferenceOperation alias)
        {
            foreach (Definition definition in ReachingDefinitions.Find(alias, AccessPath.TryCreate(alias)!, _conditions).Definitions.Where(static one => one.Kind == DefinitionKind.Assign && one.TupleIndex < 0))
                VisitOwner(definition.Value, use, frame, embedded, part);
            return;
        }

        if (use is IMemberReferenceOperation { Member: { } member } && value is IObjectCreationOperation creation && creation.Type?.Locations.Any(static location => location.IsInSource) == true)
        {
            IOperation? initialized = creation.Initializer?.Initializers.OfType<ISimpleAssignmentOperation>()
                .LastOrDefault(assignment => assignment.Target is IMemberReferenceOperation target && SymbolEqualityComparer.Default.Equals(target.Member, member))?.Value;
            if (initialized is not null)
            {
                Visit(initialized, frame, embedded, part);
                return;
            }

            if (creation.Constructor is { } constructor && VisitConstructorWrites(constructor, creation.Arguments, member.OriginalDefinition, frame, embedded, part))
                return;
        }

        VisitMember(use, frame, embedded, part);
    }

    private bool VisitConstructorWrites(
        IMethodSymbol constructor, ImmutableArray<IArgumentOperation> arguments, ISymbol member, TextFrame frame, bool embedded, TextPart part)
    {
        TextFrame inner = frame.Call(Bind(constructor, arguments, null, frame), null);
        if (RecordParameter(member) is { } positional && SymbolEqualityComparer.Default.Equals(positional.ContainingSymbol, constructor.OriginalDefinition))
        {
            if (inner.TryBind(positional, out var bound))
                Visit(bound.Operation, bound.Frame, embedded, part);
            return true;
        }

        bool found = false;
        if (_index.Body(constructor) is { } body)
        {
            foreach (IOperation operation in body.Descendants())
            {
                if (operation is ISimpleAssignmentOperation { Target: IMemberReferenceOperation { Instance: IInstanceReferenceOperation } target } write
                    && SymbolEqualityComparer.Default.Equals(target.Member.OriginalDefinition, member))
                {
                    found = true;
                    Visit(write.Value, inner, embedded, part);
                }
            }
        }

        if (!found && _index.Initializer(member) is { } initializer && !IsSetOutside(member))
        {
            Visit(initializer, inner, embedded, part);
            return true;
        }

        return found;
    }

    private void VisitTupleElement(IOperation value, int index, TextFrame frame, bool embedded)
    {
        foreach ((IOperation tuple, TextFrame inner) in Results(value, frame))
        {
            switch (tuple)
            {
                case ITupleOperation elements when index < elements.Elements.Length:
                    Visit(elements.Elements[index], inner, embedded, TextPart.Whole);
                    break;
                case ILocalReferenceOperation or IParameterReferenceOperation:
                    Visit(tuple, inner, embedded, index == 0 ? TextPart.Keys : TextPart.Values);
                    break;
                default:
                    Visit(tuple, inner, embedded, TextPart.Whole);
                    break;
            }
        }
    }

    private static IOperation? TupleElement(IFieldReferenceOperation field)
    {
        if (!field.Field.ContainingType.IsTupleType || field.Instance is not ITupleOperation tuple)
            return null;
        int index = field.Field.ContainingType.TupleElements.IndexOf(field.Field);
        return index >= 0 && index < tuple.Elements.Length ? tuple.Elements[index] : null;
    }

    private void VisitParameter(IParameterReferenceOperation reference, TextFrame frame, bool embedded, TextPart part)
    {
        IParameterSymbol parameter = reference.Parameter.OriginalDefinition;
        if (frame.TryBind(parameter, out (IOperation Operation, TextFrame Frame) bound))
        {
            Visit(bound.Operation, bound.Frame, embedded, part);
            return;
        }

        if (parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.AnonymousFunction } && LambdaInput(reference) is { } input)
        {
            Visit(input, frame, embedded, part);
            return;
        }

        // Who calls a lambda is not known here; where input gets in that way, the flow engine follows it.
        bool isNamed = parameter.ContainingSymbol is not IMethodSymbol { MethodKind: MethodKind.AnonymousFunction or MethodKind.Conversion or MethodKind.UserDefinedOperator or MethodKind.PropertyGet };
        if (isNamed && !IsGeneratedName(reference))
            Add(TextOriginKind.Parameter, reference, embedded, parameter);
    }

    /// <summary>The sequence whose elements a LINQ lambda gets.</summary>
    private static IOperation? LambdaInput(IParameterReferenceOperation reference)
    {
        for (IOperation? current = reference.Parent; current is not null; current = current.Parent)
        {
            if (current is not IAnonymousFunctionOperation function
                || !function.Symbol.Parameters.Any(one => SymbolEqualityComparer.Default.Equals(one, reference.Parameter)))
            {
                continue;
            }

            for (IOperation? parent = function.Parent; parent is IConversionOperation or IDelegateCreationOperation or IArgumentOperation; parent = parent.Parent)
            {
                if (parent is not IArgumentOperation argument)
                    continue;
                if (argument.Parent is not IInvocationOperation { TargetMethod: { } target } call || !LinqMethods.PassElements(target))
                    return null;
                return call.Instance ?? (call.Arguments.Length > 0 && call.Arguments[0] != argument ? call.Arguments[0].Value : null);
            }

            return null;
        }

        return null;
    }

    private static bool IsGeneratedName(IParameterReferenceOperation reference) =>
        reference.Parameter.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name is "CallerMemberNameAttribute" or "CallerArgumentExpressionAttribute" or "ConstantExpectedAttribute");
}
