using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Taint.Engine;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Taint.Outline;

/// <content>Expressions.</content>
internal sealed partial class OutlineWalk
{
    private int VisitChildren(IOperation operation)
    {
        foreach (IOperation child in operation.ChildOperations)
            Visit(child);
        return 0;
    }

    /// <summary>The value of an operation of which only the parts are known: all of them.</summary>
    private int MergeChildren(IOperation operation)
    {
        // A new container is another thing than its only element.
        int merged = _outlineTypes.IsMutable(operation.Type) ? _outline.Temporary(NodeContent.Everything) : 0;
        bool isTemporary = merged != 0;
        foreach (IOperation child in operation.ChildOperations)
        {
            int node = Visit(child);
            if (operation.Type is not null)
                node = Flattened(node, child, operation.Type);
            if (node == 0)
                continue;
            if (merged == 0)
            {
                merged = node;
                continue;
            }

            if (!isTemporary)
            {
                int first = merged;
                merged = _outline.Temporary(_outlineTypes.Classify(operation.Type));
                _outline.Connect(first, merged);
                isTemporary = true;
            }

            Link(node, merged, Unconverted(child).Type, operation.Type);
        }

        return merged;
    }

    private int VisitAppend(IInvocationOperation append)
    {
        int node = 0;
        foreach (IArgumentOperation argument in append.Arguments)
            node = Merge(node, Flattened(Visit(argument.Value), argument.Value, null), null);
        return node;
    }

    private int VisitInstance(IInstanceReferenceOperation instance)
    {
        switch (instance.ReferenceKind)
        {
            case InstanceReferenceKind.ImplicitReceiver when _receivers.Count > 0:
                return _receivers.Peek();
            case InstanceReferenceKind.ContainingTypeInstance when _segment.Owner is IMethodSymbol method:
                return ThisNode(method);
            case InstanceReferenceKind.PatternInput:
                return _patternInput;
            default:
                return 0;
        }
    }

    private int VisitField(IFieldReferenceOperation reference)
    {
        IFieldSymbol field = reference.Field;
        int owner = Visit(reference.Instance);
        MemberModel? rows = _model.Member(field);
        SourceKinds sources = _model.MatchSource(field) | (rows?.ResultSource ?? SourceKinds.None);
        int node;
        if (field.ContainingType is { IsTupleType: true })
            node = owner;
        else if (_outlineTypes.IsOurs(field) || field.IsStatic)
            node = Merge(ValueNode(field.AssociatedSymbol ?? field), owner, field.Type);
        else
            node = owner;
        return sources == SourceKinds.None ? node : Marked(node, sources, field.Type);
    }

    private int VisitElement(IArrayElementReferenceOperation element)
    {
        int array = Visit(element.ArrayReference);
        int node = ValueTypes.IsAtomic(element.Type) ? Part(array, element.Type) : array;
        foreach (IOperation index in element.Indices)
            node = Merge(node, Selecting(Visit(index)), element.Type);
        return node;
    }

    /// <summary>What an index tells about the element that it selects.</summary>
    private int Selecting(int index)
    {
        if (index == 0)
            return 0;
        int selecting = _outline.Temporary(NodeContent.Indexes);
        _outline.Connect(index, selecting);
        return selecting;
    }

    /// <summary>A part of a container: only what its type carries passes.</summary>
    private int Part(int container, ITypeSymbol? type)
    {
        if (container == 0 || !ValueTypes.IsNumber(type))
            return container;
        int part = _outline.Temporary(NodeContent.Numbers);
        _outline.Connect(container, part);
        return part;
    }

    private int VisitConversion(IConversionOperation conversion)
    {
        int operand = Visit(conversion.Operand);
        if (conversion.OperatorMethod is { } method)
            return CallOperator(method, conversion.Type, (operand, conversion.Operand));
        return ValueTypes.IsNumber(conversion.Type) && !ValueTypes.IsNumber(conversion.Operand.Type) ? Part(operand, conversion.Type) : Flattened(operand, conversion.Operand, conversion.Type);
    }

    /// <summary>An object that goes where its class is not known takes what its members hold with it.</summary>
    private int Flattened(int node, IOperation operation, ITypeSymbol? target)
    {
        ImmutableArray<INamedTypeSymbol> contents = _outlineTypes.Contents(Unconverted(operation).Type);
        if (contents.IsEmpty || (target is not null && (target.TypeKind == TypeKind.Delegate || _outlineTypes.IsOurs(target) || _outlineTypes.Names(target, contents))))
            return node;
        foreach (INamedTypeSymbol content in contents)
            node = With(node, ContentNode(content));
        return node;
    }

    private int VisitBinary(IBinaryOperation binary)
    {
        // A chain of additions nests to the left as deep as it is long.
        var operands = new List<IOperation>();
        IBinaryOperation current = binary;
        while (current.LeftOperand is IBinaryOperation { ConstantValue.HasValue: false } left && left.OperatorMethod is null && current.OperatorMethod is null)
        {
            operands.Add(current.RightOperand);
            current = left;
        }

        if (current.OperatorMethod is { } method && _outlineTypes.IsOurs(method))
        {
            int called = CallOperator(method, current.Type, (Visit(current.LeftOperand), current.LeftOperand), (Visit(current.RightOperand), current.RightOperand));
            return MergeAll(called, operands, binary);
        }

        operands.Add(current.RightOperand);
        return MergeAll(Visit(current.LeftOperand), operands, binary);
    }

    private int MergeAll(int node, List<IOperation> operands, IBinaryOperation binary)
    {
        bool isTruth = binary.Type?.SpecialType == SpecialType.System_Boolean;
        for (int i = operands.Count - 1; i >= 0; i--)
        {
            int more = Flattened(Visit(operands[i]), operands[i], binary.Type);
            node = isTruth ? 0 : Merge(node, more, binary.Type);
        }

        return node;
    }

    private int VisitUnary(IUnaryOperation unary)
    {
        int operand = Visit(unary.Operand);
        return unary.OperatorMethod is { } method && _outlineTypes.IsOurs(method) ? CallOperator(method, unary.Type, (operand, unary.Operand)) : operand;
    }

    private int VisitConditionalAccess(IConditionalAccessOperation access)
    {
        _conditionalInstances.Push(Visit(access.Operation));
        int node = Visit(access.WhenNotNull);
        _conditionalInstances.Pop();
        return node;
    }

    private int VisitAnonymous(IAnonymousObjectCreationOperation anonymous)
    {
        int node = 0;
        foreach (IOperation initializer in anonymous.Initializers)
        {
            IOperation value = initializer is ISimpleAssignmentOperation assignment ? assignment.Value : initializer;
            node = Merge(node, Flattened(Visit(value), value, anonymous.Type), anonymous.Type);
        }

        return node;
    }
}
