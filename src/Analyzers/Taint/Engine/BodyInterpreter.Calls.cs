using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Symbols;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Taint.Engine;

/// <content>Calls: which methods run, and what each does.</content>
internal sealed partial class BodyInterpreter
{
    private AbstractValue EvaluateInvocation(IInvocationOperation invocation)
    {
        AbstractValue? receiver = invocation.Instance is null ? null : Evaluate(invocation.Instance);
        IMethodSymbol method = invocation.TargetMethod;
        AbstractValue[] arguments = EvaluateArguments(invocation.Arguments, method.Parameters.Length);
        var operations = new IOperation?[method.Parameters.Length];
        foreach (IArgumentOperation argument in invocation.Arguments)
        {
            if (argument.Parameter is { } parameter && parameter.Ordinal < operations.Length)
                operations[parameter.Ordinal] = argument.Value;
        }

        return Invoke(invocation, method, receiver, arguments, operations);
    }

    private AbstractValue[] EvaluateArguments(ImmutableArray<IArgumentOperation> arguments, int count)
    {
        if (count == 0)
            return Array.Empty<AbstractValue>();
        AbstractValue[] values = EmptyArguments(count);
        foreach (IArgumentOperation argument in arguments)
        {
            if (argument.Parameter is not { } parameter || parameter.Ordinal >= count)
                continue;
            values[parameter.Ordinal] = parameter.RefKind == RefKind.Out ? AbstractValue.Clean : Evaluate(argument.Value);
        }

        return values;
    }

    private AbstractValue EvaluateCreation(IObjectCreationOperation creation)
    {
        if (creation.Constructor is not { } constructor)
            return EvaluateChildren(creation);
        AbstractValue[] arguments = EvaluateArguments(creation.Arguments, constructor.Parameters.Length);
        CheckParameterSinks(creation, constructor, arguments, creation.Arguments);
        CheckParameterTargets(creation, constructor, arguments, creation.Arguments);
        MemberModel? model = _model.Member(constructor);
        AbstractValue result;
        if (SymbolInSource(constructor))
        {
            // What a constructor that is not looked at leaves in the members is not known.
            result = AbstractValue.Of(Allocate(creation.Syntax, "new", creation.Type, isFresh: !_solver.IsSkipped(constructor.OriginalDefinition)));
            ConstructInSource(creation, constructor, result, arguments);
        }
        else
        {
            result = ConstructLibrary(creation, constructor, arguments, model);
        }

        if (model is not null)
            ApplyOverwrites(creation, model, null, arguments, ArgumentOperations(creation.Arguments, arguments.Length));
        if (model is not null)
            ApplyArgumentRows(creation, model, null, arguments, ArgumentOperations(creation.Arguments, arguments.Length));
        return Finish(result, creation, constructor, model);
    }

    private void ConstructInSource(IOperation creation, IMethodSymbol constructor, AbstractValue result, AbstractValue[] arguments)
    {
        IMethodSymbol definition = constructor.OriginalDefinition;
        if (_solver.HasBody(definition))
        {
            Call(creation, constructor, result, arguments, null);
            return;
        }

        // A primary constructor or a constructor that is not written: parameters become members.
        for (int i = 0; i < arguments.Length && i < definition.Parameters.Length; i++)
        {
            IParameterSymbol parameter = definition.Parameters[i];
            Write(result, _places.Member(parameter), arguments[i]);
            foreach (ISymbol member in definition.ContainingType.GetMembers(parameter.Name))
            {
                if (member is IPropertySymbol property)
                    Write(result, _places.Member(property), arguments[i]);
            }
        }
    }

    private static IOperation?[] ArgumentOperations(ImmutableArray<IArgumentOperation> arguments, int count)
    {
        var operations = new IOperation?[count];
        foreach (IArgumentOperation argument in arguments)
        {
            if (argument.Parameter is { } parameter && parameter.Ordinal < count)
                operations[parameter.Ordinal] = argument.Value;
        }

        return operations;
    }

