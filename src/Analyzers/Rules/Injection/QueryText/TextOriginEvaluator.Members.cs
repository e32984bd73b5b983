using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace SecurityToolchain.Analyzers.Rules.Injection.QueryText;

/// <summary>Members and elements, where no write in the same body decides.</summary>
internal sealed partial class TextOriginEvaluator
{
    private void VisitMember(IOperation operation, TextFrame frame, bool embedded, TextPart part)
    {
        switch (operation)
        {
            case IFieldReferenceOperation field:
                VisitField(field, frame, embedded, part, wantedKey: null);
                break;
            case IPropertyReferenceOperation property when property.Property.Locations.Any(static location => location.IsInSource):
                VisitSourceProperty(property, frame, embedded, part);
                break;
            case IPropertyReferenceOperation property:
                VisitLibraryProperty(property, frame, embedded, part);
                break;
        }
    }

    private void VisitField(IFieldReferenceOperation reference, TextFrame frame, bool embedded, TextPart part, IOperation? wantedKey)
    {
        IFieldSymbol field = reference.Field.OriginalDefinition;
        if (field.ContainingType.IsTupleType || field.CorrespondingTupleField is not null)
        {
            int index = reference.Field.ContainingType.TupleElements.IndexOf(reference.Field);
            VisitTupleElement(reference.Instance!, index < 0 ? 0 : index, frame, embedded);
            return;
        }

        if (!field.Locations.Any(static location => location.IsInSource))
        {
            if (!field.IsStatic)
                Visit(reference.Instance, frame, embedded, part);
            return;
        }

        ImmutableArray<IOperation> writes = _index.WritesOf(field);
        IOperation? initializer = _index.Initializer(field);
        if (initializer is not null)
            VisitStored(initializer, embedded, part, wantedKey);
        VisitWrites(writes, reference, embedded, part, wantedKey);
        VisitMutations(reference, embedded, part, wantedKey);
    }

    private void VisitStored(IOperation value, bool embedded, TextPart part, IOperation? wantedKey)
    {
        if (wantedKey is not null)
            VisitElements(value, wantedKey, TextFrame.Root, embedded, part);
        else
            Visit(value, TextFrame.Root, embedded, part);
    }

    private void VisitWrites(ImmutableArray<IOperation> writes, IMemberReferenceOperation reference, bool embedded, TextPart part, IOperation? wantedKey)
    {
        foreach (IOperation write in writes)
        {
            if (_conditions.IsDead(write))
                continue;
            switch (write)
            {
                case IDeconstructionAssignmentOperation deconstruction when TargetOf(deconstruction, reference.Member) is { } target && AccessPath.TryCreate(target) is { } place:
                    DefinitionReader.TryRead(deconstruction, place, found => VisitDefinition(found, target, TextFrame.Root, embedded, part, wantedKey));
                    break;
                case ICompoundAssignmentOperation compound:
                    Visit(compound.Value, TextFrame.Root, embedded: true, part);
                    break;
                case IAssignmentOperation assignment:
                    VisitStored(assignment.Value, embedded, part, wantedKey);
                    break;
                case IArgumentOperation argument when argument.Parent is not null:
                    VisitCallDefinition(new Definition(DefinitionKind.Call, argument.Parent, argument), TextFrame.Root, embedded, part);
                    break;
            }
        }
    }

