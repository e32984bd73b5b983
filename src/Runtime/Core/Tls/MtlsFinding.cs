namespace SecurityToolchain.Runtime.Tls;

/// <summary>One thing that is wrong with a configuration.</summary>
/// <param name="Problem">The kind.</param>
/// <param name="Message">The file, the limit and the value, and what to do.</param>
public sealed record MtlsFinding(MtlsProblem Problem, string Message);
