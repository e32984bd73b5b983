using System.Globalization;
using System.Xml.Linq;
using SecurityToolchain.Tooling;

namespace SecurityToolchain.Test;

/// <summary>One built test assembly.</summary>
/// <param name="Name">The name of its folder, for example <c>Analyzers.Tests</c>.</param>
/// <param name="Path">The assembly.</param>
internal sealed record TestAssembly(string Name, string Path)
{
    // The slowest test assembly takes a few minutes on two cores; one that hangs must not hold up the report on the others.
    private static readonly TimeSpan s_timeout = TimeSpan.FromMinutes(22);

    /// <summary>Every test project's assembly, whether it was built or not: a missing one is a failure, not an omission.</summary>
    public static IReadOnlyList<TestAssembly> FindAll(Repository repository) =>
    [
        .. Directory.GetFiles(repository.Path("tests"), "*.Tests.csproj", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(static project => new TestAssembly(
                System.IO.Path.GetFileName(System.IO.Path.GetDirectoryName(project))!,
                System.IO.Path.Combine(System.IO.Path.GetDirectoryName(project)!, "bin", "Release", "net10.0", System.IO.Path.GetFileNameWithoutExtension(project) + ".dll"))),
    ];

    /// <summary>Runs it and reads the runner's own result file.</summary>
    public async Task<TestOutcome> RunAsync(Repository repository, string resultsFolder, IReadOnlyList<string> filters)
    {
        if (!File.Exists(Path))
            return TestOutcome.Broken(this, TimeSpan.Zero, $"{Path} was not built.");

        string results = System.IO.Path.Combine(resultsFolder, Name + ".xml");
        File.Delete(results);
        string[] arguments = [Path, "-noLogo", "-noColor", "-xml", results, .. filters];
        var variables = new Dictionary<string, string?> { ["SECURITYTOOLCHAIN_PACKED_FEED"] = repository.Feed };
        var command = new Command(Command.DotnetPath, arguments) { WorkingFolder = repository.Root, Timeout = s_timeout, Variables = variables };
        CommandResult run = await command.RunAsync().ConfigureAwait(false);
        await File.WriteAllTextAsync(System.IO.Path.Combine(resultsFolder, Name + ".log"), run.Output).ConfigureAwait(false);

        try
        {
            return Read(XDocument.Load(results), run);
        }
        catch (FileNotFoundException)
        {
            return TestOutcome.Broken(this, run.Elapsed, $"The runner ended with exit code {run.ExitCode} and left no results.\n{run.Output}");
        }
    }

    private TestOutcome Read(XDocument document, CommandResult run)
    {
        XElement[] assemblies = [.. document.Descendants("assembly")];
        int passed = assemblies.Sum(static assembly => Count(assembly, "passed"));
        var failures = new List<TestMessage>();
        var skips = new List<TestMessage>();
        foreach (XElement test in document.Descendants("test"))
        {
            string name = (string?)test.Attribute("name") ?? "?";
            switch ((string?)test.Attribute("result"))
            {
                case "Fail":
                    XElement? failure = test.Element("failure");
                    failures.Add(new TestMessage(name, $"{failure?.Element("message")?.Value}\n{failure?.Element("stack-trace")?.Value}".Trim()));
                    break;
                case "Skip":
                    skips.Add(new TestMessage(name, (string?)test.Element("reason") ?? "no reason given"));
                    break;
            }
        }

        foreach (XElement error in document.Descendants("error"))
            failures.Add(new TestMessage((string?)error.Attribute("name") ?? Name, error.Element("failure")?.Element("message")?.Value ?? "an error outside of any test"));
        if (!run.Succeeded && failures.Count == 0)
            failures.Add(new TestMessage(Name, $"Every test passed, but the runner ended with exit code {run.ExitCode}."));
        return new TestOutcome(this, passed, failures, skips, run.Elapsed);
    }

    private static int Count(XElement assembly, string attribute) => int.Parse(assembly.Attribute(attribute)?.Value ?? "0", CultureInfo.InvariantCulture);
}
