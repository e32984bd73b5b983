using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace SecurityToolchain.Analyzers.Taint.Model;

/// <summary>Checks that rows cannot name, for example a containment idiom. One instance serves one compilation.</summary>
internal interface IGuardMatcher
{
    /// <summary>
    /// Adds what a condition proves. <paramref name="condition"/> is one condition without <c>!</c>, <c>&amp;&amp;</c> or <c>||</c>
    /// (the engine takes these apart); <paramref name="site"/> answers for constants.
    /// </summary>
    void Match(IOperation condition, SinkSite site, ICollection<GuardFact> facts);
}
