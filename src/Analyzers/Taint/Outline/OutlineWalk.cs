using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Rules.Cryptography;
using SecurityToolchain.Analyzers.Taint.Engine;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Taint.Outline;

/// <summary>
/// Draws the outline of one file's code, each operation once. It must find at least what the interpretation finds; what it finds in
/// addition costs time, not accuracy. The parts of this class: entry and dispatch (here), expressions, statements, assignments, patterns, calls, libraries, functions, nodes.
/// </summary>
internal sealed partial class OutlineWalk
{
    private const int MaximumName = 64;

    private readonly TaintModel _model;
    private readonly TypeIndex _types;
    private readonly FlowOutline _outline = new();
    private readonly OutlineTypes _outlineTypes;
    private readonly Stack<int> _receivers = new();
    private readonly Stack<int> _conditionalInstances = new();
    private OutlineSegment _segment = null!;
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
        Begin(method);
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
        Begin(member);
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

    private void Begin(ISymbol owner)
    {
        _segment = new OutlineSegment { Owner = owner, Start = _outline.Edges.Count };
        _outline.Segments.Add(_segment);
        if (owner is IMethodSymbol method)
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
        int node = operation.ConstantValue is { HasValue: true, Value: var constant } ? VisitConstant(constant) : VisitByKind(operation);
        SourceKinds matched = _model.MatchSource(operation);
        return matched == SourceKinds.None ? node : Marked(node, matched, operation.Type);
    }

    /// <summary>A constant is nothing of interest, unless it is the name under which a secret is stored.</summary>
    private int VisitConstant(object? constant)
    {
        if (constant is not string { Length: > 1 and < MaximumName } text || !SecretNames.IsCredentialName(text))
            return 0;
        int name = _outline.Temporary(NodeContent.Everything);
        _outline.Sources.Add((name, SourceKinds.SecretName));
        return name;
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
}
