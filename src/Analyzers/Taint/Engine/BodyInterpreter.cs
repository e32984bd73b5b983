using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using SecurityToolchain.Analyzers.Taint.Model;
using SecurityToolchain.Analyzers.Taint.Outline;

namespace SecurityToolchain.Analyzers.Taint.Engine;

/// <summary>
/// The abstract interpretation of one body, for all kinds of sources and sinks at once. Variables, members of objects and elements of
/// collections are slots of a <see cref="FlowState"/>; inputs are symbolic, so that the result is a summary for every caller.
/// The parts of this class: state (here), graph, expressions, assignments, calls, summaries, library members, guards, sinks.
/// </summary>
internal sealed partial class BodyInterpreter
{
    private readonly Solver _solver;
    private readonly TaintModel _model;
    private readonly PlaceTable _places;
    private readonly Body _body;
    private readonly CallContext? _context;
    private readonly List<SlotOwner> _slots = new();
    private readonly List<AbstractValue?> _initial = new();
    private readonly Dictionary<ISymbol, int> _symbolSlots = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<(CaptureId Id, int Graph), int> _captureSlots = new();
    private readonly Dictionary<int, IOperation> _capturedOperations = new();
    private readonly Dictionary<Place, HeapObject> _inputs = new();
    private readonly Dictionary<(SyntaxNode Syntax, object Discriminator), HeapObject> _allocations = new();
    private readonly Dictionary<(SyntaxNode Syntax, Place Delegate), CallbackEvent> _callbacks = new();
    private readonly List<CallbackEvent> _callbackOrder = new();
    private readonly List<AbstractValue> _escaped = new();
    private readonly HashSet<IMethodSymbol> _inlined = new(SymbolEqualityComparer.Default);
    private FlowState _state = new();
    private const int MaximumDelegateDepth = 8;

    private int _delegateDepth;
    private bool _isFreshThis;
    private ulong _wantedContexts;
    private long _work;

    /// <summary>Prepares the analysis.</summary>
    public BodyInterpreter(Solver solver, Body body, CallContext? context)
    {
        _solver = solver;
        _model = solver.Model;
        _places = solver.Places;
        _body = body;
        _context = context;
    }

    /// <summary>The analysed method.</summary>
    public IMethodSymbol Method => _body.Method;

    /// <summary>What an untouched slot held when the method began; null when it held nothing.</summary>
    public AbstractValue? InitialOf(int slot)
    {
        if (slot >= _slots.Count)
            return null;
        if (slot < _initial.Count && _initial[slot] is { } known)
            return known;
        SlotOwner owner = _slots[slot];
        if (owner.Static is { } member)
            return Remember(slot, InitialValue(_places.Static(member), MemberType(member)));
        if (owner.Object is not { Place: { } place, IsFresh: false } || ReferenceEquals(owner.Step, Step.Count))
            return null;
        return Remember(slot, InitialValue(place.Child(owner.Step!), owner.Step!.Member is { } named ? MemberType(named) : null));
    }

    /// <summary>What an untouched slot held when the method began, of a type that is known where it is read.</summary>
    private AbstractValue Initial(int slot, Place place, ITypeSymbol? type) =>
        slot < _initial.Count && _initial[slot] is { } known ? known : Remember(slot, InitialValue(place, type));

    private AbstractValue Remember(int slot, AbstractValue value)
    {
        while (_initial.Count <= slot)
            _initial.Add(null);
        return _initial[slot] = value;
    }

    /// <summary>Makes the slot of an object's member.</summary>
    public int NewCell(HeapObject instance, Step step)
    {
        _slots.Add(new SlotOwner(instance, step, null));
        return _slots.Count - 1;
    }

    private static ITypeSymbol? MemberType(ISymbol member) => member switch
    {
        IFieldSymbol field => field.Type,
        IPropertySymbol property => property.Type,
        ILocalSymbol local => local.Type,
        IParameterSymbol parameter => parameter.Type,
        _ => null,
    };

