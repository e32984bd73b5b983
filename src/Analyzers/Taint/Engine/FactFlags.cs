using System;

namespace SecurityToolchain.Analyzers.Taint.Engine;

/// <summary>What happened to a value since its origin. Of two ways the one with fewer flags wins.</summary>
[Flags]
internal enum FactFlags
{
    /// <summary>It was only copied.</summary>
    None = 0,

    /// <summary>It was joined with something that is not constant.</summary>
    Mixed = 1,

    /// <summary>It went through a number, so that text did not survive.</summary>
    ThroughNumber = 2,

    /// <summary>It is a canonical path.</summary>
    Canonical = 4,

    /// <summary>It was decoded: what an encoding before that made harmless no longer is.</summary>
    Decoded = 8,

    /// <summary>It is a number in an object; a cast to text or an array gives something else.</summary>
    Boxed = 16,
}
