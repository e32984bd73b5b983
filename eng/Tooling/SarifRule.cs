namespace SecurityToolchain.Tooling;

/// <summary>A rule that a SARIF file describes.</summary>
/// <param name="Id">The rule.</param>
/// <param name="Title">Its short description.</param>
/// <param name="Tags">Its tags, for example <c>CWE-89</c>.</param>
public sealed record SarifRule(string Id, string Title, IReadOnlyList<string> Tags);
