namespace SecurityToolchain.Cli.Checklist;

/// <summary>One line of a checklist.</summary>
/// <param name="Id">Stable name, such as <c>development-randomness</c>.</param>
/// <param name="Area">Which list it stands in.</param>
/// <param name="Title">What should hold.</param>
/// <param name="Check">Looks at the evidence.</param>
internal sealed record ChecklistItem(string Id, ChecklistArea Area, string Title, Func<RepositoryEvidence, ChecklistAnswer> Check);
