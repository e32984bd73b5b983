using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Taint.Engine;

/// <content>Making this body's summary, and using summaries of others.</content>
internal sealed partial class BodyInterpreter
{
    /// <summary>Interprets the body.</summary>
    public MethodSummary Summarize()
    {
        IMethodSymbol method = Method;
        _isFreshThis = method.MethodKind == MethodKind.Constructor && !CallsThisConstructor();
        for (int i = 0; i < method.Parameters.Length; i++)
            _state[SlotOf(method.Parameters[i])] = EntryValue(method.Parameters[i]);

        RunInitializers();
        ControlFlowGraph? graph = _body.Graph ?? (_body.Root is null ? null : GraphOf(_body.Root));
        GraphRun? run = graph is null ? null : Interpret(graph, _state, isNested: _body.Graph is not null, method);
        if (run is not null && run.Exit is { } exit)
            _state = exit;
        AbstractValue result = run is null ? AbstractValue.Clean : run.Result;
        if (run?.Yielded is { } yielded)
            result = Sequence((_body.Root?.Syntax ?? run.Graph.OriginalOperation.Syntax), yielded, result);
        FlowState? end = run is null || run.Exit is not null ? _state : null;
        List<SinkFlow> flows = CompactFlows();
        List<HeapObject> changed = ChangedInputs();
        ImmutableArray<MethodSummary.Validation> validations = run is null ? ImmutableArray<MethodSummary.Validation>.Empty : Validations(run).ToImmutableArray();
        AbstractValue thrown = run?.Thrown ?? AbstractValue.Clean;
        return new MethodSummary
        {
            Method = method,
            Body = this,
            Exit = end,
            Result = result,
            Thrown = thrown,
            Flows = flows,
            Callbacks = _callbackOrder,
            Validations = validations,
            WantedContexts = _wantedContexts,
            ChangedInputs = changed,
            Escaped = _escaped,
            Size = SizeOf(result),
            DoesNothing = end is not null && flows.Count == 0 && changed.Count == 0 && validations.IsEmpty && _callbackOrder.Count == 0 && _escaped.Count == 0
                && result.IsPlain && result.Prefix is null && thrown.IsPlain && !HandsOutMore(end),
        };
    }

    /// <summary>Whether callers get more than the result: static members, arguments by reference.</summary>
    private bool HandsOutMore(FlowState end)
    {
        foreach (IParameterSymbol parameter in Method.Parameters)
        {
            if (parameter.RefKind is RefKind.Ref or RefKind.Out)
                return true;
        }

        foreach (KeyValuePair<ISymbol, int> slot in _symbolSlots)
        {
            if (_slots[slot.Value].Static is not null && end[slot.Value] is not null)
                return true;
        }

        return false;
    }

    private static ControlFlowGraph? GraphOf(IOperation root) => root switch
    {
        IMethodBodyOperation method => ControlFlowGraph.Create(method),
        IConstructorBodyOperation constructor => ControlFlowGraph.Create(constructor),
        IBlockOperation block => ControlFlowGraph.Create(block),
        IFieldInitializerOperation field => ControlFlowGraph.Create(field),
        IPropertyInitializerOperation property => ControlFlowGraph.Create(property),
        IParameterInitializerOperation parameter => ControlFlowGraph.Create(parameter),
        _ => null,
    };

    private bool CallsThisConstructor()
    {
        if (_body.Root is not IConstructorBodyOperation { Initializer: { } initializer })
            return false;
        IOperation call = initializer is IExpressionStatementOperation statement ? statement.Operation : initializer;
        return call is IInvocationOperation invocation && SymbolEqualityComparer.Default.Equals(invocation.TargetMethod.ContainingType, Method.ContainingType);
    }

