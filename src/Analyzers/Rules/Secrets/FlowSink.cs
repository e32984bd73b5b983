using Microsoft.CodeAnalysis;

namespace SecurityToolchain.Analyzers.Rules.Secrets;

/// <summary>A place where a value is used as a credential.</summary>
/// <param name="Source">Whose value.</param>
/// <param name="Place">Where.</param>
/// <param name="Name">The credential's name that the place has; null where the place takes credentials by its definition.</param>
internal sealed record FlowSink(FlowSource Source, Location Place, string? Name);
