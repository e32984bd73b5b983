using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Symbols;
using SecurityToolchain.Analyzers.Taint.Engine;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Taint.Outline;

/// <summary>
/// Draws the outline of one file's code, each operation once. It must find at least what the interpretation finds; what it finds in
/// addition costs time, not accuracy. The parts of this class: expressions (here), calls, assignments, patterns.
/// </summary>
internal sealed partial class OutlineWalk
{
    private readonly TaintModel _model;
    private readonly TypeIndex _types;
    private readonly FlowOutline _outline = new();
    private readonly OutlineTypes _outlineTypes;
    private readonly Stack<int> _receivers = new();
    private readonly Stack<int> _conditionalInstances = new();
    private OutlineSegment _segment = null!;
    private ISymbol _owner = null!;
    private int _result;
    private ITypeSymbol? _resultType;

    /// <summary>Prepares the outline of a file.</summary>
    public OutlineWalk(TaintModel model, TypeIndex types)
    {
        _model = model;
        _types = types;
        _outlineTypes = new OutlineTypes(model.Compilation);
    }

    /// <summary>What was drawn.</summary>
    public FlowOutline Outline => _outline;

    /// <summary>Draws a method.</summary>
    public void AddBody(IMethodSymbol method, IOperation? root, IOperation? baseCall)
    {
        Begin(method, method);
        AddEntry(method);
        Guarded(() =>
        {
            if (root is not null)
                Visit(root);
            if (baseCall is not null)
                Visit(baseCall);
            if (root is null)
                AddPrimaryMembers(method);
        });
        End();
    }

    /// <summary>Draws an initialiser of a field or property.</summary>
    public void AddInitializer(ISymbol member, IOperation initializer)
    {
        Begin(member, member);
        Guarded(() =>
        {
            int value = initializer is ISymbolInitializerOperation symbolInitializer ? Visit(symbolInitializer.Value) : Visit(initializer);
            ITypeSymbol? type = TypeOf(member);
            int node = ValueNode(member);
            Link(value, node, type, type);
            Sink(node, SinksOf(member), type);
            _segment.Written.Add(node);
        });
        End();
    }

    private void Begin(ISymbol owner, ISymbol member)
    {
        _owner = owner;
        _segment = new OutlineSegment { Owner = owner, Start = _outline.Edges.Count };
        _outline.Segments.Add(_segment);
        if (member is IMethodSymbol method)
        {
            _result = ResultNode(method);
            _resultType = method.ReturnType;
        }
    }

    private void End() => _segment.End = _outline.Edges.Count;

    private void Guarded(Action draw)
    {
        try
        {
            draw();
        }
        catch (InsufficientExecutionStackException)
        {
            _segment.IsOpaque = true;
        }
    }

    /// <summary>What comes in with the parameters, and which sinks the result is.</summary>
    private void AddEntry(IMethodSymbol method)
    {
        MemberModel? rows = _model.Member(method);
        foreach (IParameterSymbol parameter in method.Parameters)
        {
            AddParameter(parameter);
            if (rows is null)
                continue;
            foreach ((int position, Source row) in rows.EntrySources)
            {
                if ((position < 0 || position == parameter.Ordinal) && row.ParameterFilter?.Invoke(parameter) != false)
                    Source(ValueNode(parameter), row.Kinds);
            }
        }

        SinkKinds sinks = _model.MatchSink(method);
        if (method.AssociatedSymbol is { } property)
            sinks |= _model.MatchSink(property);
        foreach (Sink row in rows?.OtherSinks ?? (IEnumerable<Sink>)Array.Empty<Sink>())
        {
            if (row.Place == SinkPlace.ImplementedResult)
                sinks |= row.Kinds;
        }

        Sink(_result, sinks, method.ReturnType);
    }

    private void AddParameter(IParameterSymbol parameter)
    {
        SourceKinds sources = _model.MatchSource(parameter);
        if (sources != SourceKinds.None)
            Source(ValueNode(parameter), sources);
        AddHandled(parameter.Type);
    }

