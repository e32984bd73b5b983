using Microsoft.CodeAnalysis;

namespace SecurityToolchain.Analyzers.Taint.Model;

/// <summary>One step of a flow.</summary>
/// <param name="Location">Where it happens.</param>
/// <param name="Text">A short text, for example <c>through OrderService.Find</c>.</param>
/// <param name="Through">The library member that the value went through; null for other steps.</param>
internal readonly record struct FlowStep(Location Location, string Text, ISymbol? Through = null);
