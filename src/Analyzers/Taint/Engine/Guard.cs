using System.Collections.Immutable;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Taint.Engine;

/// <summary>What the truth of a boolean value says about other values.</summary>
internal sealed class Guard(ImmutableArray<Guard.Entry> entries)
{
    /// <summary>What is known.</summary>
    public ImmutableArray<Entry> Entries { get; } = entries;

    /// <summary>The guard of the negated value.</summary>
    public Guard Negate()
    {
        var builder = ImmutableArray.CreateBuilder<Entry>(Entries.Length);
        foreach (Entry entry in Entries)
            builder.Add(entry with { WhenTrue = !entry.WhenTrue });
        return new Guard(builder.ToImmutable());
    }

    /// <summary>Only what follows from one outcome; null when nothing does.</summary>
    public Guard? Only(bool whenTrue)
    {
        ImmutableArray<Entry> kept = Entries.RemoveAll(entry => entry.WhenTrue != whenTrue);
        return kept.Length == Entries.Length ? this : kept.IsEmpty ? null : new Guard(kept);
    }

    /// <summary>Both.</summary>
    public static Guard? Both(Guard? one, Guard? other) =>
        one is null ? other : other is null || ReferenceEquals(one, other) ? one : new Guard(one.Entries.AddRange(other.Entries));

    /// <summary>One implication.</summary>
    /// <param name="Value">The value that was checked; places that hold this very value are meant.</param>
    /// <param name="Clears">The sinks for which it is harmless.</param>
    /// <param name="WhenTrue">The outcome.</param>
    /// <param name="Slot">The place, where <paramref name="Replacement"/> is given.</param>
    /// <param name="Replacement">The value that the place has on that outcome; null where <paramref name="Clears"/> says it.</param>
    internal readonly record struct Entry(AbstractValue Value, SinkKinds Clears, bool WhenTrue, int Slot = -1, AbstractValue? Replacement = null);
}
