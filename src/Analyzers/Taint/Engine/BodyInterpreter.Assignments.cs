using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Symbols;

namespace SecurityToolchain.Analyzers.Taint.Engine;

/// <content>Assignments and the making of objects, arrays, tuples.</content>
internal sealed partial class BodyInterpreter
{
    private AbstractValue EvaluateAssignment(ISimpleAssignmentOperation assignment)
    {
        AbstractValue value = Evaluate(assignment.Value);
        if (value.Objects.Length > 0 && !assignment.IsRef && IsPlainStruct(assignment.Value.Type) && assignment.Value is ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation or IArrayElementReferenceOperation)
            value = CopyObject(value, assignment.Syntax, "copy", assignment.Value.Type);
        if (assignment.IsRef && assignment.Target is ILocalReferenceOperation alias)
            _references[alias.Local] = assignment.Value;
        else
            Assign(assignment.Target, value, assignment, assignment.Value);
        return value;
    }

    private readonly Dictionary<ILocalSymbol, IOperation> _references = new(SymbolEqualityComparer.Default);

    private AbstractValue EvaluateCompound(ICompoundAssignmentOperation compound)
    {
        AbstractValue left = Evaluate(compound.Target);
        AbstractValue right = Evaluate(compound.Value);
        AbstractValue result;
        if (compound.OperatorMethod is { } method && _solver.HasBody(method))
        {
            result = Invoke(compound, method, null, new[] { left, right }, new IOperation?[] { compound.Target, compound.Value });
        }
        else if (compound.OperatorKind == BinaryOperatorKind.Add && compound.Type?.SpecialType == SpecialType.System_String)
        {
            result = Concatenate(new List<AbstractValue> { left, AsText(right, compound.Value) });
        }
        else
        {
            object? constant = Constants.Apply(compound.OperatorKind, left.Constant, right.Constant);
            result = AbstractValue.Of(Combine(left.Facts, left.Constant is not null, right.Facts, right.Constant is not null)).WithConstant(constant);
            if (left.Targets.Length + right.Targets.Length > 0)
                result = AbstractValue.Join(left, right);
        }

        Assign(compound.Target, result, compound, compound.Value);
        return result;
    }

    /// <summary>Stores a value where an expression points to.</summary>
    private void Assign(IOperation target, AbstractValue value, IOperation operation, IOperation? expression = null)
    {
        expression ??= target;
        switch (target)
        {
            case ILocalReferenceOperation local:
                if (_references.TryGetValue(local.Local, out IOperation? referenced) && !ReferenceEquals(referenced, target))
                    Assign(referenced, value, operation, expression);
                _state[SlotOf(local.Local)] = CheckTarget(operation, expression, local.Local, value);
                break;
            case IParameterReferenceOperation parameter:
                value = CheckTarget(operation, expression, parameter.Parameter, value);
                if (PrimaryParameterOwner(parameter.Parameter) is not null)
                    Write(ThisValue(), _places.Member(parameter.Parameter), value);
                else
                    _state[SlotOf(parameter.Parameter)] = value;
                break;
            case IFlowCaptureReferenceOperation capture:
                int slot = SlotOf(capture.Id);
                if (_capturedOperations.TryGetValue(slot, out IOperation? captured) && captured is ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation
                    or IPropertyReferenceOperation or IArrayElementReferenceOperation or IFlowCaptureReferenceOperation or IInvocationOperation)
                {
                    Assign(captured, value, operation, expression);
                }
                else
                {
                    _state[slot] = value;
                }

                break;
            case IFieldReferenceOperation field:
                AssignField(field, value, operation, expression);
                break;
            case IPropertyReferenceOperation property:
                AssignProperty(property, value, operation, expression);
                break;
            case IArrayElementReferenceOperation element:
                AbstractValue array = Evaluate(element.ArrayReference);
                object? key = null;
                foreach (IOperation index in element.Indices)
                    key = Evaluate(index).Constant;
                WriteElement(array, element.Indices.Length == 1 ? key : null, value, operation.Syntax);
                break;
            case IImplicitIndexerReferenceOperation indexer:
                WriteElement(Evaluate(indexer.Instance), null, value, operation.Syntax);
                break;
            case IInlineArrayAccessOperation inline:
                WriteElement(Evaluate(inline.Instance), null, value, operation.Syntax);
                break;
            case IEventReferenceOperation reference:
                StoreMember(reference.Instance is null ? null : Evaluate(reference.Instance), reference.Event, value, isStrong: true);
                break;
            case IDeclarationExpressionOperation declaration:
                Assign(declaration.Expression, value, operation, expression);
                break;
            case ITupleOperation tuple:
                Deconstruct(tuple, value, expression.Type, operation);
                break;
            case IConversionOperation conversion:
                Assign(conversion.Operand, value, operation, expression);
                break;
            case IParenthesizedOperation parenthesized:
                Assign(parenthesized.Operand, value, operation, expression);
                break;
            case IInvocationOperation { TargetMethod.ReturnsByRef: true } call:
                // ref returns: what the method may point into changes.
                Write(Evaluate(call), Step.Element, value, isStrong: false);
                if (call.Instance is not null)
                    Write(Evaluate(call.Instance), Step.Element, value, isStrong: false);
                break;
            case IDiscardOperation or IInstanceReferenceOperation:
                break;
            default:
                foreach (IOperation child in target.ChildOperations)
                    Write(Evaluate(child), Step.Element, value, isStrong: false);
                break;
        }
    }