    /// <summary>A call of any kind: invocation, operator, conversion.</summary>
    private AbstractValue Invoke(IOperation operation, IMethodSymbol method, AbstractValue? receiver, AbstractValue[] arguments, IOperation?[] operations)
    {
        if (method.MethodKind == MethodKind.DelegateInvoke || (method.Name is "Invoke" or "DynamicInvoke" && receiver?.Targets.Length > 0))
            return InvokeDelegate(operation, receiver ?? AbstractValue.Clean, arguments, operations, method.ReturnType);
        if (method.MethodKind == MethodKind.LocalFunction)
            return InvokeLocalFunction(operation, method, arguments, operations);

        MemberModel? model = _model.Member(method);
        CheckCallSinks(operation, method, model, receiver, arguments, operations);
        if (model is not null)
            ApplyOverwrites(operation, model, receiver, arguments, operations);
        AbstractValue result = TryCallInSource(operation, method, receiver, arguments, operations) ?? CallLibrary(operation, method, receiver, arguments, operations, model);
        if (model is not null)
        {
            ApplyArgumentRows(operation, model, receiver, arguments, operations);
            ApplyReturningValidators(operation, model);
        }

        if (result.Facts.Length > 0 && ValueTypes.IsNumber(method.ReturnType))
            result = result.WithFacts(FactSet.AddFlags(result.Facts, FactFlags.ThroughNumber));
        if (operation is IInvocationOperation call && method.ReturnType.SpecialType == SpecialType.System_Boolean && result.Constant is null)
        {
            Guard? guard = Guard.Both(result.Guard, GuardOfCall(call, receiver, arguments, model));
            result = result.WithGuard(_model.GuardMatchers.IsEmpty ? guard : Guard.Both(guard, MatchedGuards(call)));
        }

        return Finish(result, operation, method, model);
    }

    /// <summary>The methods of the analysed code that a call runs, joined; null when there are none.</summary>
    private AbstractValue? TryCallInSource(IOperation operation, IMethodSymbol method, AbstractValue? receiver, AbstractValue[] arguments, IOperation?[] operations)
    {
        bool isBaseCall = operation is IInvocationOperation { IsVirtual: false };
        if (!TypeIndex.IsDispatched(method) || isBaseCall)
            return _solver.HasBody(method) ? Call(operation, method, receiver, arguments, operations) : null;

        ImmutableArray<IMethodSymbol> targets = Targets(method, receiver);
        if (targets.IsEmpty)
            return null;
        FlowState before = _state;
        FlowState? after = null;
        bool returns = false;
        AbstractValue? result = null;
        foreach (IMethodSymbol target in targets)
        {
            if (!_solver.HasBody(target))
                continue;
            _state = targets.Length == 1 ? before : before.Clone();
            _isDead = false;
            AbstractValue one = Call(operation, target, receiver, arguments, operations);
            result = result is null ? one : AbstractValue.Join(result, one);
            if (_isDead)
                continue;
            returns = true;
            if (after is null)
                after = _state;
            else
                after.Join(_state, this);
        }

        _isDead = result is not null && !returns;
        _state = after ?? before;
        return result;
    }

    private ImmutableArray<IMethodSymbol> Targets(IMethodSymbol method, AbstractValue? receiver)
    {
        if (receiver is { Objects.Length: > 0 })
        {
            ImmutableArray<IMethodSymbol>.Builder? exact = null;
            foreach (HeapObject instance in receiver.Objects)
            {
                IMethodSymbol? target = instance.ExactType is null ? null : TypeIndex.Implementation(method, instance.ExactType);
                if (target is null)
                {
                    exact = null;
                    break;
                }

                exact ??= ImmutableArray.CreateBuilder<IMethodSymbol>();
                if (!exact.Contains(target))
                    exact.Add(target);
            }

            if (exact is not null)
                return exact.ToImmutable();
            foreach (HeapObject instance in receiver.Objects)
            {
                if (instance.Place is { Depth: 0, IsDeep: false } place)
                    _wantedContexts |= place.Root == PlaceRoot.This ? 1UL << 63 : place.Root == PlaceRoot.Parameter && place.Ordinal < 63 ? 1UL << place.Ordinal : 0;
            }
        }

        ImmutableArray<IMethodSymbol> targets = _solver.Types.Targets(method);
        return targets.IsEmpty && !method.IsAbstract && _solver.HasBody(method) ? ImmutableArray.Create(method.OriginalDefinition) : targets;
    }