    private AbstractValue EntryValue(IParameterSymbol parameter)
    {
        Place place = _places.Parameter(parameter.Ordinal);
        AbstractValue value;
        if (_context is { } typed && parameter.Ordinal < typed.Types.Length && typed.Types[parameter.Ordinal] is { } type)
            value = AbstractValue.Of(InputObject(place, type)).WithFacts(new[] { new Fact(place, SinkKinds.None, SourceKinds.None, FactFlags.None, null) });
        else
            value = parameter.RefKind == RefKind.Out ? AbstractValue.Clean : InitialValue(place, parameter.Type);
        if (_context is { } known && parameter.Ordinal < known.Constants.Length && known.Constants[parameter.Ordinal] is { } constant)
            value = value.WithConstant(constant);
        return WithParameterSource(value, parameter);
    }

    private void RunInitializers()
    {
        if (_body.Method.MethodKind is not (MethodKind.Constructor or MethodKind.StaticConstructor) || CallsThisConstructor())
            return;
        if (_body.Method.MethodKind == MethodKind.Constructor)
        {
            foreach (IParameterSymbol parameter in Method.Parameters)
            {
                if (Solver.IsPrimary(Method))
                    StorePrimaryParameter(parameter);
            }

            CallBaseConstructor();
        }

        foreach (IOperation initializer in _body.Initializers)
        {
            if (GraphOf(initializer) is not { } graph)
                continue;
            GraphRun run = Interpret(graph, _state, isNested: false, null);
            if (run.Exit is { } exit)
                _state = exit.Clone();
        }
    }

    private void StorePrimaryParameter(IParameterSymbol parameter)
    {
        AbstractValue value = _state[SlotOf(parameter)]!;
        AbstractValue owner = ThisValue();
        Write(owner, _places.Member(parameter), value);
        if (!Method.ContainingType.IsRecord)
            return;
        foreach (ISymbol member in Method.ContainingType.GetMembers(parameter.Name))
        {
            if (member is IPropertySymbol property)
                Write(owner, _places.Member(property), value);
        }
    }

    /// <summary>A constructor that does not say otherwise begins with its base class's constructor without parameters.</summary>
    private void CallBaseConstructor()
    {
        if (_body.Root is IConstructorBodyOperation { Initializer: not null } || _body.Method.ContainingType.BaseType is not { } baseType || !SymbolInSource(baseType))
            return;
        if (_solver.PrimaryBaseArguments(Method) is { } call)
        {
            Evaluate(call);
            return;
        }

        foreach (IMethodSymbol constructor in baseType.OriginalDefinition.InstanceConstructors)
        {
            if (constructor.Parameters.IsEmpty && _solver.HasBody(constructor) && _body.Syntax is { } syntax)
                Apply(_solver.SummaryOf(constructor, this, null), syntax, constructor, ThisValue(), Array.Empty<AbstractValue>(), null, null, null);
        }
    }

    private List<HeapObject> ChangedInputs()
    {
        var changed = new List<HeapObject>();
        foreach (HeapObject instance in _inputs.Values)
        {
            foreach (KeyValuePair<Step, int> cell in instance.Cells)
            {
                if (_state[cell.Value] is { } value && !IsUnchanged(instance, cell.Key, value))
                {
                    changed.Add(instance);
                    break;
                }
            }

            if (changed.Count == Solver.MaximumChanged)
                break;
        }

        return changed;
    }

    private static bool IsUnchanged(HeapObject instance, Step step, AbstractValue value)
    {
        if (instance.Place is not { } place || value.Facts.Length != 1)
            return instance.IsFresh && value.IsPlain;
        Fact fact = value.Facts[0];
        return ReferenceEquals(fact.Origin, place.Child(step)) && (value.Objects.Length == 0 || (value.Objects.Length == 1 && ReferenceEquals(value.Objects[0].Place, fact.Origin)));
    }

    private List<SinkFlow> CompactFlows()
    {
        if (_events.Count < 2)
            return _events;
        var kept = new List<SinkFlow>(_events.Count);
        var index = new Dictionary<(Origin Origin, SinkHit Hit), int>();
        foreach (SinkFlow flow in _events)
        {
            if (index.TryGetValue((flow.Fact.Origin, flow.Hit), out int position))
            {
                kept[position] = kept[position] with { Fact = kept[position].Fact.Or(flow.Fact) };
                continue;
            }

            if (kept.Count >= Solver.MaximumFlows)
            {
                _solver.ReachBudget(Method);
                break;
            }

            index.Add((flow.Fact.Origin, flow.Hit), kept.Count);
            kept.Add(flow);
        }

        return kept;
    }