    private int SlotOf(ISymbol variable)
    {
        if (!_symbolSlots.TryGetValue(variable, out int slot))
        {
            slot = _slots.Count;
            _slots.Add(new SlotOwner(null, null, variable is IFieldSymbol or IPropertySymbol or IEventSymbol ? variable : null));
            _symbolSlots.Add(variable, slot);
        }

        return slot;
    }

    private int SlotOf(CaptureId capture)
    {
        if (!_captureSlots.TryGetValue((capture, _graphNumber), out int slot))
        {
            slot = _slots.Count;
            _slots.Add(default);
            _captureSlots.Add((capture, _graphNumber), slot);
        }

        return slot;
    }

    /// <summary>A member that is one for the whole program.</summary>
    private AbstractValue ReadStatic(ISymbol member, ITypeSymbol? type)
    {
        int slot = SlotOf(member.OriginalDefinition);
        return _state[slot] ?? Initial(slot, _places.Static(member.OriginalDefinition), type);
    }

    private AbstractValue InitialValue(Place place, ITypeSymbol? type)
    {
        // What a delegate does, and which way a branch goes, is decided by the caller.
        AbstractValue value = type?.TypeKind == TypeKind.Delegate || (place.Parent is null && ValueTypes.IsNumber(type)) || MayCarry(place)
            ? AbstractValue.Of(new[] { new Fact(place, SinkKinds.None, SourceKinds.None, FactFlags.None, null) })
            : AbstractValue.Clean;
        return ValueTypes.IsAtomic(type) ? value : value.WithObjects(new[] { InputObject(place, null) });
    }

    /// <summary>Whether an input lies on a path that the outline knows. Facts on all others would only be carried around.</summary>
    private bool MayCarry(Place place)
    {
        for (Place? part = place; part is not null; part = part.Parent)
        {
            if (part.IsDeep)
                return true;
            if (part.Step?.Member is { } member)
            {
                // Members of library objects and captured variables have no node of their own.
                if (!SymbolInSource(member) || member is ILocalSymbol || member is IParameterSymbol { ContainingSymbol: not IMethodSymbol { MethodKind: MethodKind.Constructor } })
                    continue;
                return _solver.Program.Carries(member, NodeRole.Value, _body) || (part.Parent is { } owner && MayCarry(owner));
            }

            if (part.Parent is null)
                return RootMayCarry(part);
        }

        return true;
    }

    private bool RootMayCarry(Place root) => root.Root switch
    {
        PlaceRoot.Parameter => _body.IsClosure || root.Ordinal >= Method.Parameters.Length || _solver.Program.Carries(Method.Parameters[root.Ordinal], NodeRole.Value, _body),
        PlaceRoot.This => _body.IsClosure || _solver.Program.Carries(Method, NodeRole.This, _body),
        PlaceRoot.Static => !SymbolInSource(root.Symbol!) || _solver.Program.Carries(root.Symbol!, NodeRole.Value, _body),
        _ => true,
    };

    private HeapObject InputObject(Place place, ITypeSymbol? exactType)
    {
        if (!_inputs.TryGetValue(place, out HeapObject? instance))
            _inputs.Add(place, instance = new HeapObject(this, place, exactType, isFresh: _isFreshThis && place.Root == PlaceRoot.This && place.Depth == 0 && !place.IsDeep));
        return instance;
    }

    /// <summary>The object that an expression makes. A second evaluation makes a new object in the old one's place.</summary>
    private HeapObject Allocate(SyntaxNode syntax, object discriminator, ITypeSymbol? exactType, bool isFresh)
    {
        if (_allocations.TryGetValue((syntax, discriminator), out HeapObject? instance))
        {
            foreach (int slot in instance.Cells.Values)
                _state[slot] = null;
            return instance;
        }

        instance = new HeapObject(this, null, exactType, isFresh);
        _allocations.Add((syntax, discriminator), instance);
        return instance;
    }