    /// <summary>Parameters in the head of a class become members; of a record also properties.</summary>
    private void AddPrimaryMembers(IMethodSymbol constructor)
    {
        foreach (IParameterSymbol parameter in constructor.Parameters)
        {
            foreach (ISymbol member in constructor.ContainingType.GetMembers(parameter.Name))
            {
                if (member is IPropertySymbol property)
                    Link(ValueNode(parameter), ValueNode(property), parameter.Type, property.Type);
            }
        }
    }

    /// <summary>Draws an operation and gives the node of its value.</summary>
    private int Visit(IOperation? operation)
    {
        if (operation is null)
            return 0;
        RuntimeHelpers.EnsureSufficientExecutionStack();
        _segment.Operations++;
        int node = operation.ConstantValue.HasValue ? 0 : VisitByKind(operation);
        SourceKinds matched = _model.MatchSource(operation);
        return matched == SourceKinds.None ? node : Marked(node, matched, operation.Type);
    }

    private int VisitByKind(IOperation operation)
    {
        switch (operation)
        {
            case ILocalReferenceOperation local:
                return ValueNode(local.Local);
            case IParameterReferenceOperation parameter:
                return ValueNode(parameter.Parameter);
            case IInstanceReferenceOperation instance:
                return VisitInstance(instance);
            case IFieldReferenceOperation field:
                return VisitField(field);
            case IPropertyReferenceOperation property:
                return VisitProperty(property);
            case IEventReferenceOperation reference:
                Visit(reference.Instance);
                return ValueNode(reference.Event);
            case IArrayElementReferenceOperation element:
                return VisitElement(element);
            case IInvocationOperation invocation:
                return VisitInvocation(invocation);
            case IObjectCreationOperation creation:
                return VisitCreation(creation);
            case IFunctionPointerInvocationOperation call:
                _segment.IsOpaque = true;
                return MergeChildren(call);
            case ISimpleAssignmentOperation assignment:
                return VisitAssignment(assignment);
            case ICompoundAssignmentOperation compound:
                return VisitCompound(compound);
            case ICoalesceAssignmentOperation coalesce:
                return Assign(coalesce.Target, Visit(coalesce.Value), coalesce.Value);
            case IIncrementOrDecrementOperation increment:
                return Assign(increment.Target, Visit(increment.Target), increment.Target);
            case IDeconstructionAssignmentOperation deconstruction:
                return Deconstruct(deconstruction.Target, deconstruction.Value);
            case IEventAssignmentOperation subscription:
                Visit(subscription.EventReference);
                Visit(subscription.HandlerValue);
                return 0;
            case IVariableDeclaratorOperation declarator:
                return VisitDeclarator(declarator);
            case IConversionOperation conversion:
                return VisitConversion(conversion);
            case IDelegateCreationOperation creation:
                return VisitDelegate(creation.Target, creation.Type);
            case IAnonymousFunctionOperation lambda:
                DrawFunction(lambda.Symbol, lambda.Body);
                return 0;
            case ILocalFunctionOperation local:
                AddEntryOf(local);
                return 0;
            case IMethodReferenceOperation reference:
                Visit(reference.Instance);
                ConnectDelegate(reference.Method, (reference.Parent as IDelegateCreationOperation)?.Type);
                return 0;
            case IBinaryOperation binary:
                return VisitBinary(binary);
            case IUnaryOperation unary:
                return VisitUnary(unary);
            case IConditionalAccessOperation access:
                return VisitConditionalAccess(access);
            case IConditionalAccessInstanceOperation:
                return _conditionalInstances.Count > 0 ? _conditionalInstances.Peek() : 0;
            case IConditionalOperation { Type: not null } conditional:
                Visit(conditional.Condition);
                return Merge(Visit(conditional.WhenTrue), Visit(conditional.WhenFalse), conditional.Type);
            case ICoalesceOperation coalesce:
                return Merge(Visit(coalesce.Value), Visit(coalesce.WhenNull), coalesce.Type);
            case ISwitchExpressionOperation choice:
                return VisitSwitchExpression(choice);
            case ISwitchOperation choice:
                return VisitSwitch(choice);
            case IIsPatternOperation pattern:
                VisitPattern(pattern.Pattern, Visit(pattern.Value));
                return 0;
            case IReturnOperation { ReturnedValue: { } returned }:
                return VisitReturn(returned);
            case IThrowOperation thrown:
                return VisitThrow(thrown);
            case ICatchClauseOperation handler:
                return VisitCatch(handler);
            case IForEachLoopOperation loop:
                return VisitForEach(loop);
            case IObjectOrCollectionInitializerOperation initializer:
                foreach (IOperation member in initializer.Initializers)
                    Visit(member);
                return 0;
            case IMemberInitializerOperation member:
                return VisitMemberInitializer(member);
            case IWithOperation with:
                return VisitWith(with);
            case IAnonymousObjectCreationOperation anonymous:
                return VisitAnonymous(anonymous);
            case IAwaitOperation awaited:
                return Visit(awaited.Operation);
            case IArgumentOperation argument:
                return Visit(argument.Value);
            case IParenthesizedOperation parenthesized:
                return Visit(parenthesized.Operand);
            case IDeclarationExpressionOperation declaration:
                return Visit(declaration.Expression);
            case IDynamicInvocationOperation or IDynamicMemberReferenceOperation or IDynamicIndexerAccessOperation or IDynamicObjectCreationOperation:
                return MergeChildren(operation);
            case IIsTypeOperation test:
                Visit(test.ValueOperand);
                return 0;
            case IInterpolatedStringAppendOperation { AppendCall: IInvocationOperation { Arguments.Length: > 0 } append }:
                return VisitAppend(append);
            case INameOfOperation or ITypeOfOperation or ISizeOfOperation or ILiteralOperation or IDefaultValueOperation:
                return 0;
            default:
                if (operation.Type is null)
                    return operation is IInterpolatedStringAppendOperation or IInterpolationOperation or IArrayInitializerOperation or ISpreadOperation || operation.Kind == OperationKind.None ? MergeChildren(operation) : VisitChildren(operation);
                return MergeChildren(operation);
        }
    }

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