    /// <summary>The properties that an access may mean.</summary>
    private IEnumerable<IPropertySymbol> Implementations(IPropertySymbol property, AbstractValue? receiver)
    {
        IMethodSymbol? accessor = property.GetMethod ?? property.SetMethod;
        if (accessor is null || !TypeIndex.IsDispatched(accessor))
        {
            yield return property;
            yield break;
        }

        ImmutableArray<IMethodSymbol> targets = Targets(accessor, receiver);
        if (targets.IsEmpty)
            yield return property;
        foreach (IMethodSymbol target in targets)
        {
            if (target.AssociatedSymbol is IPropertySymbol implementation)
                yield return implementation;
        }
    }

    private AbstractValue EvaluateProperty(IPropertyReferenceOperation reference)
    {
        IPropertySymbol property = reference.Property;
        AbstractValue? owner = reference.Instance is null ? null : Evaluate(reference.Instance);
        AbstractValue[] arguments = EvaluateArguments(reference.Arguments, property.Parameters.Length);
        CheckParameterSinks(reference, property, arguments, reference.Arguments);
        MemberModel? model = _model.Member(property);
        AbstractValue? result = null;
        foreach (IPropertySymbol implementation in Implementations(property, owner))
        {
            AbstractValue one;
            if (implementation.GetMethod is { } getter && _solver.HasBody(getter))
                one = Call(reference, getter, owner, arguments, null);
            else if (!SymbolInSource(implementation))
                one = ReadLibrary(reference, property, owner, arguments, model);
            else if (implementation.IsStatic)
                one = ReadStatic(implementation, property.Type);
            else
                one = owner is null ? AbstractValue.Clean : Read(owner, _places.Member(implementation), property.Type);
            result = result is null ? one : AbstractValue.Join(result, one);
        }

        result ??= AbstractValue.Clean;
        if (result.Constant is null && _solver.ConstantOf(property) is { } constant)
            result = result.WithConstant(constant);
        if (property is { Name: "Success", Type.SpecialType: SpecialType.System_Boolean, ContainingType.Name: "Group" })
            result = result.WithGuard(GuardOfMatch(reference));
        return Finish(result, reference, property, model);
    }

    private AbstractValue InvokeDelegate(IOperation operation, AbstractValue target, AbstractValue[] arguments, IOperation?[]? operations, ITypeSymbol? resultType)
    {
        AbstractValue? result = null;
        foreach (DelegateTarget candidate in target.Targets)
        {
            AbstractValue one = InvokeTarget(operation, candidate, target, arguments, operations);
            result = result is null ? one : AbstractValue.Join(result, one);
        }

        foreach (Fact fact in target.Facts)
        {
            if (fact.Origin is Place { IsDeep: false } place)
            {
                AbstractValue one = InvokeInput(operation, place, arguments, resultType);
                result = result is null ? one : AbstractValue.Join(result, one);
            }
        }

        return result ?? AbstractValue.Clean;
    }

    private AbstractValue InvokeTarget(IOperation operation, DelegateTarget target, AbstractValue closure, AbstractValue[] arguments, IOperation?[]? operations)
    {
        // A delegate that is handed to itself, through methods that call what they get: what it does was seen further out.
        if (_delegateDepth >= MaximumDelegateDepth)
            return AbstractValue.Clean;
        _delegateDepth++;
        AbstractValue result = InvokeKnownTarget(operation, target, closure, arguments, operations);
        _delegateDepth--;
        return result;
    }