    /// <summary>What a member, element or content of a value is.</summary>
    private AbstractValue Read(AbstractValue value, Step step, ITypeSymbol? type)
    {
        AbstractValue? result = null;
        bool isWritten = value.Objects.Length > 0;
        foreach (HeapObject instance in value.Objects)
        {
            AbstractValue? cell = ReadCell(instance, step, type, out bool isKnown);
            isWritten &= isKnown;
            if (cell is not null)
                result = result is null ? cell : AbstractValue.Join(result, cell);
        }

        // What is known about the whole holds for the part, unless the part was written since.
        if (!isWritten && value.Facts.Length > 0)
        {
            Fact[] inherited = Inherited(value);
            if (ValueTypes.IsNumber(type))
                inherited = FactSet.AddFlags(inherited, FactFlags.ThroughNumber);
            if (inherited.Length > 0)
                result = result is null ? AbstractValue.Of(inherited) : result.WithFacts(FactSet.Join(result.Facts, inherited));
        }

        return result ?? AbstractValue.Clean;
    }

    private AbstractValue? ReadCell(HeapObject instance, Step step, ITypeSymbol? type, out bool isKnown)
    {
        isKnown = false;
        if (ReferenceEquals(step, Step.Element))
            return ReadElements(instance, type, ref isKnown);

        int slot = instance.Cell(step);
        AbstractValue? cell = _state[slot];
        if (cell is null && step.Key is not null)
        {
            // A constant key that was not written on its own: what any unknown key may have written.
            if (instance.Place is null || instance.IsFresh)
            {
                AbstractValue? unknown = _state[instance.Cell(Step.Element)];
                isKnown = instance.IsFresh;
                return unknown;
            }
        }
        else if (cell is not null && step.Key is not null && _state[instance.Cell(Step.Element)] is { } overwritten && !(instance.Place is not null && IsUntouched(instance, Step.Element, overwritten)))
        {
            isKnown = true;
            return AbstractValue.Join(cell, overwritten);
        }

        if (cell is not null)
        {
            isKnown = instance.Place is null || !IsUntouched(instance, step, cell);
            return cell;
        }

        if (instance.Place is { } place && !instance.IsFresh)
            return Initial(slot, place.Child(step), type);

        if (instance.IsFresh)
            isKnown = true;
        else if (step.Member is not null && instance.Cells.TryGetValue(Step.Element, out int content))
            return _state[content];
        return null;
    }

    private AbstractValue? ReadElements(HeapObject instance, ITypeSymbol? type, ref bool isKnown)
    {
        int elements = instance.Cell(Step.Element);
        AbstractValue? result = _state[elements];
        if (result is null && instance.Place is { } place && !instance.IsFresh)
            result = Initial(elements, place.Child(Step.Element), type);

        foreach (KeyValuePair<Step, int> cell in instance.Cells)
        {
            if (cell.Key.Key is not null && _state[cell.Value] is { } element)
                result = result is null ? element : AbstractValue.Join(result, element);
        }

        isKnown = instance.IsFresh || (result is not null && instance.Place is null);
        return result;
    }

    private static bool IsUntouched(HeapObject instance, Step step, AbstractValue cell) =>
        instance.Place is { } place && cell.Facts.Length == 1 && ReferenceEquals(cell.Facts[0].Origin, place.Child(step));

    /// <summary>Facts about a value that hold for its parts: not those on inputs whose parts are followed on their own.</summary>
    private static Fact[] Inherited(AbstractValue value)
    {
        if (value.Objects.Length == 0)
            return value.Facts;
        List<Fact>? kept = null;
        foreach (Fact fact in value.Facts)
        {
            if (fact.Origin is Place place && IsObject(value.Objects, place))
                continue;
            (kept ??= new List<Fact>()).Add(fact);
        }

        return kept is null ? FactSet.Empty : kept.Count == value.Facts.Length ? value.Facts : kept.ToArray();
    }

    private static bool IsObject(HeapObject[] objects, Place place)
    {
        foreach (HeapObject instance in objects)
        {
            if (ReferenceEquals(instance.Place, place))
                return true;
        }

        return false;
    }

