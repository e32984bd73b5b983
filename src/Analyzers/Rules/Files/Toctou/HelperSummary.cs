using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace SecurityToolchain.Analyzers.Rules.Files.Toctou;

/// <summary>What a call of a method of the same compilation means for the paths that its caller knows.</summary>
/// <param name="Results">Checks that the method's boolean result tells.</param>
/// <param name="Guards">Checks that have been answered so whenever the method returns.</param>
/// <param name="Uses">Operations on paths inside the method.</param>
internal sealed record HelperSummary(
    ImmutableArray<CheckOutcome> Results,
    ImmutableArray<CheckOutcome> Guards,
    ImmutableArray<(PathKey Key, UseKind Kind, Location Location)> Uses)
{
    /// <summary>The summary of a method that does nothing to paths.</summary>
    public static HelperSummary Empty { get; } = new([], [], []);
}
