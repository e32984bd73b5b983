namespace SecurityToolchain.Runtime.Isolation;

/// <summary>What is in force after <see cref="ProcessIsolation.Enter"/>.</summary>
/// <param name="Level">How far the process is isolated.</param>
/// <param name="InForce">What is in force, such as <c>system call filter</c>.</param>
/// <param name="Missing">What was asked for and is not, with the reason.</param>
public sealed record IsolationReport(IsolationLevel Level, IReadOnlyList<string> InForce, IReadOnlyList<string> Missing);
