using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using SecurityToolchain.Analyzers.Rules.Flow;

namespace SecurityToolchain.Analyzers.Rules.Files.Toctou;

/// <summary>The answers under which a place of a body can be reached.</summary>
internal sealed class CheckState : IFlowState<CheckState>
{
    private readonly HashSet<CheckOutcome> _outcomes;

    public CheckState()
        : this([])
    {
    }

    private CheckState(HashSet<CheckOutcome> outcomes) => _outcomes = outcomes;

    /// <summary>Whether no check has been made.</summary>
    public bool IsEmpty => _outcomes.Count == 0;

    public CheckState Copy() => new([.. _outcomes]);

    /// <summary>Adds another way to reach the place; false when it brings nothing new.</summary>
    public bool Join(CheckState other)
    {
        int before = _outcomes.Count;
        _outcomes.UnionWith(other._outcomes);
        return _outcomes.Count != before;
    }

    /// <summary>Enters a branch that is taken on this answer only.</summary>
    public void Enter(CheckOutcome outcome)
    {
        _outcomes.Remove(outcome with { Positive = !outcome.Positive });
        _outcomes.Add(outcome);
    }

    /// <summary>Forgets what was asked about paths that a symbol was part of.</summary>
    public void Assign(ISymbol symbol) => _outcomes.RemoveWhere(outcome => outcome.Check.Key.Mentions(symbol));

    /// <summary>Forgets what was asked about a path, because the code now owns what is there.</summary>
    public void Own(PathKey key) => _outcomes.RemoveWhere(outcome => outcome.Check.Key.Equals(key));

    /// <summary>
    /// The answers that decide whether the place is reached: where both answers lead here, the check decides nothing.
    /// </summary>
    public IEnumerable<CheckOutcome> Deciding() =>
        _outcomes.Where(outcome => !_outcomes.Contains(outcome with { Positive = !outcome.Positive }));
}
