namespace SecurityToolchain.Cli.Checklist.Checks;

/// <summary>What people do. Files can show that the means are there, hardly ever that they are used; so most of these end with a person.</summary>
internal static class ProcessChecks
{
    public static Func<RepositoryEvidence, ChecklistAnswer> Person(string question) => _ => ChecklistAnswer.Manual(question);

    /// <summary>Shows where the code uses one of the types; whether that suffices is for a person to say.</summary>
    public static Func<RepositoryEvidence, ChecklistAnswer> Uses(string what, params string[] types) => evidence =>
    {
        IReadOnlyList<string> sources = evidence.SourcesNaming(types);
        return sources.Count == 0
            ? ChecklistAnswer.Manual($"no source names {string.Join(", ", types)}; say what does it instead")
            : ChecklistAnswer.Manual([.. sources.Select(source => $"{what} {source}")]);
    };

    public static ChecklistAnswer UpdateBot(RepositoryEvidence evidence) =>
        evidence.FindNamed("dependabot.yml", "dependabot.yaml", "renovate.json", ".renovaterc", ".renovaterc.json", "renovate.json5") is { } bot
            ? ChecklistAnswer.Pass($"{bot} brings updates in")
            : ChecklistAnswer.Manual("no file for an update service (dependabot.yml, renovate.json); say how updates come in");

    public static ChecklistAnswer SecurityPolicy(RepositoryEvidence evidence) =>
        evidence.FindNamed("SECURITY.md", "incident-response.md", "runbook.md", "runbooks/incident.md") is { } policy
            ? ChecklistAnswer.Manual($"{policy} is there; say when the procedure was last rehearsed")
            : ChecklistAnswer.Fail("there is no SECURITY.md and no runbook for incidents");

    public static ChecklistAnswer Assessment(RepositoryEvidence evidence)
    {
        IReadOnlyList<string> ran = evidence.Log.RulesOf("STC7");
        IReadOnlyList<string> found = evidence.Log.FindingsOf("STC7");
        if (found.Count > 0)
            return ChecklistAnswer.Fail(found);
        return ran.Count > 0
            ? ChecklistAnswer.Pass($"the package gate ran with {ran.Count} rules and found nothing")
            : ChecklistAnswer.Manual("no log of 'sectool verify --sarif' or 'sectool scan --format sarif' was given");
    }
}
