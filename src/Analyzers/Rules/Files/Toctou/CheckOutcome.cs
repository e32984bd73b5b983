namespace SecurityToolchain.Analyzers.Rules.Files.Toctou;

/// <summary>A check and what a condition that holds says about it.</summary>
/// <param name="Check">The check.</param>
/// <param name="Positive">Whether the condition holds when the answer is yes.</param>
internal readonly record struct CheckOutcome(PathCheck Check, bool Positive);
