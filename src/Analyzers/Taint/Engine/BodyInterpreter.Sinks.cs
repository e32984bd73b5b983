using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Symbols;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Taint.Engine;

/// <content>Values that reach sinks.</content>
internal sealed partial class BodyInterpreter
{
    private readonly HashSet<(Origin Origin, SinkHit Hit, SinkKinds Cleared)> _seenFlows = new();
    private bool _isDead;

    /// <summary>Whether some rule may want a flow that is not known yet. The same origin at the same sink again, through another call, tells nothing new.</summary>
    private bool IsNewFlow(in Fact fact, SinkHit hit)
    {
        SinkKinds left = hit.Kinds & ~fact.Cleared;
        if (left == SinkKinds.None || (fact.Origin is SourceOrigin && !_solver.MayBeReported(fact.Kinds, left)))
            return false;
        return _seenFlows.Add((fact.Origin, hit, fact.Cleared));
    }

    private void Reach(SinkKinds kinds, IOperation operation, IOperation expression, ISymbol target, AbstractValue value, Fact[] facts)
    {
        kinds &= _model.ActiveSinks;
        if (kinds == SinkKinds.None)
            return;
        SinkHit? hit = null;
        foreach (Fact fact in facts)
        {
            if ((kinds & ~fact.Cleared) == SinkKinds.None)
                continue;
            hit ??= new SinkHit(kinds, operation, expression, target, value.Prefix ?? string.Empty);
            if (IsNewFlow(fact, hit))
                _events.Add(new SinkFlow(fact, hit, facts));
        }
    }

    private void CheckCallSinks(IOperation operation, IMethodSymbol method, MemberModel? model, AbstractValue? receiver, AbstractValue[] arguments, IOperation?[] operations)
    {
        if (model is not null && model.SinkKinds != SinkKinds.None)
        {
            foreach ((int position, Sink row) in model.ParameterSinks)
            {
                for (int i = position < 0 ? 0 : position; i < arguments.Length && (position < 0 || i == position); i++)
                    CheckRow(row, operation, operations[i] ?? operation, method, arguments[i]);
            }

            foreach (Sink row in model.OtherSinks)
            {
                if (row.Place == SinkPlace.Receiver && receiver is not null && operation is IInvocationOperation { Instance: { } instance })
                    CheckRow(row, operation, instance, method, receiver);
            }
        }

        for (int i = 0; i < arguments.Length; i++)
        {
            if (operations[i] is { } argument)
                arguments[i] = CheckTarget(operation, argument, method.Parameters[i], arguments[i]);
        }
    }

    private void CheckParameterSinks(IOperation operation, ISymbol member, AbstractValue[] values, ImmutableArray<IArgumentOperation> arguments)
    {
        if (_model.Member(member) is not { } model || model.SinkKinds == SinkKinds.None)
            return;
        foreach ((int position, Sink row) in model.ParameterSinks)
        {
            foreach (IArgumentOperation argument in arguments)
            {
                if (argument.Parameter is { } parameter && (position < 0 || parameter.Ordinal == position) && parameter.Ordinal < values.Length)
                    CheckRow(row, operation, argument.Value, member, values[parameter.Ordinal]);
            }
        }
    }

    private void CheckParameterTargets(IOperation operation, ISymbol member, AbstractValue[] values, ImmutableArray<IArgumentOperation> arguments)
    {
        _ = member;
        foreach (IArgumentOperation argument in arguments)
        {
            if (argument.Parameter is { } parameter && parameter.Ordinal < values.Length)
                values[parameter.Ordinal] = CheckTarget(operation, argument.Value, parameter, values[parameter.Ordinal]);
        }
    }

    private AbstractValue CheckAssigned(IOperation operation, IOperation expression, ISymbol member, AbstractValue value, IOperation? instance)
    {
        _ = instance;
        if (_model.Member(member) is { } model && model.SinkKinds != SinkKinds.None)
        {
            foreach (Sink row in model.OtherSinks)
            {
                if (row.Place == SinkPlace.AssignedValue)
                    CheckRow(row, operation, expression, member, value);
            }
        }

        return CheckTarget(operation, expression, member, value);
    }