    private void AssignField(IFieldReferenceOperation reference, AbstractValue value, IOperation operation, IOperation expression)
    {
        IFieldSymbol field = reference.Field;
        value = CheckAssigned(operation, expression, field, value, reference.Instance);
        if (value.Facts.Length > 0)
            value = value.WithFacts(FactSet.AddStep(value.Facts, operation.Syntax, field, TraceKind.Stored));
        if (field.IsStatic)
        {
            _state[SlotOf((field.AssociatedSymbol ?? field).OriginalDefinition)] = value;
            return;
        }

        if (reference.Instance is null)
            return;
        AbstractValue owner = Evaluate(reference.Instance);
        if (owner.Objects.Length == 0 && reference.Instance is ILocalReferenceOperation local && IsPlainStruct(local.Type))
        {
            // A struct that nothing assigned as a whole.
            owner = owner.WithObjects(new[] { Allocate(reference.Instance.Syntax, local.Local, local.Type, isFresh: true) });
            _state[SlotOf(local.Local)] = owner;
        }

        Write(owner, FieldStep(field), value);
    }

    private void AssignProperty(IPropertyReferenceOperation reference, AbstractValue value, IOperation operation, IOperation expression)
    {
        IPropertySymbol property = reference.Property;
        AbstractValue? owner = reference.Instance is null ? null : Evaluate(reference.Instance);
        AbstractValue[] arguments = EvaluateArguments(reference.Arguments, property.Parameters.Length);
        value = CheckAssigned(operation, expression, property, value, reference.Instance);
        CheckParameterSinks(reference, property, arguments, reference.Arguments);
        if (value.Facts.Length > 0)
            value = value.WithFacts(FactSet.AddStep(value.Facts, operation.Syntax, property, TraceKind.Stored));

        bool isStored = false;
        foreach (IPropertySymbol implementation in Implementations(property, owner))
        {
            if (implementation.SetMethod is { } setter && _solver.HasBody(setter))
            {
                var all = new AbstractValue[arguments.Length + 1];
                arguments.CopyTo(all, 0);
                all[arguments.Length] = value;
                Call(operation, setter, owner, all, null);
                isStored = true;
            }
            else if (implementation.Parameters.IsEmpty && SymbolInSource(implementation))
            {
                StoreMember(owner, implementation, value, isStrong: true);
                isStored = true;
            }
        }

        if (isStored)
            return;
        if (!property.Parameters.IsEmpty && owner is not null)
        {
            AddKeys(owner, arguments, property);
            WriteElement(owner, arguments.Length == 1 ? arguments[0].Constant : null, value, operation.Syntax);
            return;
        }

        if (owner is not null && GenericContentStep(property.OriginalDefinition.Type, property.OriginalDefinition.ContainingType) is { } content)
            Write(owner, content, value, isStrong: true);
        else
            StoreMember(owner, property, value, isStrong: true);
    }