    /// <summary>Changes a member, element or content: for good where the object is known, otherwise in addition.</summary>
    private void Write(AbstractValue target, Step step, AbstractValue value, bool isStrong = true)
    {
        bool isSingle = isStrong && target.Objects.Length == 1 && target.Objects[0].Place is not { IsDeep: true } && !ReferenceEquals(step, Step.Element);
        foreach (HeapObject instance in target.Objects)
        {
            int slot = instance.Cell(step);
            if (isSingle)
            {
                _state[slot] = value;
                continue;
            }

            AbstractValue? current = _state[slot] ?? InitialOf(slot);
            _state[slot] = current is null ? value : AbstractValue.Join(current, value);
        }
    }

    /// <summary>Everything that is known about a value and whatever can be reached from it.</summary>
    private Fact[] DeepFacts(AbstractValue value)
    {
        if (value.Objects.Length == 0 || value.Targets.Length > 0)
            return value.Targets.Length > 0 ? FactSet.Empty : value.Facts;
        var visited = new HashSet<HeapObject>();
        Fact[] facts = FactSet.Empty;
        AddDeep(value, visited, ref facts, 0);
        return facts;
    }

    private void AddDeep(AbstractValue value, HashSet<HeapObject> visited, ref Fact[] facts, int depth)
    {
        facts = FactSet.Join(facts, Inherited(value));
        if (depth > Place.MaximumDepth || value.Targets.Length > 0)
            return;
        foreach (HeapObject instance in value.Objects)
        {
            if (!visited.Add(instance))
                continue;
            if (instance.Place is { } place && !instance.IsFresh)
                facts = FactSet.Join(facts, new[] { new Fact(place.Deep, SinkKinds.None, SourceKinds.None, FactFlags.None, null) });
            foreach (KeyValuePair<Step, int> cell in instance.Cells)
            {
                if (_state[cell.Value] is { } content && !ReferenceEquals(cell.Key, Step.Count) && !IsUntouched(instance, cell.Key, content))
                    AddDeep(content, visited, ref facts, depth + 1);
            }
        }
    }

    private SourceOrigin NewSource(SourceKinds kinds, SyntaxNode syntax, string text, ISymbol? symbol, object? constant, bool isAtomic) =>
        _solver.Source(kinds, syntax, text, symbol, constant, isAtomic);

    private AbstractValue AddSource(AbstractValue value, SourceKinds kinds, IOperation operation, ISymbol? symbol, string? text)
    {
        SourceKinds active = kinds & _model.ActiveSources;
        if (active == SourceKinds.None)
            return value;
        bool isAtomic = ValueTypes.IsAtomic(operation.Type);
        if (ValueTypes.IsNumber(operation.Type))
            active &= SourceKinds.CarriedByNumbers;
        if (active == SourceKinds.None)
            return value;
        object? constant = operation.ConstantValue is { HasValue: true } known ? known.Value : null;
        SourceOrigin origin = NewSource(active, operation.Syntax, text ?? TextOf(operation, symbol), symbol, constant, isAtomic);
        if (!operation.ConstantValue.HasValue)
            value = value.WithConstant(null).WithPrefix(null);
        return value.WithFacts(FactSet.Join(value.Facts, new[] { new Fact(origin, SinkKinds.None, SourceKinds.None, FactFlags.None, null) }));
    }

    private static string TextOf(IOperation operation, ISymbol? symbol) => symbol switch
    {
        null => operation.Syntax.ToString() is { Length: <= 60 } text ? text : operation.Syntax.ToString().Substring(0, 57) + "...",
        IParameterSymbol parameter => "parameter '" + parameter.Name + "'",
        { ContainingType: { } type } => (symbol is IMethodSymbol { MethodKind: MethodKind.Constructor } ? "new " + type.Name : type.Name + "." + symbol.Name),
        _ => symbol.Name,
    };

    private readonly struct SlotOwner(HeapObject? instance, Step? step, ISymbol? member)
    {
        public HeapObject? Object { get; } = instance;

        public Step? Step { get; } = step;

        public ISymbol? Static { get; } = member;
    }
}