    private AbstractValue InvokeKnownTarget(IOperation operation, DelegateTarget target, AbstractValue closure, AbstractValue[] arguments, IOperation?[]? operations)
    {
        if (ReferenceEquals(target.Frame, this) && target.Graph is not null)
        {
            ControlFlowGraph? graph = target.Lambda is not null ? target.Graph.GetAnonymousFunctionControlFlowGraph(target.Lambda) : LocalFunctionGraph(target.Graph, target.Method);
            if (graph is not null)
                return Inline(operation, target.Method, graph, arguments, operations);
        }

        if (target.Graph is not null)
            return _solver.ClosureBody(target) is { } ? Call(operation, target.Method, closure.WithTargets(Array.Empty<DelegateTarget>()), arguments, operations) : AbstractValue.Clean;

        IMethodSymbol method = target.Method;
        int shift = method.IsExtensionMethod && target.Receiver is not null && method.Parameters.Length == arguments.Length + 1 ? 1 : 0;
        if (shift == 1)
        {
            var all = new AbstractValue[arguments.Length + 1];
            all[0] = target.Receiver!;
            arguments.CopyTo(all, 1);
            return Invoke(operation, method, null, all, new IOperation?[all.Length]);
        }

        AbstractValue[] fitted = arguments;
        if (arguments.Length != method.Parameters.Length)
        {
            fitted = EmptyArguments(method.Parameters.Length);
            Array.Copy(arguments, fitted, Math.Min(arguments.Length, fitted.Length));
        }

        return Invoke(operation, method, target.Receiver, fitted, operations?.Length == fitted.Length ? operations : new IOperation?[fitted.Length]);
    }

    /// <summary>A delegate that callers provide: they interpret the call.</summary>
    private AbstractValue InvokeInput(IOperation operation, Place place, AbstractValue[] arguments, ITypeSymbol? resultType)
    {
        if (!_callbacks.TryGetValue((operation.Syntax, place), out CallbackEvent? known))
        {
            known = new CallbackEvent(_callbacks.Count, place, arguments, operation.Syntax);
            _callbackOrder.Add(known);
            _callbacks.Add((operation.Syntax, place), known);
        }
        else
        {
            for (int i = 0; i < known.Arguments.Length && i < arguments.Length; i++)
                known.Arguments[i] = AbstractValue.Join(known.Arguments[i], arguments[i]);
        }

        return resultType is null or { SpecialType: SpecialType.System_Void } ? AbstractValue.Clean : InitialValue(_places.CallbackResult(known.Number), resultType);
    }

    private AbstractValue InvokeLocalFunction(IOperation operation, IMethodSymbol method, AbstractValue[] arguments, IOperation?[] operations)
    {
        ControlFlowGraph? graph = LocalFunctionGraph(_run!.Graph, method.OriginalDefinition);
        return graph is null ? AbstractValue.Clean : Inline(operation, method.OriginalDefinition, graph, arguments, operations);
    }

    private static ControlFlowGraph? LocalFunctionGraph(ControlFlowGraph graph, IMethodSymbol function)
    {
        for (ControlFlowGraph? current = graph; current is not null; current = current.Parent)
        {
            foreach (IMethodSymbol local in current.LocalFunctions)
            {
                if (SymbolEqualityComparer.Default.Equals(local, function))
                    return current.GetLocalFunctionControlFlowGraph(local);
            }
        }

        return null;
    }