    private void StoreMember(AbstractValue? owner, ISymbol member, AbstractValue value, bool isStrong)
    {
        if (member.IsStatic)
            _state[SlotOf(member.OriginalDefinition)] = value;
        else if (owner is not null)
            Write(owner, _places.Member(member), value, isStrong);
    }

    private bool SymbolInSource(ISymbol symbol) => SymbolEqualityComparer.Default.Equals(symbol.ContainingAssembly, Compilation.Assembly);

    private void WriteElement(AbstractValue container, object? key, AbstractValue value, SyntaxNode syntax)
    {
        if (value.Facts.Length > 0)
            value = value.WithFacts(FactSet.AddStep(value.Facts, syntax, null, TraceKind.Stored));
        if (key is null || container.Objects.Length != 1)
            Write(container, Step.Element, value, isStrong: false);
        else
            Write(container, _places.Key(key), value);
    }

    private AbstractValue EvaluateSubscription(IEventAssignmentOperation subscription)
    {
        AbstractValue handler = Evaluate(subscription.HandlerValue);
        if (subscription.EventReference is not IEventReferenceOperation reference || !subscription.Adds)
            return AbstractValue.Clean;
        AbstractValue? owner = reference.Instance is null ? null : Evaluate(reference.Instance);
        IMethodSymbol? adder = reference.Event.AddMethod;
        if (adder is not null && _solver.HasBody(adder))
        {
            Call(subscription, adder, owner, new[] { handler }, null);
            return AbstractValue.Clean;
        }

        AbstractValue current = Evaluate(reference);
        if (SymbolInSource(reference.Event))
            StoreMember(owner, reference.Event, AbstractValue.Join(current, handler), isStrong: true);
        else
            Escape(handler, subscription, null, null);
        return AbstractValue.Clean;
    }

    private AbstractValue EvaluateArray(IArrayCreationOperation creation)
    {
        foreach (IOperation dimension in creation.DimensionSizes)
            Evaluate(dimension);
        AbstractValue array = AbstractValue.Of(Allocate(creation.Syntax, "array", creation.Type, isFresh: true));
        return creation.Initializer is null ? array : FillArray(array, creation.Initializer);
    }

    private AbstractValue FillArray(AbstractValue array, IArrayInitializerOperation initializer)
    {
        long index = 0;
        bool isPositional = initializer.ElementValues.Length <= 64;
        foreach (IOperation element in initializer.ElementValues)
        {
            AbstractValue value = Evaluate(element);
            if (isPositional)
                Write(array, _places.Key(index), value);
            else if (value.Facts.Length > 0 || value.Objects.Length > 0)
                Write(array, Step.Element, value, isStrong: false);
            index++;
        }

        return array;
    }

    private AbstractValue EvaluateCollection(ICollectionExpressionOperation collection)
    {
        AbstractValue result = AbstractValue.Of(Allocate(collection.Syntax, "collection", collection.Type, isFresh: true));
        long index = 0;
        bool isPositional = true;
        foreach (IOperation element in collection.Elements)
        {
            AbstractValue value = Evaluate(element);
            if (element is ISpreadOperation || element.Syntax.RawKind == 0)
                isPositional = false;
            if (isPositional)
                Write(result, _places.Key(index++), value);
            else
                Write(result, Step.Element, value, isStrong: false);
        }

        if (isPositional)
            Write(result, Step.Count, AbstractValue.Of(index));
        return result;
    }

    private AbstractValue EvaluateTuple(ITupleOperation tuple)
    {
        AbstractValue result = AbstractValue.Of(Allocate(tuple.Syntax, "tuple", null, isFresh: true));
        for (int i = 0; i < tuple.Elements.Length; i++)
            Write(result, _places.Item(i), Evaluate(tuple.Elements[i]));
        return result;
    }

    private AbstractValue EvaluateAnonymous(IAnonymousObjectCreationOperation creation)
    {
        AbstractValue result = AbstractValue.Of(Allocate(creation.Syntax, "anonymous", creation.Type, isFresh: true));
        foreach (IOperation initializer in creation.Initializers)
        {
            if (initializer is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation property } assignment)
                Write(result, _places.Member(property.Property), Evaluate(assignment.Value));
        }

