namespace SecurityToolchain.Tooling;

/// <summary>One result of a SARIF file.</summary>
/// <param name="RuleId">The rule.</param>
/// <param name="Level"><c>error</c>, <c>warning</c> or <c>note</c>.</param>
/// <param name="Message">What was found.</param>
/// <param name="File">The absolute path, or an empty string where the result has no place.</param>
/// <param name="Line">The first line, from 1; 0 where the result has no place.</param>
/// <param name="Steps">How many related places (the steps of a flow) the result carries.</param>
public sealed record SarifFinding(string RuleId, string Level, string Message, string File, int Line, int Steps);