    private void CheckRow(Sink row, IOperation operation, IOperation expression, ISymbol target, AbstractValue value)
    {
        if ((row.Kinds & _model.ActiveSinks) == 0)
            return;
        Fact[] facts = DeepFacts(value);
        if (facts.Length == 0 || row.Condition?.Invoke(new EngineSinkSite(this, operation, expression, target, value.Prefix ?? string.Empty)) == false)
            return;
        Reach(row.Kinds, operation, expression, target, value, facts);
    }

    /// <summary>Sinks that a variable, parameter or member is by its declaration.</summary>
    /// <returns>The value as it goes on: a secret is reported where it first gets a secret's name, not again under each further name.</returns>
    private AbstractValue CheckTarget(IOperation operation, IOperation expression, ISymbol target, AbstractValue value)
    {
        SinkKinds kinds = _model.MatchSink(target);
        if (kinds == SinkKinds.None)
            return value;
        Fact[] facts = DeepFacts(value);
        if (facts.Length == 0)
            return value;
        kinds = _model.NarrowSink(target, new EngineSinkSite(this, operation, expression, target, value.Prefix ?? string.Empty));
        Reach(kinds, operation, expression, target, value, facts);
        SinkKinds named = kinds & SinkKinds.SecretValue;
        return named == SinkKinds.None || value.Facts.Length == 0
            ? value
            : value.WithFacts(FactSet.Map(value.Facts, fact => fact with { Cleared = fact.Cleared | named }));
    }

    /// <summary>Sinks that the result of a method is.</summary>
    private AbstractValue CheckReturned(GraphRun run, Microsoft.CodeAnalysis.FlowAnalysis.BasicBlock block, AbstractValue value)
    {
        IOperation expression = block.BranchValue!;
        value = CheckTarget(expression, expression, run.Method, value);
        if (run.Method.AssociatedSymbol is IPropertySymbol property)
            value = CheckTarget(expression, expression, property, value);
        if (_model.Member(run.Method) is not { } model)
            return value;
        foreach (Sink row in model.OtherSinks)
        {
            if (row.Place == SinkPlace.ImplementedResult)
                CheckRow(row, expression, expression, run.Method, value);
        }

        return value;
    }

    /// <summary>Content that a call replaces, before what it copies there is written.</summary>
    private void ApplyOverwrites(IOperation operation, MemberModel model, AbstractValue? receiver, AbstractValue[] arguments, IOperation?[] operations)
    {
        foreach ((int position, Overwrite row) in model.Overwrites)
        {
            AbstractValue? target = position < 0 ? receiver : position < arguments.Length ? arguments[position] : null;
            IOperation? expression = position < 0 ? (operation as IInvocationOperation)?.Instance : position < operations.Length ? operations[position] : null;
            if (target is null)
                continue;
            AbstractValue content = row.Origin == SourceKinds.None ? AbstractValue.Clean : AddSource(AbstractValue.Clean, row.Origin, operation, null, null);
            OverwriteContent(target, content.Facts.Length == 0 ? null : content);
            if (target.Objects.Length == 0 && expression is not null && target.Facts.Length > 0)
                Assign(expression.WithoutConversions(), content, operation);
        }
    }

    /// <summary>Rows about arguments: new content from a source, handlers that a framework calls.</summary>
    private void ApplyArgumentRows(IOperation operation, MemberModel model, AbstractValue? receiver, AbstractValue[] arguments, IOperation?[] operations)
    {
        foreach ((int position, Source row) in model.ArgumentSources)
        {
            if (position >= arguments.Length || operations[position] is not { } expression)
                continue;
            SourceKinds kinds = row.Kinds & _model.ActiveSources;
            if (kinds == SourceKinds.None)
                continue;
            SourceOrigin origin = NewSource(kinds, operation.Syntax, row.Description ?? TextOf(operation, (operation as IInvocationOperation)?.TargetMethod), null, null, ValueTypes.IsAtomic(expression.Type));
            AbstractValue content = AbstractValue.Of(new[] { new Fact(origin, SinkKinds.None, SourceKinds.None, FactFlags.None, null) });
            if ((kinds & SourceKinds.BoundObject) != 0)
                FillMembers(expression, arguments[position], content, operation);
            else if (arguments[position].Objects.Length > 0)
                OverwriteContent(arguments[position], content);
            else
                Assign(expression, content, operation);
        }

        foreach ((int position, Source row) in model.DelegateSources)
        {
            if (position < arguments.Length)
                CallEntryPoint(operation, arguments[position], row);
        }
    }