    private long SizeOf(AbstractValue result)
    {
        long size = _events.Count * 7L + result.Facts.Length + result.Objects.Length + result.Targets.Length + _callbacks.Count + (result.Constant is null ? 1 : 0);
        foreach (KeyValuePair<ISymbol, int> slot in _symbolSlots)
            size += (_state[slot.Value]?.Facts.Length ?? 0) + (_state[slot.Value]?.Objects.Length ?? 0);
        foreach (HeapObject instance in _inputs.Values)
        {
            foreach (int slot in instance.Cells.Values)
                size += 1 + (_state[slot]?.Facts.Length ?? 0);
        }

        return size;
    }

    private List<MethodSummary.Validation> Validations(GraphRun run)
    {
        var validations = new List<MethodSummary.Validation>();
        foreach (IParameterSymbol parameter in Method.Parameters)
        {
            if (parameter.RefKind is not (RefKind.None or RefKind.In) || ValueTypes.IsNumber(parameter.Type))
                continue;
            Place place = _places.Parameter(parameter.Ordinal);
            if (run.Exit is { } exit && ClearedIn(exit, parameter, place) is { } always && always != SinkKinds.None)
                validations.Add(new MethodSummary.Validation(parameter.Ordinal, always, ValidWhen.Returns));
            if (Method.ReturnType is not { SpecialType: SpecialType.System_Boolean } && !(ValueTypes.Unwrap(Method.ReturnType).SpecialType == SpecialType.System_Boolean))
                continue;
            Add(parameter, place, true);
            Add(parameter, place, false);
        }

        return validations;

        void Add(IParameterSymbol parameter, Place place, bool outcome)
        {
            SinkKinds cleared = SinkKinds.All;
            bool any = false;
            for (int i = 0; i < run.Returned.Length; i++)
            {
                if (run.Returned[i] is not { } returned || run.ReturnStates[i] is not { } state || returned.Constant is bool known && known != outcome)
                    continue;
                FlowState saved = _state;
                _state = state.Clone();
                Assume(returned, outcome);
                cleared &= ClearedIn(_state, parameter, place) ?? SinkKinds.None;
                any = true;
                _state = saved;
            }

            if (any && cleared != SinkKinds.None)
                validations.Add(new MethodSummary.Validation(parameter.Ordinal, cleared, outcome ? ValidWhen.True : ValidWhen.False));
        }
    }

    private SinkKinds? ClearedIn(FlowState state, IParameterSymbol parameter, Place place)
    {
        if (state[SlotOf(parameter)] is not { } value)
            return null;
        foreach (Fact fact in value.Facts)
        {
            if (ReferenceEquals(fact.Origin, place))
                return fact.Cleared;
        }

        return null;
    }

    /// <summary>Calls one method of the analysed code.</summary>
    private AbstractValue Call(IOperation operation, IMethodSymbol method, AbstractValue? receiver, AbstractValue[] arguments, IOperation?[]? operations, AbstractValue?[]? outputs = null)
    {
        IMethodSymbol definition = Solver.Definition(method);
        if (_solver.IsSkipped(definition))
            return Skip(operation, method, operations, outputs);
        MethodSummary? summary = _solver.SummaryOf(definition, this, null);
        if (summary is null)
            return Opaque(receiver, arguments);
        if (summary.WantedContexts != 0 && ContextOf(summary, receiver, arguments) is { } context)
            summary = _solver.SummaryOf(definition, this, context) ?? summary;
        return Apply(summary, operation.Syntax, method, receiver, arguments, operation, operations, outputs);
    }

