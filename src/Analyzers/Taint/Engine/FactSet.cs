using System;
using System.Collections.Generic;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Taint.Engine;

/// <summary>Operations on the small arrays of facts that values carry. The order is the order of discovery, which is deterministic.</summary>
internal static class FactSet
{
    /// <summary>No facts.</summary>
    public static readonly Fact[] Empty = Array.Empty<Fact>();

    [ThreadStatic]
    private static Fact[]? t_draft;

    /// <summary>Facts of either set.</summary>
    public static Fact[] Join(Fact[] one, Fact[] other)
    {
        if (other.Length == 0 || ReferenceEquals(one, other))
            return one;
        if (one.Length == 0)
            return other;
        Fact[]? joined = null;
        int count = one.Length;
        foreach (Fact fact in other)
        {
            Fact[] known = joined ?? one;
            int index = IndexOf(known, count, fact.Origin);
            if (index < 0)
            {
                if (count < AbstractValue.MaximumFacts)
                    (joined ??= Draft(one))[count++] = fact;
                continue;
            }

            Fact merged = known[index].Or(fact);
            if (!merged.SaysSame(known[index]))
                (joined ??= Draft(one))[index] = merged;
        }

        return joined is null ? one : joined.AsSpan(0, count).ToArray();
    }

    /// <summary>A copy with room, in the array that each thread has for this; it does not outlive one join.</summary>
    private static Fact[] Draft(Fact[] facts)
    {
        if (t_draft is null || t_draft.Length < facts.Length)
            t_draft = new Fact[Math.Max(AbstractValue.MaximumFacts, facts.Length)];
        facts.CopyTo(t_draft, 0);
        return t_draft;
    }

    /// <summary>Adds a fact to a set that is being made: merged with one of the same origin, dropped when the set is full.</summary>
    public static void Add(List<Fact> set, in Fact fact)
    {
        int index = IndexOf(set, fact.Origin);
        if (index >= 0)
            set[index] = set[index].Or(fact);
        else if (set.Count < AbstractValue.MaximumFacts)
            set.Add(fact);
    }

    /// <summary>Each fact changed; the same array when nothing changed.</summary>
    public static Fact[] Map(Fact[] facts, Func<Fact, Fact> change)
    {
        Fact[]? result = null;
        for (int i = 0; i < facts.Length; i++)
        {
            Fact changed = change(facts[i]);
            if (result is null && changed.SaysSame(facts[i]) && ReferenceEquals(changed.Trace, facts[i].Trace))
                continue;
            result ??= (Fact[])facts.Clone();
            result[i] = changed;
        }

        return result ?? facts;
    }

    /// <summary>With more flags, and without what a number cannot carry when <see cref="FactFlags.ThroughNumber"/> is among them.</summary>
    public static Fact[] AddFlags(Fact[] facts, FactFlags flags)
    {
        if (facts.Length == 0 || flags == FactFlags.None)
            return facts;
        List<Fact>? kept = null;
        bool changed = false;
        for (int i = 0; i < facts.Length; i++)
        {
            Fact fact = facts[i] with { Flags = facts[i].Flags | flags };
            bool keeps = fact.Origin is Place || fact.Kinds != SourceKinds.None;
            if (fact.Flags != facts[i].Flags || !keeps)
            {
                if (!changed)
                {
                    kept = new List<Fact>(facts.Length);
                    for (int k = 0; k < i; k++)
                        kept.Add(facts[k]);
                    changed = true;
                }
            }

            if (changed && keeps)
                kept!.Add(fact);
        }

        return changed ? kept!.Count == 0 ? Empty : kept.ToArray() : facts;
    }

    /// <summary>Without some kinds of origins, those of inputs that callers will name included.</summary>
    public static Fact[] End(Fact[] facts, SourceKinds kinds)
    {
        if (facts.Length == 0 || kinds == SourceKinds.None)
            return facts;
        List<Fact>? kept = null;
        for (int i = 0; i < facts.Length; i++)
        {
            bool isAffected = facts[i].Origin is Place ? (kinds & ~facts[i].Ended) != 0 : (kinds & facts[i].Kinds) != 0;
            if (!isAffected)
            {
                kept?.Add(facts[i]);
                continue;
            }

            if (kept is null)
            {
                kept = new List<Fact>(facts.Length);
                for (int k = 0; k < i; k++)
                    kept.Add(facts[k]);
            }

            Fact ended = facts[i] with { Ended = facts[i].Ended | kinds };
            if (ended.Origin is Place || ended.Kinds != SourceKinds.None)
                kept.Add(ended);
        }

        return kept is null ? facts : kept.Count == 0 ? Empty : kept.ToArray();
    }

    /// <summary>The facts that lack a flag.</summary>
    public static Fact[] Without(Fact[] facts, FactFlags flag)
    {
        bool found = false;
        foreach (Fact fact in facts)
            found |= (fact.Flags & flag) != 0;
        return found ? Array.FindAll(facts, fact => (fact.Flags & flag) == 0) : facts;
    }

    /// <summary>With one step more on each way.</summary>
    public static Fact[] AddStep(Fact[] facts, Microsoft.CodeAnalysis.SyntaxNode syntax, Microsoft.CodeAnalysis.ISymbol? symbol, TraceKind kind)
    {
        if (facts.Length == 0)
            return facts;
        var result = new Fact[facts.Length];
        for (int i = 0; i < facts.Length; i++)
            result[i] = AddStep(facts[i], syntax, symbol, kind);
        return result;
    }

    /// <summary>With one step more on the way.</summary>
    public static Fact AddStep(in Fact fact, Microsoft.CodeAnalysis.SyntaxNode syntax, Microsoft.CodeAnalysis.ISymbol? symbol, TraceKind kind) =>
        (fact.Trace?.Length ?? 0) >= Trace.MaximumLength || ReferenceEquals(fact.Trace?.Syntax, syntax) ? fact : fact with { Trace = new Trace(fact.Trace, syntax, symbol, kind) };

    /// <summary>Whether two sets say the same.</summary>
    public static bool SaysSame(Fact[] one, Fact[] other)
    {
        if (ReferenceEquals(one, other))
            return true;
        if (one.Length != other.Length)
            return false;
        foreach (Fact fact in one)
        {
            int index = IndexOf(other, fact.Origin);
            if (index < 0 || !other[index].SaysSame(fact))
                return false;
        }

        return true;
    }

    private static int IndexOf(Fact[] facts, Origin origin) => IndexOf(facts, facts.Length, origin);

    private static int IndexOf(Fact[] facts, int count, Origin origin)
    {
        for (int i = 0; i < count; i++)
        {
            if (ReferenceEquals(facts[i].Origin, origin))
                return i;
        }

        return -1;
    }

    private static int IndexOf(List<Fact> facts, Origin origin)
    {
        for (int i = 0; i < facts.Count; i++)
        {
            if (ReferenceEquals(facts[i].Origin, origin))
                return i;
        }

        return -1;
    }
}
