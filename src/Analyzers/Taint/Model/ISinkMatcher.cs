using Microsoft.CodeAnalysis;

namespace SecurityToolchain.Analyzers.Taint.Model;

/// <summary>
/// Sinks that rows cannot name, for example everything that is assigned to something called <c>token</c>. One instance serves one compilation.
/// </summary>
internal interface ISinkMatcher
{
    /// <summary>Every kind that the matcher may answer; it is not asked where no active rule wants one of these.</summary>
    SinkKinds Kinds { get; }

    /// <summary>
    /// The kinds of a local, parameter, field, property (a value is assigned or passed to it) or method (a value is returned from it).
    /// Asked once per symbol (original definition); must be cheap.
    /// </summary>
    SinkKinds MatchSymbol(ISymbol target);

    /// <summary>Asked at each use whose symbol matched; narrows the kinds by what stands there.</summary>
    SinkKinds Narrow(SinkKinds kinds, SinkSite site);
}
