using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Symbols;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Taint.Engine;

/// <content>Values of expressions.</content>
internal sealed partial class BodyInterpreter
{
    /// <summary>The compilation.</summary>
    public Compilation Compilation => _model.Compilation;

    /// <summary>The constant of an expression at this point.</summary>
    public bool TryGetConstant(IOperation expression, out object? value)
    {
        value = null;
        if (expression.ConstantValue.HasValue)
        {
            value = expression.ConstantValue.Value;
            return true;
        }

        if (ValueAt(expression)?.Constant is not { } constant)
            return false;
        value = ReferenceEquals(constant, AbstractValue.NullConstant) ? null : constant;
        return true;
    }

    /// <summary>The constant that a property of an object holds at this point.</summary>
    public bool TryGetMemberConstant(IOperation receiver, string property, out object? value)
    {
        value = null;
        if (ValueAt(receiver) is not { Objects.Length: > 0 } known)
            return false;
        var held = new HashSet<object>();
        foreach (HeapObject instance in known.Objects)
        {
            foreach (KeyValuePair<Step, int> cell in instance.Cells)
            {
                if (cell.Key.Member?.Name == property && _state[cell.Value] is { } content)
                    held.Add(content.Constant ?? content);
            }
        }

        foreach (object constant in held)
        {
            if (held.Count > 1 || constant is AbstractValue)
                return false;
            value = ReferenceEquals(constant, AbstractValue.NullConstant) ? null : constant;
        }

        return held.Count == 1;
    }

    private AbstractValue Evaluate(IOperation operation)
    {
        _solver.Charge(ref _work, Method);
        // Expressions nest as deep as somebody writes or generates them; the solver turns the exception into a fallback.
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (operation.ConstantValue is { HasValue: true } constant && operation is not IFlowCaptureOperation)
            return EvaluateConstant(operation, constant.Value);
        AbstractValue value = EvaluateByKind(operation);
        if (value.Facts.Length > 0)
        {
            if (ValueTypes.IsNumber(operation.Type))
                value = value.WithFacts(FactSet.AddFlags(value.Facts, FactFlags.ThroughNumber));
            else if (ValueTypes.HarmlessFor(operation.Type) is var harmless and not SinkKinds.None)
                value = value.WithFacts(FactSet.Map(value.Facts, fact => fact with { Cleared = fact.Cleared | harmless }));
            else if (!MayHoldBoxed(operation.Type))
                value = value.WithFacts(FactSet.Map(value.Facts, static fact => fact with { Flags = fact.Flags & ~FactFlags.Boxed }));
        }

        SourceKinds matched = _model.MatchSource(operation);
        return matched == SourceKinds.None ? value : AddSource(value, matched, operation, null, _model.Describe(null, operation));
    }

    private AbstractValue EvaluateConstant(IOperation operation, object? constant)
    {
        AbstractValue value = AbstractValue.Of(Constants.Normalize(constant));
        if (constant is string text)
            value = value.WithPrefix(text);
        IOperation written = operation.WithoutConversions();
        SourceKinds matched = _model.MatchSource(written);
        return matched == SourceKinds.None ? value : AddSource(value, matched, written, null, _model.Describe(null, written));
    }

