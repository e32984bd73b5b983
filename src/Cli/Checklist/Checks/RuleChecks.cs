namespace SecurityToolchain.Cli.Checklist.Checks;

/// <summary>What the rules of the analyzers and the scanner found in the build.</summary>
internal static class RuleChecks
{
    /// <summary>Passes if rules with one of the prefixes ran and found nothing that is not suppressed.</summary>
    public static Func<RepositoryEvidence, ChecklistAnswer> NoFinding(string what, params string[] prefixes) => evidence =>
    {
        if (evidence.Log.IsEmpty)
            return ChecklistAnswer.Manual("no log of a build was given: build with -p:ErrorLog=build.sarif%2Cversion=2.1 and pass --log build.sarif");
        IReadOnlyList<string> found = evidence.Log.FindingsOf(prefixes);
        if (found.Count > 0)
            return ChecklistAnswer.Fail([.. found.Select(finding => $"{what}: {finding}")]);
        IReadOnlyList<string> ran = evidence.Log.RulesOf(prefixes);
        return ran.Count > 0
            ? ChecklistAnswer.Pass($"no finding of {string.Join(", ", ran.Take(6))}{(ran.Count > 6 ? $" and {ran.Count - 6} more rules" : "")} in {string.Join(", ", evidence.Log.Files)}")
            : ChecklistAnswer.Manual($"no rule about {what} ran in {string.Join(", ", evidence.Log.Files)}; is SecurityToolchain.Analyzers referenced?");
    };
}