        return result;
    }

    /// <summary>A copy with the same members.</summary>
    private AbstractValue CopyObject(AbstractValue original, SyntaxNode syntax, string discriminator, ITypeSymbol? type)
    {
        var contents = new Dictionary<Step, AbstractValue>();
        bool isFresh = true;
        foreach (HeapObject instance in original.Objects)
        {
            isFresh &= instance.IsFresh;
            foreach (KeyValuePair<Step, int> cell in instance.Cells)
            {
                if (_state[cell.Value] is { } value)
                    contents[cell.Key] = contents.TryGetValue(cell.Key, out AbstractValue? other) ? AbstractValue.Join(other, value) : value;
            }
        }

        Fact[] facts = original.Facts;
        if (!isFresh)
            facts = FactSet.Join(Inherited(original), DeepInputs(original));
        HeapObject copy = Allocate(syntax, discriminator, type, isFresh: false);
        foreach (KeyValuePair<Step, AbstractValue> content in contents)
            _state[copy.Cell(content.Key)] = content.Value;
        return AbstractValue.Of(copy).WithFacts(facts);
    }

    private static Fact[] DeepInputs(AbstractValue value)
    {
        Fact[] facts = FactSet.Empty;
        foreach (HeapObject instance in value.Objects)
        {
            if (instance.Place is { } place && !instance.IsFresh)
                facts = FactSet.Join(facts, new[] { new Fact(place.Deep, default, default, FactFlags.None, null) });
        }

        return facts;
    }

    private void Deconstruct(IOperation target, AbstractValue value, ITypeSymbol? type, IOperation operation)
    {
        switch (target)
        {
            case IDeclarationExpressionOperation declaration:
                Deconstruct(declaration.Expression, value, type, operation);
                break;
            case IConversionOperation conversion:
                Deconstruct(conversion.Operand, value, type, operation);
                break;
            case ITupleOperation tuple:
                for (int i = 0; i < tuple.Elements.Length; i++)
                {
                    AbstractValue part = DeconstructedPart(value, type, i, tuple.Elements.Length, operation);
                    ITypeSymbol? partType = type is INamedTypeSymbol { IsTupleType: true } tupleType && i < tupleType.TupleElements.Length ? tupleType.TupleElements[i].Type : tuple.Elements[i].Type;
                    if (tuple.Elements[i].WithoutConversions() is ITupleOperation or IDeclarationExpressionOperation { Expression: ITupleOperation })
                        Deconstruct(tuple.Elements[i], part, partType, operation);
                    else
                        Assign(tuple.Elements[i], part, operation);
                }

                break;
            default:
                Assign(target, value, operation);
                break;
        }
    }

    private AbstractValue DeconstructedPart(AbstractValue value, ITypeSymbol? type, int index, int count, IOperation operation)
    {
        if (type is null or { IsTupleType: true })
            return Read(value, _places.Item(index), (type as INamedTypeSymbol)?.TupleElements is { IsDefault: false } elements && index < elements.Length ? elements[index].Type : null);
        foreach (ISymbol member in type.GetMembers("Deconstruct"))
        {
            if (member is not IMethodSymbol method || method.Parameters.Length != count)
                continue;
            IParameterSymbol parameter = method.Parameters[index];
            if (_solver.HasBody(method))
            {
                var results = new AbstractValue?[count];
                Call(operation, method, value, EmptyArguments(count), null, results);
                return results[index] ?? AbstractValue.Clean;
            }

            // A record's own Deconstruct gives the properties in order; KeyValuePair's gives key and value.
            foreach (ISymbol candidate in type.GetMembers())
            {
                if (candidate is IPropertySymbol property && string.Equals(property.Name, parameter.Name, System.StringComparison.OrdinalIgnoreCase))
                    return SymbolInSource(property) ? Read(value, _places.Member(property), property.Type) : ReadLibraryProperty(value, property);
            }
        }

        return AbstractValue.Of(DeepFacts(value));
    }

    private static AbstractValue[] EmptyArguments(int count)
    {
        var arguments = new AbstractValue[count];
        for (int i = 0; i < count; i++)
            arguments[i] = AbstractValue.Clean;
        return arguments;
    }
}