    private static IOperation? TargetOf(IDeconstructionAssignmentOperation deconstruction, ISymbol member) =>
        deconstruction.Target.DescendantsAndSelf().FirstOrDefault(one =>
            one is IMemberReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Member.OriginalDefinition, member.OriginalDefinition));

    /// <summary>Texts that the declaring type puts into a collection or a text buffer that a field or property holds.</summary>
    private void VisitMutations(IMemberReferenceOperation reference, bool embedded, TextPart part, IOperation? wantedKey)
    {
        ITypeSymbol? type = reference.Type;
        if (type is null || type.SpecialType == SpecialType.System_String || !(type.TypeKind == TypeKind.Array || IsTextBuffer(type) || CollectionTypes.Contains(type)))
            return;
        foreach (SyntaxReference declaration in reference.Member.ContainingType.DeclaringSyntaxReferences)
        {
            foreach (SyntaxNode node in declaration.GetSyntax(_cancellation).DescendantNodes())
            {
                if (node is not IdentifierNameSyntax name || name.Identifier.ValueText != reference.Member.Name)
                    continue;
                SyntaxNode target = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
                if (_index.OperationAt(target) is not IMemberReferenceOperation found || !SymbolEqualityComparer.Default.Equals(found.Member.OriginalDefinition, reference.Member.OriginalDefinition)
                    || AccessPath.TryCreate(found) is not { } place)
                {
                    continue;
                }

                IOperation? user = found.Parent;
                for (int up = 0; user is not null and not IExpressionStatementOperation and not IBlockOperation && up < 6; up++, user = user.Parent)
                    DefinitionReader.TryRead(user, place, definition => VisitMutation(definition, reference, embedded, part, wantedKey));
            }
        }
    }

    private void VisitMutation(Definition definition, IOperation use, bool embedded, TextPart part, IOperation? wantedKey)
    {
        if (definition.Kind is DefinitionKind.Mutate or DefinitionKind.Call)
            VisitDefinition(definition, use, TextFrame.Root, embedded, part, wantedKey);
    }

    private void VisitSourceProperty(IPropertyReferenceOperation reference, TextFrame frame, bool embedded, TextPart part)
    {
        foreach (IPropertySymbol property in _index.ImplementationsOf(reference.Property).OfType<IPropertySymbol>())
        {
            if (IsAutoProperty(property))
                VisitAutoProperty(property, reference, embedded, part);
            else if (property.GetMethod is { } getter)
                VisitReturns(getter, frame.Call(ImmutableDictionary<IParameterSymbol, (IOperation, TextFrame)>.Empty, reference.Instance), embedded, part);
        }
    }

    private void VisitAutoProperty(IPropertySymbol property, IPropertyReferenceOperation reference, bool embedded, TextPart part)
    {
        ImmutableArray<IOperation> writes = _index.WritesOf(property);
        if (RecordParameter(property) is { } positional)
        {
            Add(TextOriginKind.Parameter, reference, embedded, positional);
            VisitWrites(writes, reference, embedded, part, wantedKey: null);
            return;
        }

        if (writes.IsEmpty && IsSetOutside(property))
        {
            Add(TextOriginKind.Unknown, reference, embedded);
            return;
        }

        if (_index.Initializer(property) is { } initializer)
            Visit(initializer, TextFrame.Root, embedded, part);
        VisitWrites(writes, reference, embedded, part, wantedKey: null);
        VisitMutations(reference, embedded, part, wantedKey: null);
    }

    /// <summary>Whether model binding, configuration or a serializer may set the member although no source does.</summary>
    private static bool IsSetOutside(ISymbol member) =>
        member is IPropertySymbol { IsStatic: false, SetMethod.DeclaredAccessibility: Accessibility.Public or Accessibility.Internal };

    private static bool IsAutoProperty(IPropertySymbol property)
    {
        foreach (ISymbol member in property.ContainingType.GetMembers())
        {
            if (member is IFieldSymbol { AssociatedSymbol: { } associated } && SymbolEqualityComparer.Default.Equals(associated, property))
                return true;
        }

        return false;
    }

    private static IParameterSymbol? RecordParameter(ISymbol member)
    {
        foreach (SyntaxReference reference in member.DeclaringSyntaxReferences)
        {
            if (reference.GetSyntax() is not ParameterSyntax)
                continue;
            foreach (IMethodSymbol constructor in member.ContainingType.InstanceConstructors)
            {
                IParameterSymbol? parameter = constructor.Parameters.FirstOrDefault(one => one.Name == member.Name && one.DeclaringSyntaxReferences.Any(other => other.Span == reference.Span));
                if (parameter is not null)
                    return parameter;
            }
        }

        return null;
    }

    private void VisitLibraryProperty(IPropertyReferenceOperation reference, TextFrame frame, bool embedded, TextPart part)
    {
        IPropertySymbol property = reference.Property;
        if (TrustedText.IsConstant(property))
            return;
        ITypeSymbol? owner = reference.Instance?.Type;
        switch (property.Name)
        {
            case "Keys" when CollectionTypes.Contains(owner):
                Visit(reference.Instance, frame, embedded, TextPart.Keys);
                break;
            case "Values" when CollectionTypes.Contains(owner):
                Visit(reference.Instance, frame, embedded, TextPart.Values);
                break;
            case "Key" when owner is { Name: "KeyValuePair" }:
                Visit(reference.Instance, frame, embedded, TextPart.Keys);
                break;
            case "Value" when owner is { Name: "KeyValuePair" }:
                Visit(reference.Instance, frame, embedded, TextPart.Values);
                break;
            case "Result" or "Value" or "Current" or "Item1" or "Item2" or "Item3" or "First" or "Last" or "Span" or "Target"
                when owner is { Name: "Task" or "ValueTask" or "Lazy" or "Nullable" or "Tuple" or "LinkedListNode" or "LinkedList" or "Memory" or "ReadOnlyMemory" or "IEnumerator" or "AsyncLocal" or "ThreadLocal" or "StrongBox" }:
                Visit(reference.Instance, frame, embedded, part);
                break;
            default:
                if (TrustedText.IsInput(property))
                    Add(TextOriginKind.Input, reference, embedded);
                else if (TrustedText.IsInputOutput(property.ContainingType))
                    Add(TextOriginKind.Unknown, reference, embedded);
                else
                    Visit(reference.Instance, frame, embedded, part);
                break;
        }
    }

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
