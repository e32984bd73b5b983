namespace SecurityToolchain.Cli.Checklist;

/// <summary>The status of an item and what it rests on: files, rules, tests. Never empty.</summary>
/// <param name="Status">The status.</param>
/// <param name="Evidence">One line each, safe to print.</param>
internal sealed record ChecklistAnswer(ChecklistStatus Status, IReadOnlyList<string> Evidence)
{
    private const int MaxLines = 8;

    public static ChecklistAnswer Pass(params IReadOnlyList<string> evidence) => Create(ChecklistStatus.Pass, evidence);

    public static ChecklistAnswer Fail(params IReadOnlyList<string> evidence) => Create(ChecklistStatus.Fail, evidence);

    public static ChecklistAnswer Manual(params IReadOnlyList<string> evidence) => Create(ChecklistStatus.Manual, evidence);

    public static ChecklistAnswer NotApplicable(params IReadOnlyList<string> evidence) => Create(ChecklistStatus.NotApplicable, evidence);

    private static ChecklistAnswer Create(ChecklistStatus status, IReadOnlyList<string> evidence)
    {
        if (evidence.Count == 0)
            throw new ArgumentException("An answer needs evidence.", nameof(evidence));
        return new ChecklistAnswer(status, evidence.Count <= MaxLines ? evidence : [.. evidence.Take(MaxLines), $"and {evidence.Count - MaxLines} more"]);
    }
}
