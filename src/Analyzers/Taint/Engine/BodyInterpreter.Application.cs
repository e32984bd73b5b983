using System;
using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Taint.Engine;

/// <content>One use of a summary at one call.</content>
internal sealed partial class BodyInterpreter
{
    private sealed class SummaryApplication(
        BodyInterpreter caller, MethodSummary summary, SyntaxNode syntax, IMethodSymbol method, AbstractValue? receiver, AbstractValue[] arguments, IOperation? operation)
    {
        private const int MaximumCopyDepth = 5;
        private const int MaximumCopies = 40;

        private readonly Dictionary<Place, AbstractValue> _resolved = new();
        private HeapObject? _rest;
        private int _copyDepth;
        private readonly Dictionary<HeapObject, HeapObject> _copies = new();
        private readonly AbstractValue?[] _callbackResults = new AbstractValue?[summary.Callbacks.Count];

        public AbstractValue Run(IOperation?[]? operations, AbstractValue?[]? outputs)
        {
            if (summary.DoesNothing)
                return AbstractValue.Clean;
            RunCallbacks();
            ReachSinks();
            if (summary.Exit is null)
            {
                if (summary.Thrown.Facts.Length > 0)
                    caller.RecordThrown(MapValue(summary.Thrown));
                caller._isDead = true;
                return AbstractValue.Clean;
            }

            AbstractValue result = MapValue(summary.Result);
            AbstractValue? thrown = summary.Thrown.Facts.Length > 0 || summary.Thrown.Objects.Length > 0 ? MapValue(summary.Thrown) : null;
            ApplyChanges(operations, outputs);
            foreach (AbstractValue escaped in summary.Escaped)
                caller.NoteEscaped(MapValue(escaped));
            if (thrown is not null)
                caller.RecordThrown(thrown);
            return ApplyValidations(result, operations);
        }

        private void RunCallbacks()
        {
            foreach (CallbackEvent callback in summary.Callbacks)
            {
                AbstractValue target = Resolve(callback.Delegate);
                var mapped = new AbstractValue[callback.Arguments.Length];
                for (int i = 0; i < mapped.Length; i++)
                    mapped[i] = MapValue(callback.Arguments[i]);
                if (operation is not null)
                    _callbackResults[callback.Number] = caller.InvokeDelegate(operation, target, mapped, null, caller.Compilation.ObjectType);
            }
        }

        private void ReachSinks()
        {
            foreach (SinkFlow flow in summary.Flows)
            {
                if (flow.Fact.Origin is not Place place)
                    continue;
                AbstractValue value = Resolve(place);
                if (value.Facts.Length == 0)
                    continue;
                caller._solver.Charge(ref caller._work, caller.Method);
                Fact[]? companions = null;
                foreach (Fact fact in value.Facts)
                {
                    if (Combine(flow.Fact, fact, TraceKind.Argument) is not { } combined || !caller.IsNewFlow(combined, flow.Hit))
                        continue;
                    companions ??= (flow.Hit.Kinds & caller._model.ExcludingSinks) == 0 ? FactSet.Empty : FactSet.Join(MapFacts(flow.Companions), value.Facts);
                    caller._events.Add(new SinkFlow(combined, flow.Hit, companions));
                }
            }
        }

        private void ApplyChanges(IOperation?[]? operations, AbstractValue?[]? outputs)
        {
            BodyInterpreter body = summary.Body!;
            FlowState exit = summary.Exit!;
            var writes = new List<(AbstractValue Target, Step Step, AbstractValue Value)>();
            foreach (HeapObject instance in summary.ChangedInputs)
            {
                AbstractValue target = Resolve(instance.Place!);
                if (target.Objects.Length == 0)
                    continue;
                foreach (KeyValuePair<Step, int> cell in instance.Cells)
                {
                    if (exit[cell.Value] is { } value && !IsUnchanged(instance, cell.Key, value) && !ReferenceEquals(cell.Key, Step.Count))
                        writes.Add((target, cell.Key, MapValue(value)));
                }
            }

            var statics = new List<(ISymbol Member, AbstractValue Value)>();
            foreach (KeyValuePair<ISymbol, int> slot in body._symbolSlots)
            {
                if (body._slots[slot.Value].Static is { } member && exit[slot.Value] is { } value && !IsInitial(member, value))
                    statics.Add((member, MapValue(value)));
            }

            var assigned = new List<(int Position, AbstractValue Value)>();
            foreach (IParameterSymbol parameter in summary.Method.Parameters)
            {
                if (parameter.RefKind is RefKind.Ref or RefKind.Out && exit[body.SlotOf(parameter)] is { } value)
                    assigned.Add((parameter.Ordinal, MapValue(value)));
            }

            foreach ((AbstractValue target, Step step, AbstractValue value) in writes)
            {
                if (ReferenceEquals(step, Step.Element) && value.IsPlain)
                    caller.OverwriteContent(target, null);
                else
                    caller.Write(target, step, value);
            }

            foreach ((ISymbol member, AbstractValue value) in statics)
                caller._state[caller.SlotOf(member)] = value;
            foreach ((int position, AbstractValue value) in assigned)
            {
                if (outputs is not null && position < outputs.Length)
                    outputs[position] = value;
                if (operations is not null && position < operations.Length && operations[position] is { } target && operation is not null)
                    caller.Assign(target, value, operation);
            }
        }

        private static bool IsInitial(ISymbol member, AbstractValue value) =>
            value.Facts.Length == 1 && value.Facts[0].Origin is Place { Root: PlaceRoot.Static, Depth: 0, IsDeep: false } place && SymbolEqualityComparer.Default.Equals(place.Symbol, member)
            && value.Facts[0].Cleared == SinkKinds.None;

        private AbstractValue ApplyValidations(AbstractValue result, IOperation?[]? operations)
        {
            foreach (MethodSummary.Validation validation in summary.Validations)
            {
                if (operations is null || validation.Parameter >= operations.Length || operations[validation.Parameter] is not { } argument)
                    continue;
                if (validation.When == ValidWhen.Returns)
                    caller.Assume(AbstractValue.Clean.WithGuard(caller.GuardOn(argument, validation.Clears, whenTrue: true)), true);
                else
                    result = result.WithGuard(Guard.Both(result.Guard, caller.GuardOn(argument, validation.Clears, validation.When == ValidWhen.True)));
            }

            return result;
        }

        private AbstractValue Resolve(Place place)
        {
            if (_resolved.TryGetValue(place, out AbstractValue? known))
                return known;
            AbstractValue value;
            if (place.Parent is { } parent)
            {
                AbstractValue whole = Resolve(parent);
                value = place.IsDeep ? AbstractValue.Of(caller.DeepFacts(whole)).WithObjects(whole.Objects)
                    : caller.Read(whole, place.Step!, place.Step!.Member is { } member ? MemberType(member) : null);
            }
            else
            {
                value = place.Root switch
                {
                    PlaceRoot.Parameter => place.Ordinal < arguments.Length ? arguments[place.Ordinal] : AbstractValue.Clean,
                    PlaceRoot.This => receiver ?? AbstractValue.Clean,
                    PlaceRoot.Static => caller.ReadStatic(place.Symbol!, MemberType(place.Symbol!)),
                    _ => place.Ordinal < _callbackResults.Length ? _callbackResults[place.Ordinal] ?? AbstractValue.Clean : AbstractValue.Clean,
                };
            }

            _resolved[place] = value;
            return value;
        }

        private AbstractValue MapValue(AbstractValue value)
        {
            if (value.IsPlain)
                return value.Prefix is null ? AbstractValue.Clean : value;
            AbstractValue result = AbstractValue.Of(MapFacts(value.Facts)).WithConstant(value.Constant).WithPrefix(value.Prefix);
            bool isCopy = value.Facts.Length == 1 && value.Facts[0] is { Flags: FactFlags.None, Origin: Place { IsDeep: false } };
            foreach (Fact fact in value.Facts)
            {
                if (fact.Origin is not Place { IsDeep: false } place)
                    continue;
                AbstractValue resolved = Resolve(place);
                if (resolved.Targets.Length > 0)
                    result = AbstractValue.Join(result, resolved.WithConstant(null).WithFacts(FactSet.Empty).WithPrefix(result.Prefix).WithGuard(null));
                if (isCopy && value.Constant is null)
                    result = result.WithConstant(resolved.Constant).WithPrefix(resolved.Prefix);
            }

            HeapObject[] objects = MapObjects(value.Objects);
            if (objects.Length > 0)
                result = result.WithObjects(result.Objects.Length == 0 ? objects : AbstractValue.Join(AbstractValue.Clean.WithObjects(result.Objects), AbstractValue.Clean.WithObjects(objects)).Objects);
            if (value.Targets.Length > 0)
                result = result.WithTargets(AbstractValue.Join(result, AbstractValue.Clean.WithTargets(MapTargets(value.Targets))).Targets);
            return result;
        }

        private DelegateTarget[] MapTargets(DelegateTarget[] targets)
        {
            var mapped = new DelegateTarget[targets.Length];
            for (int i = 0; i < targets.Length; i++)
                mapped[i] = targets[i].Receiver is { } bound ? targets[i] with { Receiver = MapValue(bound) } : targets[i];
            return mapped;
        }

        private HeapObject[] MapObjects(HeapObject[] objects)
        {
            if (objects.Length == 0)
                return objects;
            AbstractValue result = AbstractValue.Clean;
            foreach (HeapObject instance in objects)
            {
                AbstractValue one = instance.Place is { } place ? AbstractValue.Clean.WithObjects(Resolve(place).Objects) : AbstractValue.Of(Copy(instance));
                result = AbstractValue.Join(result, one);
            }

            return result.Objects;
        }

        /// <summary>Beyond a depth and a number, what callees made is kept as one object, or recursive methods would make larger ones each time.</summary>
        private HeapObject Rest(HeapObject instance)
        {
            HeapObject rest = _rest ??= caller.Allocate(syntax, "rest", null, isFresh: false);
            _copies.Add(instance, rest);
            if (!ReferenceEquals(instance.Owner, summary.Body) || summary.Exit is null)
                return rest;
            foreach (KeyValuePair<Step, int> cell in instance.Cells)
            {
                if (summary.Exit[cell.Value] is { Facts.Length: > 0 } value)
                    caller.Write(AbstractValue.Of(rest), Step.Element, AbstractValue.Of(MapFacts(value.Facts)), isStrong: false);
            }

            return rest;
        }

        private HeapObject Copy(HeapObject instance)
        {
            // An object of the caller's own comes back from a delegate that the caller gave.
            if (ReferenceEquals(instance.Owner, caller))
                return instance;
            if (_copies.TryGetValue(instance, out HeapObject? copy))
                return copy;
            if (_copyDepth >= MaximumCopyDepth || _copies.Count >= MaximumCopies)
                return Rest(instance);
            caller._solver.Charge(ref caller._work, caller.Method);
            copy = caller.Allocate(syntax, instance, instance.ExactType, instance.IsFresh);
            _copies.Add(instance, copy);
            if (!ReferenceEquals(instance.Owner, summary.Body) || summary.Exit is null)
                return copy;
            _copyDepth++;
            foreach (KeyValuePair<Step, int> cell in new List<KeyValuePair<Step, int>>(instance.Cells))
            {
                if (summary.Exit[cell.Value] is { } value)
                    caller._state[copy.Cell(cell.Key)] = MapValue(value);
            }

            _copyDepth--;
            return copy;
        }

        private Fact[] MapFacts(Fact[] facts)
        {
            if (facts.Length == 0)
                return facts;
            int work = 1;
            List<Fact>? result = null;
            foreach (Fact fact in facts)
            {
                if (fact.Origin is not Place place)
                {
                    FactSet.Add(result ??= new List<Fact>(facts.Length), FactSet.AddStep(fact, syntax, method, TraceKind.Returned));
                    continue;
                }

                Fact[] resolved = Resolve(place).Facts;
                work += resolved.Length;
                foreach (Fact inner in resolved)
                {
                    if (Combine(fact, inner, TraceKind.Argument) is { } combined)
                        FactSet.Add(result ??= new List<Fact>(resolved.Length), combined);
                }
            }

            // Calls in large cycles map many facts many times: this is where the time of a body goes that the budget must see.
            caller._solver.Charge(ref caller._work, caller.Method, work);
            return result is null ? FactSet.Empty : result.ToArray();
        }

        private Fact? Combine(in Fact outer, in Fact inner, TraceKind kind)
        {
            var combined = new Fact(inner.Origin, outer.ClearedAfter(inner.Cleared), inner.Ended | outer.Ended, inner.Flags | outer.Flags, inner.Trace);
            if (combined.Origin is SourceOrigin && combined.Kinds == SourceKinds.None)
                return null;
            return (inner.Trace?.Length ?? 0) >= Trace.MaximumLength ? combined : combined with { Trace = new Trace(inner.Trace, syntax, method, kind, outer.Trace) };
        }
    }
}