    /// <summary>A framework sets the members of an object that the code made: those that have a value already, and all others.</summary>
    private void FillMembers(IOperation expression, AbstractValue target, AbstractValue content, IOperation operation)
    {
        var pending = new Stack<AbstractValue>();
        var filled = new HashSet<HeapObject>();
        pending.Push(target);
        while (pending.Count > 0)
        {
            foreach (HeapObject instance in pending.Pop().Objects)
            {
                if (!filled.Add(instance))
                    continue;
                foreach (KeyValuePair<Step, int> cell in new List<KeyValuePair<Step, int>>(instance.Cells))
                {
                    if (cell.Key.Member is null || _state[cell.Value] is not { } known)
                        continue;
                    pending.Push(known);
                    _state[cell.Value] = AbstractValue.Join(known, content);
                }
            }
        }

        Assign(expression.WithoutConversions(), target.WithFacts(FactSet.Join(target.Facts, content.Facts)), operation);
    }

    private void CallEntryPoint(IOperation operation, AbstractValue handler, Source row)
    {
        foreach (DelegateTarget target in handler.Targets)
        {
            AbstractValue[] values = EmptyArguments(target.Method.Parameters.Length);
            for (int i = 0; i < values.Length; i++)
            {
                IParameterSymbol parameter = target.Method.Parameters[i];
                if (row.ParameterFilter?.Invoke(parameter) != false)
                    values[i] = AddParameterSource(values[i], parameter, row.Kinds, row.Description is null ? null : row.Description);
            }

            InvokeTarget(operation, target, handler, values, null);
        }
    }

    private void ApplyReturningValidators(IOperation operation, MemberModel model)
    {
        if (operation is not IInvocationOperation call)
            return;
        foreach ((int position, Validator row) in model.Validators)
        {
            IOperation? operand = position < 0 ? call.Instance : ArgumentAt(call, position);
            if (row.ValidWhen == ValidWhen.Returns && operand is not null && row.Condition?.Invoke(new EngineSinkSite(this, call, operand, call.TargetMethod, string.Empty)) != false)
                Assume(AbstractValue.Clean.WithGuard(GuardOn(operand, row.Clears, whenTrue: true)), true);
        }
    }

    /// <summary>Replaces what an object contains, whatever variable holds it.</summary>
    private void OverwriteContent(AbstractValue target, AbstractValue? content)
    {
        if (target.Objects.Length != 1)
        {
            if (content is not null)
                Write(target, Step.Element, content, isStrong: false);
            return;
        }

        HeapObject instance = target.Objects[0];
        foreach (KeyValuePair<Step, int> cell in instance.Cells)
        {
            if (cell.Key.Member is null)
                _state[cell.Value] = AbstractValue.Clean;
        }

        for (int slot = 0; slot < _state.Length; slot++)
        {
            if (_state[slot] is { Facts.Length: > 0, Objects.Length: 1 } value && ReferenceEquals(value.Objects[0], instance))
                _state[slot] = value.WithFacts(FactSet.Empty);
        }

        _state[instance.Cell(Step.Element)] = content ?? AbstractValue.Clean;
        if (instance.Cells.TryGetValue(Step.Count, out int count))
            _state[count] = AbstractValue.Of(0L);
    }

    private void NoteEscaped(AbstractValue value)
    {
        if (_escaped.Count < Solver.MaximumEscaped && (value.Targets.Length > 0 || (value.Objects.Length > 0 && DeepFacts(value).Length > 0)))
            _escaped.Add(value);
    }

    /// <summary>Code outside the compilation gets hold of a value: it may call delegates and read members.</summary>
    private void Escape(AbstractValue value, IOperation operation, AbstractValue? argument, AbstractValue?[]? results)
    {
        _ = results;
        NoteEscaped(value);
        foreach (DelegateTarget target in value.Targets)
        {
            AbstractValue[] values = EmptyArguments(target.Method.Parameters.Length);
            if (argument is not null)
            {
                for (int i = 0; i < values.Length; i++)
                    values[i] = argument;
            }

            InvokeTarget(operation, target, value, values, null);
        }
    }
}
