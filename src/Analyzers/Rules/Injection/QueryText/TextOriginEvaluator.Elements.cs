using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SecurityToolchain.Analyzers.Rules.Injection.QueryText;

/// <summary>Elements of collections, where no write in the same body decides.</summary>
internal sealed partial class TextOriginEvaluator
{
    private void VisitIndexer(IPropertyReferenceOperation reference, TextFrame frame, bool embedded)
    {
        if (reference.Property.GetMethod is { } getter && _index.Body(getter) is not null)
        {
            VisitReturns(getter, frame.Call(Bind(getter, reference.Arguments, reference.Instance, frame), reference.Instance), embedded, TextPart.Whole);
            return;
        }

        if (CollectionTypes.Contains(reference.Instance?.Type))
            VisitElements(reference.Instance!, reference.Arguments.Length == 1 ? reference.Arguments[0].Value : null, frame, embedded, TextPart.Values);
        else if (TrustedText.IsInput(reference.Property))
            Add(TextOriginKind.Input, reference, embedded);
        else if (TrustedText.IsInputOutput(reference.Property.ContainingType))
            Add(TextOriginKind.Unknown, reference, embedded);
        else
            Visit(reference.Instance, frame, embedded, TextPart.Whole);
    }

    /// <summary>The elements of a collection; only those that a constant key can select when key and writes are constant.</summary>
    private void VisitElements(IOperation collection, IOperation? key, TextFrame frame, bool embedded, TextPart part)
    {
        part = part == TextPart.Whole ? TextPart.Values : part;
        while (collection is IConversionOperation conversion)
            collection = conversion.Operand;
        if (key is null || !key.ConstantValue.HasValue)
        {
            Visit(collection, frame, embedded, part);
            return;
        }

        switch (collection)
        {
            case IArrayCreationOperation { Initializer: { } initializer }:
                VisitAt(initializer.ElementValues, key, frame, embedded);
                break;
            case ICollectionExpressionOperation expression when !expression.Elements.Any(static element => element is ISpreadOperation):
                VisitAt(expression.Elements, key, frame, embedded);
                break;
            case IObjectCreationOperation { Arguments.IsEmpty: true, Initializer: { } initializer, Type.Name: "List" } when key.ConstantValue.Value is int position
                && position >= 0 && position < initializer.Initializers.Length && initializer.Initializers[position] is IInvocationOperation { Arguments: [var item] }:
                Visit(item.Value, frame, embedded, TextPart.Whole);
                break;
            case IObjectCreationOperation { Initializer: { } initializer } creation when CollectionTypes.Contains(creation.Type):
                foreach (IOperation entry in initializer.Initializers)
                    VisitEntry(entry, key, frame, embedded);
                break;
            case IFieldReferenceOperation field when field.Field.Locations.Any(static location => location.IsInSource) && !ReachedInBody(field, frame, embedded, part, key):
                VisitField(field, frame, embedded, part, key);
                break;
            case ILocalReferenceOperation local when key.ConstantValue.Value is int position && ListElements.At(local, position, _conditions) is { } element:
                Visit(element, frame, embedded, TextPart.Whole);
                break;
            case ILocalReferenceOperation when ReachedInBody(collection, frame, embedded, part, key):
                break;
            case IParameterReferenceOperation parameter when frame.TryBind(parameter.Parameter, out (IOperation Operation, TextFrame Frame) bound):
                VisitElements(bound.Operation, key, bound.Frame, embedded, part);
                break;
            case IFieldReferenceOperation:
                break;
            default:
                Visit(collection, frame, embedded, part);
                break;
        }
    }

    private bool ReachedInBody(IOperation collection, TextFrame frame, bool embedded, TextPart part, IOperation key)
    {
        AccessPath place = AccessPath.TryCreate(collection)!;
        (IReadOnlyList<Definition> definitions, bool reachesEntry) = ReachingDefinitions.Find(collection, place, _conditions);
        if (reachesEntry && collection is not ILocalReferenceOperation)
            return false;
        foreach (Definition definition in definitions)
            VisitDefinition(definition, collection, frame, embedded, part, key);
        return true;
    }

    private void VisitAt(ImmutableArray<IOperation> elements, IOperation key, TextFrame frame, bool embedded)
    {
        if (key.ConstantValue.Value is int index && index >= 0 && index < elements.Length)
            Visit(elements[index], frame, embedded, TextPart.Whole);
        else
            foreach (IOperation element in elements)
                Visit(element, frame, embedded, TextPart.Whole);
    }

    private void VisitEntry(IOperation entry, IOperation key, TextFrame frame, bool embedded)
    {
        switch (entry)
        {
            case IInvocationOperation { Arguments.Length: 2 } add:
                if (!AreDifferent(key, add.Arguments[0].Value))
                    Visit(add.Arguments[1].Value, frame, embedded, TextPart.Whole);
                break;
            case IInvocationOperation { Arguments.Length: 1 } add:
                Visit(add.Arguments[0].Value, frame, embedded, TextPart.Whole);
                break;
            case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Arguments.Length: 1 } indexer } assignment:
                if (!AreDifferent(key, indexer.Arguments[0].Value))
                    Visit(assignment.Value, frame, embedded, TextPart.Whole);
                break;
        }
    }
}
