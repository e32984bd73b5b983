using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace SecurityToolchain.Analyzers.Rules.Injection.QueryText;

/// <summary>Members, where no write in the same body decides.</summary>
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
}