    /// <summary>Runs a lambda or local function in place: it sees and changes the variables around it.</summary>
    private AbstractValue Inline(IOperation operation, IMethodSymbol method, ControlFlowGraph graph, AbstractValue[] arguments, IOperation?[]? operations)
    {
        if (_inlined.Count > Solver.MaximumInlining || !_inlined.Add(method))
        {
            Fact[] facts = FactSet.Empty;
            foreach (AbstractValue argument in arguments)
                facts = FactSet.Join(facts, DeepFacts(argument));
            return AbstractValue.Of(facts);
        }

        for (int i = 0; i < method.Parameters.Length; i++)
        {
            AbstractValue argument = i < arguments.Length ? arguments[i] : AbstractValue.Clean;
            _state[SlotOf(method.Parameters[i])] = WithParameterSource(argument, method.Parameters[i]);
        }

        GraphRun run = Interpret(graph, _state, isNested: true, method);
        _inlined.Remove(method);
        if (run.Exit is not { } exit)
        {
            if (_run is not null && run.Thrown.Facts.Length > 0)
                RecordThrown(run.Thrown);
            _isDead = true;
            return AbstractValue.Clean;
        }

        _state = exit.Clone();
        if (run.Thrown.Facts.Length > 0)
            RecordThrown(run.Thrown);
        for (int i = 0; i < method.Parameters.Length; i++)
        {
            if (method.Parameters[i].RefKind is RefKind.Ref or RefKind.Out && operations is not null && i < operations.Length && operations[i] is { } target)
                Assign(target, _state[SlotOf(method.Parameters[i])] ?? AbstractValue.Clean, operation);
        }

        return run.Yielded is { } yielded ? Sequence(operation.Syntax, yielded, run.Result) : run.Result;
    }

    private AbstractValue Sequence(SyntaxNode syntax, AbstractValue element, AbstractValue other)
    {
        AbstractValue result = AbstractValue.Of(Allocate(syntax, "sequence", null, isFresh: true));
        Write(result, Step.Element, element, isStrong: false);
        return AbstractValue.Join(result, other);
    }

    /// <summary>The value of a parameter at entry, with what matchers and rows say about it.</summary>
    private AbstractValue WithParameterSource(AbstractValue value, IParameterSymbol parameter)
    {
        SourceKinds kinds = _model.MatchSource(parameter);
        string? text = kinds == SourceKinds.None ? null : _model.Describe(parameter, null);
        if (parameter.ContainingSymbol is IMethodSymbol { MethodKind: not (MethodKind.LambdaMethod or MethodKind.LocalFunction) } method && _model.Member(method) is { } model)
        {
            foreach ((int position, Source row) in model.EntrySources)
            {
                if ((position < 0 || position == parameter.Ordinal) && row.ParameterFilter?.Invoke(parameter) != false)
                {
                    kinds |= row.Kinds & _model.ActiveSources;
                    text ??= row.Description;
                }
            }
        }

        return kinds == SourceKinds.None ? value : AddParameterSource(value, parameter, kinds, text);
    }

    private AbstractValue AddParameterSource(AbstractValue value, IParameterSymbol parameter, SourceKinds kinds, string? text)
    {
        kinds &= _model.ActiveSources;
        if (ValueTypes.IsNumber(parameter.Type))
            kinds &= SourceKinds.CarriedByNumbers;
        if (kinds == SourceKinds.None || DeclarationOf(parameter) is not { } syntax)
            return value;
        SourceOrigin origin = NewSource(kinds, syntax, text ?? "parameter '" + parameter.Name + "'", parameter, null, ValueTypes.IsAtomic(parameter.Type));
        return value.WithFacts(FactSet.Join(value.Facts, new[] { new Fact(origin, SinkKinds.None, SourceKinds.None, FactFlags.None, null) }));
    }

    /// <summary>Where a parameter is declared; nobody declares the arguments of top-level statements, so their first statement stands for them.</summary>
    private SyntaxNode? DeclarationOf(IParameterSymbol parameter)
    {
        if (!parameter.DeclaringSyntaxReferences.IsEmpty)
            return parameter.DeclaringSyntaxReferences[0].GetSyntax(_solver.CancellationToken);
        return parameter.ContainingSymbol is { DeclaringSyntaxReferences: [{ } program] } && program.GetSyntax(_solver.CancellationToken) is CompilationUnitSyntax unit
            ? System.Linq.Enumerable.FirstOrDefault(unit.Members, static member => member is GlobalStatementSyntax)
            : null;
    }
}