    private int With(int node, int more)
    {
        if (node == 0)
            return more;
        int merged = _outline.Temporary(NodeContent.Everything);
        _outline.Connect(node, merged);
        _outline.Connect(more, merged);
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
            case InstanceReferenceKind.ContainingTypeInstance when instance.Type is { } type:
                return ThisNode(type);
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
            node = Merge(node, Visit(index), element.Type);
        return node;
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

    private int VisitReturn(IOperation returned)
    {
        int value = Visit(returned);
        Link(Flattened(value, returned, _resultType), _result, Unconverted(returned).Type, _resultType);
        return 0;
    }

    private int VisitThrow(IThrowOperation thrown)
    {
        _segment.Throws = true;
        if (thrown.Exception is null)
            return 0;
        int value = Visit(thrown.Exception);
        ITypeSymbol? type = Unconverted(thrown.Exception).Type;
        foreach (INamedTypeSymbol content in _outlineTypes.Contents(type))
            value = With(value, ContentNode(content));
        for (ITypeSymbol? current = type; value != 0 && current is not null; current = current.BaseType)
            Link(value, _outline.Node(current.OriginalDefinition, NodeRole.Thrown, NodeContent.Everything), type, type);
        return 0;
    }

    private int VisitCatch(ICatchClauseOperation handler)
    {
        if (handler.ExceptionType is { } type)
        {
            int thrown = _outline.Node(type.OriginalDefinition, NodeRole.Thrown, NodeContent.Everything);
            foreach (ILocalSymbol local in handler.Locals)
                Link(thrown, ValueNode(local), type, local.Type);
        }

        if (handler.ExceptionDeclarationOrExpression is { } declaration)
            Visit(declaration);
        Visit(handler.Filter);
        Visit(handler.Handler);
        return 0;
    }

    private int VisitForEach(IForEachLoopOperation loop)
    {
        int collection = Visit(loop.Collection);
        ITypeSymbol? type = Unconverted(loop.Collection).Type;
        if (type is INamedTypeSymbol named && _outlineTypes.IsOurs(named))
            collection = WithEnumerators(collection, named);
        AssignVariable(loop.LoopControlVariable, collection);
        Visit(loop.Body);
        foreach (IOperation next in loop.NextVariables)
            Visit(next);
        return 0;
    }

    /// <summary>A class with an enumerator of its own.</summary>
    private int WithEnumerators(int node, INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? current = type; _outlineTypes.IsOurs(current); current = current!.BaseType)
        {
            foreach (ISymbol member in current!.GetMembers())
            {
                if (member is not IMethodSymbol method || !method.Name.EndsWith("GetEnumerator", StringComparison.Ordinal) && !method.Name.EndsWith("GetAsyncEnumerator", StringComparison.Ordinal))
                    continue;
                node = With(node, ResultNode(method.OriginalDefinition));
                foreach (ISymbol property in method.ReturnType.OriginalDefinition.GetMembers("Current"))
                {
                    if (_outlineTypes.IsOurs(property))
                        node = With(node, ValueNode(property));
                }
            }
        }

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

    private int Merge(int one, int other, ITypeSymbol? type)
    {
        if (one == 0 || other == 0 || one == other)
            return one == 0 ? other : one;
        int merged = _outline.Temporary(_outlineTypes.Classify(type));
        Link(one, merged, type, type);
        Link(other, merged, type, type);
        return merged;
    }

    /// <summary>A flow; both ways where both ends may be the same changeable object.</summary>
    private void Link(int from, int to, ITypeSymbol? fromType, ITypeSymbol? toType)
    {
        _outline.Connect(from, to);
        if (from != 0 && to != 0 && _outlineTypes.IsMutable(fromType) && (ReferenceEquals(fromType, toType) || _outlineTypes.IsMutable(toType)))
            _outline.Connect(to, from);
    }

    private int Marked(int node, SourceKinds kinds, ITypeSymbol? type)
    {
        int marked = _outline.Temporary(_outlineTypes.Classify(type));
        Link(node, marked, type, type);
        Source(marked, kinds);
        return marked;
    }

    private void Source(int node, SourceKinds kinds)
    {
        kinds &= _model.ActiveSources;
        if (kinds != SourceKinds.None)
            _outline.Sources.Add((node, kinds));
    }

    /// <summary>A value, with what its members hold, goes into a sink.</summary>
    private void Sink(int node, SinkKinds kinds, ITypeSymbol? type)
    {
        kinds &= _model.ActiveSinks;
        if (kinds == SinkKinds.None)
            return;
        foreach (INamedTypeSymbol content in _outlineTypes.Contents(type))
            node = With(node, ContentNode(content));
        if (node == 0)
            return;
        int sink = _outline.Temporary(NodeContent.Everything);
        _outline.Connect(node, sink);
        _outline.Sinks.Add((sink, kinds));
    }

    private SinkKinds SinksOf(ISymbol member)
    {
        SinkKinds kinds = _model.MatchSink(member);
        foreach (Sink row in _model.Member(member)?.OtherSinks ?? (IEnumerable<Sink>)Array.Empty<Sink>())
        {
            if (row.Place == SinkPlace.AssignedValue)
                kinds |= row.Kinds;
        }

        return kinds;
    }

    private int ValueNode(ISymbol symbol) => _outline.Node(symbol.OriginalDefinition, NodeRole.Value, _outlineTypes.Classify(TypeOf(symbol)));

    private int ResultNode(IMethodSymbol method) => method.AssociatedSymbol is IPropertySymbol property && method.MethodKind == MethodKind.PropertyGet
        ? ValueNode(property)
        : _outline.Node(method.OriginalDefinition, NodeRole.Result, _outlineTypes.Classify(method.ReturnType));

    private int ThisNode(ITypeSymbol type) => _outline.Node(type.OriginalDefinition, NodeRole.This, _outlineTypes.Classify(type));

    private int ContentNode(INamedTypeSymbol type) => _outline.Node(type, NodeRole.Content, NodeContent.Everything);

    private void AddHandled(ITypeSymbol? type)
    {
        foreach (INamedTypeSymbol handled in _outlineTypes.Contents(type))
            _segment.Handled.Add(handled);
    }

    private static IOperation Unconverted(IOperation operation)
    {
        while (operation is IConversionOperation { OperatorMethod: null } conversion)
            operation = conversion.Operand;
        return operation;
    }

    private static ITypeSymbol? TypeOf(ISymbol symbol) => symbol switch
    {
        IFieldSymbol field => field.Type,
        IPropertySymbol property => property.Type,
        ILocalSymbol local => local.Type,
        IParameterSymbol parameter => parameter.Type,
        IEventSymbol raised => raised.Type,
        _ => null,
    };
}
