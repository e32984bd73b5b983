using System;
using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace SecurityToolchain.Analyzers.Taint.Engine;

/// <content>What a method leaves behind in fields that outlive it.</content>
internal sealed partial class BodyInterpreter
{
    private Action<ISymbol, DelegateTarget>? _storeDelegate;
    private ISymbol? _storedIn;

    /// <summary>Tells every fact that a member of a long-lived object holds at the exit; the flag says whether it lies deeper.</summary>
    public void VisitStored(FlowState exit, MethodSummary summary, Action<MemberKey, Fact, bool> store, Action<ISymbol, DelegateTarget> storeDelegate)
    {
        _storeDelegate = storeDelegate;
        var visited = new HashSet<HeapObject>();
        foreach (HeapObject instance in summary.ChangedInputs)
        {
            _storedIn = instance.Place?.LastMember;
            VisitObject(instance, exit, visited, new List<ISymbol>(), store);
        }

        _storedIn = null;
        foreach (KeyValuePair<ISymbol, int> slot in _symbolSlots)
        {
            if (_slots[slot.Value].Static is { } member && exit[slot.Value] is { } value)
                VisitValue(value, exit, visited, new List<ISymbol> { member }, store);
        }

        foreach (AbstractValue value in summary.Escaped)
            VisitValue(value, exit, visited, new List<ISymbol>(), store);
        VisitValue(summary.Result, exit, visited, new List<ISymbol>(), store);
    }

    private void VisitObject(HeapObject instance, FlowState exit, HashSet<HeapObject> visited, List<ISymbol> path, Action<MemberKey, Fact, bool> store)
    {
        if (!ReferenceEquals(instance.Owner, this) || !visited.Add(instance))
            return;
        foreach (KeyValuePair<Step, int> cell in instance.Cells)
        {
            if (exit[cell.Value] is not { } value || ReferenceEquals(cell.Key, Step.Count))
                continue;
            if (cell.Key.Member is { } member and (IFieldSymbol or IPropertySymbol or IParameterSymbol or IEventSymbol))
            {
                path.Add(member);
                VisitValue(value, exit, visited, path, store);
                path.RemoveAt(path.Count - 1);
            }
            else
            {
                ISymbol? owner = instance.Place?.LastMember;
                if (owner is not null && path.Count == 0)
                {
                    path.Add(owner);
                    VisitValue(value, exit, visited, path, store);
                    path.RemoveAt(path.Count - 1);
                }
                else
                {
                    VisitValue(value, exit, visited, path, store);
                }
            }
        }

    }

    private void VisitValue(AbstractValue value, FlowState exit, HashSet<HeapObject> visited, List<ISymbol> path, Action<MemberKey, Fact, bool> store)
    {
        foreach (Fact fact in value.Facts)
        {
            for (int i = 0; i < path.Count; i++)
                store(MemberKey.Of(i > 0 ? path[i - 1] : _storedIn, path[i]), fact, i < path.Count - 1);
        }

        if (path.Count > 0)
        {
            foreach (DelegateTarget target in value.Targets)
                _storeDelegate?.Invoke(path[path.Count - 1], target);
        }

        foreach (HeapObject instance in value.Objects)
        {
            if (instance.Place is null || instance.IsFresh)
                VisitObject(instance, exit, visited, path, store);
        }
    }
}
