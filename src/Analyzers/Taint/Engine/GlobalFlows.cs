using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Taint.Engine;

/// <summary>
/// Flows between methods that no caller in the compilation connects: one request stores a value in a field, another one uses it. For those
/// the field is one place whatever the object; where a caller is known, summaries keep objects apart and this class has nothing to add.
/// </summary>
internal sealed class GlobalFlows
{
    private readonly Dictionary<MemberKey, Fact[]> _direct = new();
    private readonly Dictionary<MemberKey, Fact[]> _deep = new();
    private readonly Dictionary<ISymbol, List<DelegateTarget>> _delegates = new(SymbolEqualityComparer.Default);
    private readonly List<(MemberKey From, MemberKey To, Fact Fact)> _edges = new();

    /// <summary>The flows through fields that end in sinks.</summary>
    public static IEnumerable<SinkFlow> Close(IEnumerable<MethodSummary> roots, Solver solver)
    {
        var flows = new GlobalFlows();
        var summaries = new List<MethodSummary>(roots);
        foreach (MethodSummary summary in summaries)
        {
            if (summary.Exit is { } exit && summary.Body is { } body)
                body.VisitStored(exit, summary, flows.Store, flows.StoreDelegate);
        }

        flows.Propagate();
        foreach (SinkFlow flow in flows.ThroughDelegates(summaries, solver))
            yield return flow;
        foreach (MethodSummary summary in summaries)
        {
            foreach (SinkFlow flow in summary.Flows)
            {
                if (flow.Fact.Origin is not Place { LastMember: { } member } place || flows.FactsAt(MemberKey.Of(place), place.IsDeep) is not { Length: > 0 } facts)
                    continue;
                foreach (Fact fact in facts)
                {
                    var combined = new Fact(fact.Origin, flow.Fact.ClearedAfter(fact.Cleared), fact.Ended | flow.Fact.Ended, fact.Flags | flow.Fact.Flags, Continue(fact.Trace, flow.Fact.Trace, flow.Hit.Value.Syntax, member));
                    if ((flow.Hit.Kinds & ~combined.Cleared) != 0 && solver.MayBeReported(combined.Kinds, flow.Hit.Kinds & ~combined.Cleared))
                        yield return new SinkFlow(combined, flow.Hit, facts);
                }
            }
        }
    }

    /// <summary>Delegates that one method stores in a field and another one calls from there.</summary>
    private IEnumerable<SinkFlow> ThroughDelegates(List<MethodSummary> summaries, Solver solver)
    {
        if (_delegates.Count == 0)
            yield break;
        foreach (MethodSummary summary in summaries)
        {
            foreach (CallbackEvent callback in summary.Callbacks)
            {
                if (callback.Delegate.LastMember is not { } member || !_delegates.TryGetValue(member, out List<DelegateTarget>? targets))
                    continue;
                foreach (DelegateTarget target in targets)
                {
                    if (solver.SummaryOf(target) is not { } called)
                        continue;
                    foreach (SinkFlow flow in called.Flows)
                    {
                        foreach (SinkFlow continued in Continued(flow, callback, solver))
                            yield return continued;
                    }

                    foreach (SinkFlow flow in summary.Flows)
                    {
                        if (flow.Fact.Origin is not Place { Root: PlaceRoot.CallbackResult, Depth: 0 } place || place.Ordinal != callback.Number)
                            continue;
                        foreach (Fact result in called.Result.Facts)
                        {
                            foreach (SinkFlow continued in Continued(flow with { Fact = Combine(result, flow.Fact) }, callback, solver))
                                yield return continued;
                        }
                    }
                }
            }
        }
    }

    private static IEnumerable<SinkFlow> Continued(SinkFlow flow, CallbackEvent callback, Solver solver)
    {
        if (flow.Fact.Origin is Place { Root: PlaceRoot.Parameter, Depth: 0 } parameter && parameter.Ordinal < callback.Arguments.Length)
        {
            foreach (Fact argument in callback.Arguments[parameter.Ordinal].Facts)
            {
                Fact fact = Combine(argument, flow.Fact);
                if (fact.Origin is SourceOrigin && solver.MayBeReported(fact.Kinds, flow.Hit.Kinds & ~fact.Cleared))
                    yield return flow with { Fact = fact };
            }
        }
        else if (flow.Fact.Origin is SourceOrigin && solver.MayBeReported(flow.Fact.Kinds, flow.Hit.Kinds & ~flow.Fact.Cleared))
        {
            yield return flow;
        }
    }

    private static Fact Combine(in Fact first, in Fact then) =>
        new(first.Origin, then.ClearedAfter(first.Cleared), first.Ended | then.Ended, first.Flags | then.Flags, Continue(first.Trace, then.Trace, null, null));

    private void StoreDelegate(ISymbol member, DelegateTarget target)
    {
        if (!_delegates.TryGetValue(member, out List<DelegateTarget>? targets))
            _delegates.Add(member, targets = new List<DelegateTarget>());
        if (!targets.Contains(target) && targets.Count < TypeIndex.MaximumTargets)
            targets.Add(target);
    }

    private static Trace? Continue(Trace? before, Trace? after, SyntaxNode? syntax, ISymbol? member) =>
        after is null ? before : new Trace(before, syntax ?? after.Syntax, member ?? after.Symbol, TraceKind.Through, after);

    /// <summary>The facts that some method left in a member; those of an object that is not known too.</summary>
    private Fact[] FactsAt(in MemberKey member, bool isDeep)
    {
        Dictionary<MemberKey, Fact[]> all = isDeep ? _deep : _direct;
        Fact[] facts = all.TryGetValue(member, out Fact[]? exact) ? exact : FactSet.Empty;
        return member.Owner is not null && all.TryGetValue(member with { Owner = null }, out Fact[]? unknown) ? FactSet.Join(facts, unknown) : facts;
    }

    private void Store(MemberKey member, Fact fact, bool isNested)
    {
        if (fact.Origin is Place place)
        {
            if (place.LastMember is not null && MemberKey.Of(place) is var from && from != member)
                _edges.Add((from, member, fact));
            return;
        }

        if (!isNested)
            Add(_direct, member, fact);
        Add(_deep, member, fact);
    }

    private void Propagate()
    {
        bool changed = _edges.Count > 0;
        for (int round = 0; changed && round < 16; round++)
        {
            changed = false;
            foreach ((MemberKey from, MemberKey to, Fact via) in _edges)
            {
                foreach (Fact fact in FactsAt(from, isDeep: false))
                {
                    var combined = new Fact(fact.Origin, via.ClearedAfter(fact.Cleared), fact.Ended | via.Ended, fact.Flags | via.Flags, fact.Trace);
                    changed |= Add(_direct, to, combined);
                    Add(_deep, to, combined);
                }
            }
        }
    }

    private static bool Add(Dictionary<MemberKey, Fact[]> facts, in MemberKey member, Fact fact)
    {
        Fact[] known = facts.TryGetValue(member, out Fact[]? existing) ? existing : FactSet.Empty;
        Fact[] joined = FactSet.Join(known, new[] { fact });
        facts[member] = joined;
        return !FactSet.SaysSame(known, joined);
    }
}