    private AbstractValue EvaluateByKind(IOperation operation)
    {
        switch (operation)
        {
            case IExpressionStatementOperation statement:
                return Evaluate(statement.Operation);
            case ILocalReferenceOperation local:
                return _state[SlotOf(local.Local)] ?? CapturedVariable(local.Local) ?? AbstractValue.Clean;
            case IParameterReferenceOperation parameter:
                return EvaluateParameter(parameter);
            case IInstanceReferenceOperation instance:
                return EvaluateInstance(instance);
            case IFieldReferenceOperation field:
                return EvaluateField(field);
            case IPropertyReferenceOperation property:
                return EvaluateProperty(property);
            case IEventReferenceOperation reference:
                return reference.Instance is null ? ReadStatic(reference.Event, reference.Type) : Read(Evaluate(reference.Instance), _places.Member(reference.Event), reference.Type);
            case IArrayElementReferenceOperation element:
                return EvaluateElement(element);
            case IImplicitIndexerReferenceOperation indexer:
                Evaluate(indexer.Argument);
                return ElementOrPart(Evaluate(indexer.Instance), indexer.Type, indexer.Instance.Type);
            case IInlineArrayAccessOperation inline:
                Evaluate(inline.Argument);
                return ElementOrPart(Evaluate(inline.Instance), inline.Type, inline.Instance.Type);
            case IFlowCaptureOperation capture:
                return EvaluateCapture(capture);
            case IFlowCaptureReferenceOperation reference:
                return _state[SlotOf(reference.Id)] ?? AbstractValue.Clean;
            case ICaughtExceptionOperation:
                return Caught(_run!, _run!.Block?.EnclosingRegion);
            case ISimpleAssignmentOperation assignment:
                return EvaluateAssignment(assignment);
            case ICompoundAssignmentOperation compound:
                return EvaluateCompound(compound);
            case IIncrementOrDecrementOperation increment:
                AbstractValue old = Evaluate(increment.Target);
                AbstractValue stepped = old.Constant is long number ? old.WithConstant(unchecked(number + (increment.Kind == OperationKind.Increment ? 1 : -1))) : old.WithConstant(null);
                Assign(increment.Target, stepped, increment);
                return increment.IsPostfix ? old : stepped;
            case IDeconstructionAssignmentOperation deconstruction:
                AbstractValue taken = Evaluate(deconstruction.Value);
                Deconstruct(deconstruction.Target, taken, deconstruction.Value.Type, deconstruction);
                return taken;
            case IEventAssignmentOperation subscription:
                return EvaluateSubscription(subscription);
            case IConversionOperation conversion:
                return EvaluateConversion(conversion);
            case IParenthesizedOperation parenthesized:
                return Evaluate(parenthesized.Operand);
            case IBinaryOperation binary:
                return EvaluateBinary(binary);
            case IUnaryOperation unary:
                return EvaluateUnary(unary);
            case IIsNullOperation isNull:
                return EvaluateIsNull(isNull);
            case IIsPatternOperation pattern:
                return EvaluatePattern(pattern);
            case IIsTypeOperation isType:
                Evaluate(isType.ValueOperand);
                return AbstractValue.Clean;
            case IInvocationOperation invocation:
                return EvaluateInvocation(invocation);
            case IObjectCreationOperation creation:
                return EvaluateCreation(creation);
            case ITypeParameterObjectCreationOperation creation:
                return AbstractValue.Of(Allocate(creation.Syntax, "new", null, isFresh: true));
            case IArrayCreationOperation array:
                return EvaluateArray(array);
            case IArrayInitializerOperation initializer:
                return FillArray(AbstractValue.Of(Allocate(initializer.Syntax, "array", null, isFresh: true)), initializer);
            case ICollectionExpressionOperation collection:
                return EvaluateCollection(collection);
            case ISpreadOperation spread:
                return Read(Evaluate(spread.Operand), Step.Element, spread.ElementType);
            case ITupleOperation tuple:
                return EvaluateTuple(tuple);
            case IAnonymousObjectCreationOperation anonymous:
                return EvaluateAnonymous(anonymous);
            case IWithOperation with:
                return CopyObject(Evaluate(with.Operand), with.Syntax, "with", with.Type);
            case IDelegateCreationOperation creation:
                return Evaluate(creation.Target);
            case IMethodReferenceOperation reference:
                return AbstractValue.Of(new DelegateTarget(reference.Method, reference.Instance is null ? null : Evaluate(reference.Instance), null, null, null), null);
            case IFlowAnonymousFunctionOperation lambda:
                return EvaluateLambda(lambda);
            case IInterpolatedStringOperation interpolated:
                return EvaluateInterpolated(interpolated);
            case IInterpolatedStringHandlerCreationOperation handler:
                Evaluate(handler.HandlerCreation);
                return Evaluate(handler.Content);
            case IInterpolatedStringAppendOperation append:
                return append.AppendCall is IInvocationOperation { Arguments.Length: > 0 } call ? Evaluate(call.Arguments[0].Value) : AbstractValue.Clean;
            case IAwaitOperation awaited:
                return Evaluate(awaited.Operation);
            case IReturnOperation { Kind: OperationKind.YieldReturn, ReturnedValue: { } yielded }:
                AbstractValue given = Evaluate(yielded);
                CheckTarget(operation, yielded, _run!.Method, given);
                _run!.Yielded = _run.Yielded is null ? given : AbstractValue.Join(_run.Yielded, given);
                return AbstractValue.Clean;
            case IArgumentOperation argument:
                return Evaluate(argument.Value);
            case IDeclarationExpressionOperation declaration:
                return Evaluate(declaration.Expression);
            case IDefaultValueOperation:
                return IsPlainStruct(operation.Type) ? AbstractValue.Of(Allocate(operation.Syntax, "default", operation.Type, isFresh: true)) : AbstractValue.Clean;
            case IAddressOfOperation address:
                return Evaluate(address.Reference);
            case ITranslatedQueryOperation query:
                return Evaluate(query.Operation);
            case IAnonymousFunctionOperation or ILocalFunctionOperation or ITypeOfOperation or ISizeOfOperation or IDiscardOperation or IInterpolatedStringHandlerArgumentPlaceholderOperation:
                return AbstractValue.Clean;
            default:
                return EvaluateChildren(operation);
        }
    }

