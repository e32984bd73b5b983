using Microsoft.CodeAnalysis;

namespace SecurityToolchain.Analyzers.Taint.Model;

/// <summary>What a condition proves about a value.</summary>
/// <param name="Value">The expression that was checked: a local, parameter, field or property, or a call on one that keeps its meaning (Trim, ToLower).</param>
/// <param name="Clears">The sinks for which it is harmless on that branch.</param>
/// <param name="WhenTrue">Whether it holds where the condition is true, or where it is false.</param>
internal readonly record struct GuardFact(IOperation Value, SinkKinds Clears, bool WhenTrue);