    /// <summary>A call that has no part in any flow: objects that nothing is known about come back.</summary>
    private AbstractValue Skip(IOperation operation, IMethodSymbol method, IOperation?[]? operations, AbstractValue?[]? outputs)
    {
        for (int i = 0; i < method.Parameters.Length; i++)
        {
            IParameterSymbol parameter = method.Parameters[i];
            if (parameter.RefKind != RefKind.Out)
                continue;
            AbstractValue given = Unknown(operation, parameter, parameter.Type);
            if (outputs is not null)
                outputs[i] = given;
            if (operations?[i] is { } target)
                Assign(target, given, operation);
        }

        return method.ReturnsVoid ? AbstractValue.Clean : Unknown(operation, "skipped", method.ReturnType);
    }

    private AbstractValue Unknown(IOperation operation, object discriminator, ITypeSymbol type) =>
        ValueTypes.IsAtomic(type) ? AbstractValue.Clean : AbstractValue.Of(Allocate(operation.Syntax, discriminator, null, isFresh: false));

    /// <summary>A call whose body must not be looked at (another file, while the file alone is analysed): nothing comes back, and nothing is known about what went in.</summary>
    private AbstractValue Opaque(AbstractValue? receiver, AbstractValue[] arguments)
    {
        if (receiver is not null)
            Forget(receiver);
        foreach (AbstractValue argument in arguments)
            Forget(argument);
        return AbstractValue.Clean;
    }

    private void Forget(AbstractValue value)
    {
        Fact[] facts = DeepFacts(value);
        if (facts.Length == 0)
            return;
        for (int slot = 0; slot < _state.Length; slot++)
        {
            if (_state[slot] is { Facts.Length: > 0 } held && SharesOrigin(held.Facts, facts))
                _state[slot] = held.WithFacts(FactSet.Empty);
        }
    }

    private static bool SharesOrigin(Fact[] one, Fact[] other)
    {
        foreach (Fact fact in one)
        {
            foreach (Fact candidate in other)
            {
                if (ReferenceEquals(fact.Origin, candidate.Origin))
                    return true;
            }
        }

        return false;
    }

    private static CallContext? ContextOf(MethodSummary summary, AbstractValue? receiver, AbstractValue[] arguments)
    {
        object?[]? constants = null;
        ITypeSymbol?[]? types = null;
        ITypeSymbol? thisType = (summary.WantedContexts & (1UL << 63)) != 0 ? ExactType(receiver) : null;
        for (int i = 0; i < arguments.Length && i < 63; i++)
        {
            if ((summary.WantedContexts & (1UL << i)) == 0)
                continue;
            if (arguments[i].Constant is { } constant)
                (constants ??= new object?[arguments.Length])[i] = constant;
            else if (ExactType(arguments[i]) is { } type)
                (types ??= new ITypeSymbol?[arguments.Length])[i] = type;
        }

        return constants is null && types is null && thisType is null
            ? null
            : new CallContext(constants ?? new object?[arguments.Length], types ?? new ITypeSymbol?[arguments.Length], thisType);
    }

    private static ITypeSymbol? ExactType(AbstractValue? value) => value is { Objects.Length: 1, Targets.Length: 0 } ? value.Objects[0].ExactType : null;

    private AbstractValue Apply(
        MethodSummary? summary, SyntaxNode syntax, IMethodSymbol method, AbstractValue? receiver, AbstractValue[] arguments, IOperation? operation, IOperation?[]? operations, AbstractValue?[]? outputs)
    {
        if (summary is null)
            return AbstractValue.Clean;
        if (summary.IsFallback || summary.Body is null)
        {
            Fact[] facts = receiver is null ? FactSet.Empty : DeepFacts(receiver);
            foreach (AbstractValue argument in arguments)
                facts = FactSet.Join(facts, DeepFacts(argument));
            return AbstractValue.Of(FactSet.AddStep(facts, syntax, method, TraceKind.Through));
        }

        var application = new SummaryApplication(this, summary, syntax, method, receiver, arguments, operation);
        return application.Run(operations, outputs);
    }
}