    private AbstractValue EvaluateChildren(IOperation operation)
    {
        if (operation.Syntax is Microsoft.CodeAnalysis.CSharp.Syntax.StackAllocArrayCreationExpressionSyntax or Microsoft.CodeAnalysis.CSharp.Syntax.ImplicitStackAllocArrayCreationExpressionSyntax)
            return EvaluateStackAllocation(operation);
        Fact[] facts = FactSet.Empty;
        foreach (IOperation child in operation.ChildOperations)
        {
            if (child is not IAnonymousFunctionOperation and not ILocalFunctionOperation)
                facts = FactSet.Join(facts, DeepFacts(Evaluate(child)));
        }

        return AbstractValue.Of(facts);
    }

    private AbstractValue EvaluateParameter(IParameterReferenceOperation reference)
    {
        IParameterSymbol parameter = reference.Parameter;
        if (PrimaryParameterOwner(parameter) is not null && _state[SlotOf(parameter)] is null)
            return Read(ThisValue(), _places.Member(parameter), parameter.Type);
        return _state[SlotOf(parameter)] ?? CapturedVariable(parameter) ?? AbstractValue.Clean;
    }

    /// <summary>The class whose primary constructor declares a parameter that another member uses; null for ordinary parameters.</summary>
    private INamedTypeSymbol? PrimaryParameterOwner(IParameterSymbol parameter) =>
        parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor } constructor && !SymbolEqualityComparer.Default.Equals(constructor, Method)
            ? constructor.ContainingType
            : null;

    /// <summary>A variable of the method around a lambda that is interpreted on its own.</summary>
    private AbstractValue? CapturedVariable(ISymbol variable) =>
        _body.IsClosure && !SymbolEqualityComparer.Default.Equals(variable.ContainingSymbol, Method)
            ? Read(ThisValue(), _places.Member(variable), MemberType(variable))
            : null;

    private AbstractValue ThisValue()
    {
        AbstractValue value = AbstractValue.Of(InputObject(_places.This, _context?.ThisType));
        return _isFreshThis ? value : value.WithFacts(new[] { new Fact(_places.This, SinkKinds.None, SourceKinds.None, FactFlags.None, null) });
    }

    private AbstractValue EvaluateInstance(IInstanceReferenceOperation instance)
    {
        if (instance.ReferenceKind is InstanceReferenceKind.PatternInput)
            return _patternInput ?? AbstractValue.Clean;
        return _body.IsClosure ? Read(ThisValue(), _places.Member(Method.ContainingType), null) : ThisValue();
    }

    private AbstractValue EvaluateField(IFieldReferenceOperation reference)
    {
        IFieldSymbol field = reference.Field;
        MemberModel? model = _model.Member(field);
        AbstractValue value;
        if (field.IsStatic)
        {
            value = ReadStatic(field.AssociatedSymbol ?? field, field.Type);
        }
        else
        {
            AbstractValue owner = reference.Instance is null ? AbstractValue.Clean : Evaluate(reference.Instance);
            value = Read(owner, FieldStep(field), field.Type);
        }

        if (value.Constant is null && _solver.ConstantOf(field) is { } constant)
            value = value.WithConstant(constant).WithPrefix(constant as string);
        return Finish(value, reference, field, model);
    }

    private Step FieldStep(IFieldSymbol field)
    {
        if (field.ContainingType.IsTupleType && TuplePosition(field) is { } position)
            return _places.Item(position);
        return _places.Member(field.AssociatedSymbol is IPropertySymbol property ? property : field);
    }

    private static int? TuplePosition(IFieldSymbol field)
    {
        string name = (field.CorrespondingTupleField ?? field).Name;
        return name.StartsWith("Item", StringComparison.Ordinal) && int.TryParse(name.Substring(4), out int position) ? position - 1 : null;
    }

    /// <summary>Adds what rows say about a value that a member gives.</summary>
    private AbstractValue Finish(AbstractValue value, IOperation operation, ISymbol member, MemberModel? model)
    {
        SourceKinds kinds = _model.MatchSource(member);
        string? text = kinds == SourceKinds.None ? null : _model.Describe(member, null);
        if (model is not null)
        {
            kinds |= model.ResultSource;
            text ??= model.ResultText;
            value = Sanitize(value, operation, model);
        }

        return kinds == SourceKinds.None ? value : AddSource(value, kinds, operation, member, text);
    }

    private AbstractValue Sanitize(AbstractValue value, IOperation operation, MemberModel model)
    {
        if (model.Sanitizers.Count == 0)
            return value;
        // A filter over a sequence cleans its elements.
        if (value.Facts.Length == 0 && value.Objects.Length > 0 && ValueTypes.IsCollection(operation.Type) && model.Sanitizers.Exists(row => row.Clears != SinkKinds.None && row.Condition?.Invoke(operation) == true))
            value = AbstractValue.Of(DeepFacts(value));
        if (value.Facts.Length == 0)
            return value;
        SinkKinds clears = SinkKinds.None;
        SourceKinds ends = SourceKinds.None;
        bool decodes = false;
        foreach (Sanitizer row in model.Sanitizers)
        {
            if (row.Condition?.Invoke(operation) == false)
                continue;
            clears |= row.Clears;
            ends |= row.ClearsSources;
            decodes |= row.IsDecoder;
        }

        if (decodes)
            return value.WithFacts(FactSet.Map(value.Facts, fact => fact with { Cleared = clears, Ended = fact.Ended | ends, Flags = fact.Flags | FactFlags.Decoded }));
        return clears == 0 && ends == 0
            ? value
            : value.WithFacts(FactSet.Map(value.Facts, fact => fact with { Cleared = fact.Cleared | clears, Ended = fact.Ended | ends }));
    }

    private AbstractValue EvaluateElement(IArrayElementReferenceOperation element)
    {
        AbstractValue array = Evaluate(element.ArrayReference);
        AbstractValue key = AbstractValue.Clean;
        foreach (IOperation index in element.Indices)
            key = Evaluate(index);
        AbstractValue value = Read(array, element.Indices.Length == 1 && key.Constant is not null ? _places.Key(key.Constant) : Step.Element, element.Type);
        return Selected(value, key);
    }

    /// <summary>What is picked by a number carries what numbers carry: a random index makes a random letter.</summary>
    private static AbstractValue Selected(AbstractValue value, AbstractValue index) =>
        index.Facts.Length == 0
            ? value
            : value.WithFacts(FactSet.Join(value.Facts, FactSet.End(FactSet.AddFlags(index.Facts, FactFlags.ThroughNumber | FactFlags.Mixed), SourceKinds.NotCarriedByIndexes)));

    private AbstractValue EvaluateStackAllocation(IOperation operation)
    {
        AbstractValue result = AbstractValue.Of(Allocate(operation.Syntax, "array", null, isFresh: true));
        foreach (IOperation child in operation.ChildOperations)
        {
            if (child is IArrayInitializerOperation initializer)
                FillArray(result, initializer);
            else
                Evaluate(child);
        }

        return result;
    }

    /// <summary>A struct whose members are followed one by one.</summary>
    private static bool IsPlainStruct(ITypeSymbol? type) =>
        type is { TypeKind: TypeKind.Struct, IsRefLikeType: false } && !ValueTypes.IsAtomic(type) && ReferenceEquals(ValueTypes.Unwrap(type), type);

    private AbstractValue ElementOrPart(AbstractValue value, ITypeSymbol? type, ITypeSymbol? containerType) =>
        // A slice is a part of the same thing; anything else is an element.
        containerType is not null && SymbolEqualityComparer.Default.Equals(type, containerType) || ValueTypes.IsAtomic(containerType)
            ? value.WithConstant(null).WithPrefix(null)
            : Read(value, Step.Element, type);

    private AbstractValue EvaluateCapture(IFlowCaptureOperation capture)
    {
        AbstractValue value = Evaluate(capture.Value);
        int slot = SlotOf(capture.Id);
        _state[slot] = value;
        _capturedOperations[slot] = capture.Value;
        return value;
    }

    private AbstractValue EvaluateConversion(IConversionOperation conversion)
    {
        AbstractValue value = Evaluate(conversion.Operand);
        if (conversion.OperatorMethod is { } method)
            return Invoke(conversion, method, null, new[] { value }, new IOperation?[] { conversion.Operand });
        if (value.Facts.Length == 0)
            return value;
        if (MayHoldBoxed(conversion.Type))
            return ValueTypes.IsNumber(conversion.Operand.Type) ? value.WithFacts(FactSet.Map(value.Facts, static fact => fact with { Flags = fact.Flags | FactFlags.Boxed })) : value;
        return MayHoldBoxed(conversion.Operand.Type) && !ValueTypes.IsNumber(conversion.Type) ? value.WithFacts(FactSet.Without(value.Facts, FactFlags.Boxed)) : value;
    }

    /// <summary>Whether a variable of the type can hold a number in a box.</summary>
    private static bool MayHoldBoxed(ITypeSymbol? type) =>
        type is null or { SpecialType: SpecialType.System_Object or SpecialType.System_ValueType or SpecialType.System_Enum } or { TypeKind: TypeKind.Interface or TypeKind.Dynamic or TypeKind.TypeParameter };

    private AbstractValue EvaluateUnary(IUnaryOperation unary)
    {
        AbstractValue operand = Evaluate(unary.Operand);
        if (unary.OperatorMethod is { } method && method.ContainingType.SpecialType == SpecialType.None)
            return Invoke(unary, method, null, new[] { operand }, new IOperation?[] { unary.Operand });
        if (unary.OperatorKind == UnaryOperatorKind.Not && unary.Type?.SpecialType == SpecialType.System_Boolean)
            return operand.WithConstant(operand.Constant is bool known ? !known : null).WithGuard(operand.Guard?.Negate());
        return operand.WithConstant(unary.OperatorKind == UnaryOperatorKind.Minus && operand.Constant is long number ? unchecked(-number) : null);
    }

    private AbstractValue EvaluateIsNull(IIsNullOperation isNull)
    {
        AbstractValue value = Evaluate(isNull.Operand);
        if (value.Constant is { } constant)
            return AbstractValue.Of(ReferenceEquals(constant, AbstractValue.NullConstant));
        return value.Facts.Length == 0 ? AbstractValue.Clean : AbstractValue.Clean.WithGuard(Proves(value, SinkKinds.All, whenTrue: true));
    }

    private AbstractValue EvaluateLambda(IFlowAnonymousFunctionOperation lambda)
    {
        HeapObject closure = Allocate(lambda.Syntax, "closure", null, isFresh: false);
        Capture(closure, lambda.Symbol, _run!.Graph.GetAnonymousFunctionControlFlowGraph(lambda));
        return AbstractValue.Of(new DelegateTarget(lambda.Symbol, null, _run!.Graph, lambda, this), closure);
    }

    /// <summary>Keeps what the variables that a lambda uses hold when it is made, for calls from other methods.</summary>
    private void Capture(HeapObject closure, IMethodSymbol lambda, ControlFlowGraph graph)
    {
        foreach (ISymbol variable in _solver.CapturedVariables(lambda, graph))
        {
            AbstractValue? value = variable is INamedTypeSymbol ? (_body.IsClosure ? Read(ThisValue(), _places.Member(variable), null) : ThisValue()) : _state[SlotOf(variable)] ?? CapturedVariable(variable);
            if (value is not null)
                _state[closure.Cell(_places.Member(variable))] = value;
        }
    }

    private AbstractValue EvaluateInterpolated(IInterpolatedStringOperation interpolated)
    {
        var parts = new List<AbstractValue>(interpolated.Parts.Length);
        foreach (IInterpolatedStringContentOperation part in interpolated.Parts)
        {
            switch (part)
            {
                case IInterpolatedStringTextOperation text:
                    parts.Add(TextPart(text.Text));
                    break;
                case IInterpolationOperation interpolation:
                    parts.Add(AsText(Evaluate(interpolation.Expression), interpolation.Expression));
                    break;
                case IInterpolatedStringAppendOperation append:
                    parts.Add(append.AppendCall is IInvocationOperation { Arguments.Length: > 0 } call ? AsText(Evaluate(call.Arguments[0].Value), call.Arguments[0].Value) : AbstractValue.Clean);
                    break;
            }
        }

        return Concatenate(parts);
    }

    private static AbstractValue TextPart(IOperation text) =>
        text.ConstantValue is { HasValue: true, Value: string constant } ? AbstractValue.Of(constant).WithPrefix(constant) : AbstractValue.Clean;

    /// <summary>What ToString gives for a value that becomes a part of a text.</summary>
    private AbstractValue AsText(AbstractValue value, IOperation operation)
    {
        if (ValueTypes.IsAtomic(operation.Type) || value.Objects.Length == 0)
            return value.Objects.Length == 0 ? value : AbstractValue.Of(DeepFacts(value));
        return ConvertToText(operation, value) ?? AbstractValue.Of(DeepFacts(value));
    }
}
