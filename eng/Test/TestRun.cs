using System.Globalization;
using SecurityToolchain.Tooling;

namespace SecurityToolchain.Test;

/// <summary>Runs test assemblies, two at a time, and adds up what their result files say.</summary>
internal sealed class TestRun(Repository repository, TestOptions options)
{
    private const int AtATime = 2;

    // Builds of whole projects by real clients take longest; started first, they overlap with all the others.
    private const string SlowestAssembly = "EndToEnd.Tests";

    private const int LongestMessage = 4000;

    public async Task<int> RunAsync()
    {
        string results = repository.Path("artifacts", "test-results");
        Directory.CreateDirectory(results);

        TestAssembly[] assemblies =
        [
            .. TestAssembly.FindAll(repository).Where(options.Selects).OrderBy(static assembly => assembly.Name != SlowestAssembly),
        ];
        Console.WriteLine($"==> run {assemblies.Length} test assemblies, {AtATime} at a time");

        var outcomes = new List<TestOutcome>();
        await Parallel.ForEachAsync(assemblies, new ParallelOptions { MaxDegreeOfParallelism = AtATime }, async (assembly, _) =>
        {
            TestOutcome outcome = await assembly.RunAsync(repository, results, options.RunnerFilters).ConfigureAwait(false);
            lock (outcomes)
            {
                outcomes.Add(outcome);
                ShowOne(outcome);
            }
        }).ConfigureAwait(false);

        return Summarise(outcomes);
    }

    private static void ShowOne(TestOutcome outcome)
    {
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"    {outcome.Assembly.Name,-22} {outcome.Passed,5} passed {outcome.Failures.Count,3} failed {outcome.Skips.Count,3} skipped  {outcome.Elapsed.TotalSeconds,5:F0} s"));
        foreach (TestMessage failure in outcome.Failures)
        {
            Console.WriteLine($"    FAILED {failure.Test}");
            string text = failure.Text.Length > LongestMessage ? failure.Text[..LongestMessage] + " ..." : failure.Text;
            foreach (string line in text.Split('\n'))
                Console.WriteLine("        " + line.TrimEnd());
        }
    }

    private static int Summarise(List<TestOutcome> outcomes)
    {
        foreach (TestOutcome outcome in outcomes)
        {
            foreach (TestMessage skip in outcome.Skips)
                Console.WriteLine($"    skipped {skip.Test}: {skip.Text}");
        }

        int passed = outcomes.Sum(static outcome => outcome.Passed);
        int failed = outcomes.Sum(static outcome => outcome.Failures.Count);
        int skipped = outcomes.Sum(static outcome => outcome.Skips.Count);
        if (passed + failed == 0)
            Console.WriteLine("No test ran: that is a failure of the run, not a success.");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{passed} passed, {failed} failed, {skipped} skipped"));
        return failed == 0 && passed > 0 ? 0 : 1;
    }
}
