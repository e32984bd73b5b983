namespace SecurityToolchain.Cli.Checklist.Checks;

/// <summary>What the tests that ran show. A test counts by its name, which is all that a result file tells.</summary>
internal static class TestChecks
{
    private const string HowTo = "run 'dotnet test --logger trx' and pass --tests FILE.trx";

    public static ChecklistAnswer AnyTest(RepositoryEvidence evidence)
    {
        if (evidence.Tests.IsEmpty)
        {
            ProjectFile[] projects = [.. evidence.Projects.Where(evidence.IsTest)];
            return projects.Length == 0
                ? ChecklistAnswer.Fail("there is no test project")
                : ChecklistAnswer.Manual([.. projects.Select(static project => $"{project.Path} is a test project"), $"no result was given: {HowTo}"]);
        }

        return Judge(evidence.Tests.Tests, "all tests");
    }

    /// <summary>Passes if a test whose name has one of the words ran and none of them failed.</summary>
    public static Func<RepositoryEvidence, ChecklistAnswer> Named(string what, params string[] words) => evidence =>
    {
        if (evidence.Tests.IsEmpty)
            return ChecklistAnswer.Manual($"no result was given: {HowTo}");
        (string Name, bool? Passed)[] matching = [.. evidence.Tests.Tests.Where(test => words.Any(word => test.Name.Contains(word, StringComparison.OrdinalIgnoreCase)))];
        return matching.Length == 0
            ? ChecklistAnswer.Fail($"no test about {what} ran: none has {string.Join(", ", words)} in its name")
            : Judge(matching, $"tests about {what}");
    };

    private static ChecklistAnswer Judge(IReadOnlyList<(string Name, bool? Passed)> tests, string what)
    {
        string[] failed = [.. tests.Where(static test => test.Passed == false).Select(static test => $"failed: {test.Name}")];
        if (failed.Length > 0)
            return ChecklistAnswer.Fail(failed);
        int passed = tests.Count(static test => test.Passed == true);
        return passed == 0
            ? ChecklistAnswer.Fail($"{what}: none of {tests.Count} ran")
            : ChecklistAnswer.Pass($"{what}: {passed} passed, {tests.Count - passed} skipped; for example {tests.First(static test => test.Passed == true).Name}");
    }
}
