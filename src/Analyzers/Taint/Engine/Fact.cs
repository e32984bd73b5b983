using System;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Taint.Engine;

/// <summary>One thing that is known about a value: it may consist of what comes from an origin.</summary>
/// <param name="Origin">The origin.</param>
/// <param name="Cleared">The sinks for which it was made harmless.</param>
/// <param name="Ended">Kinds of the origin that it no longer has.</param>
/// <param name="Flags">What happened to it.</param>
/// <param name="Trace">How it came here; not part of the fact's identity.</param>
internal readonly record struct Fact(Origin Origin, SinkKinds Cleared, SourceKinds Ended, FactFlags Flags, Trace? Trace)
{
    /// <summary>Whether two facts say the same, however it came about.</summary>
    public bool SaysSame(in Fact other) =>
        ReferenceEquals(Origin, other.Origin) && Cleared == other.Cleared && Ended == other.Ended && Flags == other.Flags;

    /// <summary>What holds where either fact may hold.</summary>
    public Fact Or(in Fact other) =>
        new(Origin, Cleared & other.Cleared, Ended & other.Ended, Flags & other.Flags, (other.Cleared & ~Cleared) == 0 && other.Cleared != Cleared ? other.Trace : Trace);

    /// <summary>What is harmless after this fact's way was gone behind another one.</summary>
    public SinkKinds ClearedAfter(SinkKinds before) => (Flags & FactFlags.Decoded) != 0 ? Cleared : Cleared | before;

    /// <summary>The kinds of the origin that are left; none for inputs.</summary>
    public SourceKinds Kinds
    {
        get
        {
            if (Origin is not SourceOrigin source)
                return SourceKinds.None;
            SourceKinds kinds = source.Kinds & ~Ended;
            return (Flags & FactFlags.ThroughNumber) != 0 ? kinds & SourceKinds.CarriedByNumbers : kinds;
        }
    }
}
