using System;
using System.Collections.Generic;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Taint.Engine;

/// <summary>What is known about a value at one point of the program. Immutable.</summary>
internal sealed class AbstractValue
{
    /// <summary>The most facts that are kept about one value.</summary>
    public const int MaximumFacts = 12;

    /// <summary>The most objects that one value may be.</summary>
    public const int MaximumObjects = 12;

    /// <summary>The constant <c>null</c>.</summary>
    public static readonly object NullConstant = new();

    /// <summary>Nothing is known but that it is harmless.</summary>
    public static readonly AbstractValue Clean = new(Array.Empty<Fact>(), Array.Empty<HeapObject>(), null, null, Array.Empty<DelegateTarget>(), null);

    private AbstractValue(Fact[] facts, HeapObject[] objects, object? constant, Guard? guard, DelegateTarget[] targets, string? prefix)
    {
        Facts = facts;
        Objects = objects;
        Constant = constant;
        Guard = guard;
        Targets = targets;
        Prefix = prefix;
    }

    /// <summary>The facts; no two have the same origin.</summary>
    public Fact[] Facts { get; }

    /// <summary>The objects that it may be.</summary>
    public HeapObject[] Objects { get; }

    /// <summary>The constant that it is, <see cref="NullConstant"/> for null; null when it is not known.</summary>
    public object? Constant { get; }

    /// <summary>For a boolean: what its truth says.</summary>
    public Guard? Guard { get; }

    /// <summary>For a delegate: what it may call.</summary>
    public DelegateTarget[] Targets { get; }

    /// <summary>The text that it is known to begin with; null when nothing is known.</summary>
    public string? Prefix { get; }

    /// <summary>Whether there is neither a fact nor an object nor a constant nor a delegate.</summary>
    public bool IsPlain => Facts.Length == 0 && Objects.Length == 0 && Constant is null && Targets.Length == 0 && Guard is null;

    /// <summary>A constant.</summary>
    public static AbstractValue Of(object? constant) => new(Array.Empty<Fact>(), Array.Empty<HeapObject>(), constant ?? NullConstant, null, Array.Empty<DelegateTarget>(), null);

    /// <summary>A value with facts only.</summary>
    public static AbstractValue Of(Fact[] facts) => facts.Length == 0 ? Clean : Clean.WithFacts(facts);

    /// <summary>An object.</summary>
    public static AbstractValue Of(HeapObject instance) => Clean.WithObjects(new[] { instance });

    /// <summary>A delegate.</summary>
    public static AbstractValue Of(DelegateTarget target, HeapObject? closure) =>
        new(Array.Empty<Fact>(), closure is null ? Array.Empty<HeapObject>() : new[] { closure }, null, null, new[] { target }, null);

    /// <summary>The same with other facts.</summary>
    public AbstractValue WithFacts(Fact[] facts) => ReferenceEquals(facts, Facts) ? this : new(facts, Objects, Constant, Guard, Targets, Prefix);

    /// <summary>The same with other objects.</summary>
    public AbstractValue WithObjects(HeapObject[] objects) => ReferenceEquals(objects, Objects) ? this : new(Facts, objects, Constant, Guard, Targets, Prefix);

    /// <summary>The same with a constant.</summary>
    public AbstractValue WithConstant(object? constant) => Equals(constant, Constant) ? this : new(Facts, Objects, constant, Guard, Targets, Prefix);

    /// <summary>The same with a guard.</summary>
    public AbstractValue WithGuard(Guard? guard) => ReferenceEquals(guard, Guard) ? this : new(Facts, Objects, Constant, guard, Targets, Prefix);

    /// <summary>The same with other delegate targets.</summary>
    public AbstractValue WithTargets(DelegateTarget[] targets) => ReferenceEquals(targets, Targets) ? this : new(Facts, Objects, Constant, Guard, targets, Prefix);

    /// <summary>The same with a known beginning.</summary>
    public AbstractValue WithPrefix(string? prefix) => prefix == Prefix ? this : new(Facts, Objects, Constant, Guard, Targets, prefix);

    /// <summary>The same, harmless for more sinks.</summary>
    public AbstractValue Clear(SinkKinds sinks)
    {
        if (Facts.Length == 0 || sinks == SinkKinds.None)
            return this;
        return WithFacts(FactSet.Map(Facts, fact => fact with { Cleared = fact.Cleared | sinks }));
    }

    /// <summary>What holds where either value may be.</summary>
    public static AbstractValue Join(AbstractValue one, AbstractValue other)
    {
        if (ReferenceEquals(one, other))
            return one;
        if (other.IsPlain && one.Constant is null && one.Guard is null && one.Prefix is null)
            return one;
        if (one.IsPlain && other.Constant is null && other.Guard is null && other.Prefix is null)
            return other;
        object? constant = Equals(one.Constant, other.Constant) ? one.Constant : null;
        return new AbstractValue(
            FactSet.Join(one.Facts, other.Facts),
            JoinObjects(one.Objects, other.Objects),
            constant,
            JoinGuards(one, other),
            JoinTargets(one.Targets, other.Targets),
            one.Prefix == other.Prefix ? one.Prefix : null);
    }

    /// <summary>Whether two values say the same.</summary>
    public static bool SaysSame(AbstractValue one, AbstractValue other)
    {
        if (ReferenceEquals(one, other))
            return true;
        return Equals(one.Constant, other.Constant)
            && one.Prefix == other.Prefix
            && FactSet.SaysSame(one.Facts, other.Facts)
            && SameMembers(one.Objects, other.Objects)
            && SameMembers(one.Targets, other.Targets)
            && (one.Guard is null) == (other.Guard is null);
    }

    private static Guard? JoinGuards(AbstractValue one, AbstractValue other)
    {
        if (ReferenceEquals(one.Guard, other.Guard))
            return one.Guard;
        if (one.Constant is bool first)
            return other.Guard?.Only(!first);
        if (other.Constant is bool second)
            return one.Guard?.Only(!second);
        return null;
    }

    private static HeapObject[] JoinObjects(HeapObject[] one, HeapObject[] other)
    {
        if (one.Length == 0 || ReferenceEquals(one, other))
            return other;
        if (other.Length == 0)
            return one;
        List<HeapObject>? joined = null;
        foreach (HeapObject candidate in other)
        {
            if (Array.IndexOf(one, candidate) < 0 && one.Length + (joined?.Count ?? 0) < MaximumObjects)
                (joined ??= new List<HeapObject>()).Add(candidate);
        }

        if (joined is null)
            return one;
        var result = new HeapObject[one.Length + joined.Count];
        one.CopyTo(result, 0);
        joined.CopyTo(result, one.Length);
        return result;
    }

    private static DelegateTarget[] JoinTargets(DelegateTarget[] one, DelegateTarget[] other)
    {
        if (one.Length == 0 || ReferenceEquals(one, other))
            return other;
        if (other.Length == 0)
            return one;
        var joined = new List<DelegateTarget>(one);
        foreach (DelegateTarget target in other)
        {
            if (!joined.Contains(target) && joined.Count < MaximumObjects)
                joined.Add(target);
        }

        return joined.Count == one.Length ? one : joined.ToArray();
    }

    private static bool SameMembers<T>(T[] one, T[] other)
        where T : class
    {
        if (ReferenceEquals(one, other))
            return true;
        if (one.Length != other.Length)
            return false;
        foreach (T member in one)
        {
            if (Array.IndexOf(other, member) < 0)
                return false;
        }

        return true;
    }
}
