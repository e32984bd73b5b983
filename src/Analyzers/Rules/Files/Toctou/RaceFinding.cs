using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace SecurityToolchain.Analyzers.Rules.Files.Toctou;

/// <summary>An operation that relies on an earlier answer about the same path.</summary>
/// <param name="Use">The operation, or the call of the helper that holds it.</param>
/// <param name="Kind">What the operation does.</param>
/// <param name="Check">The check it relies on.</param>
/// <param name="Path">Where the file system is asked and used, when that is inside helpers.</param>
internal sealed record RaceFinding(SyntaxNode Use, UseKind Kind, CheckOutcome Check, ImmutableArray<Location> Path);
