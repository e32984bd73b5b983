using System.Globalization;
using SecurityToolchain.Tooling;

namespace SecurityToolchain.Demo;

/// <summary>The package gate on samples/GatedBuild: an honest build passes, and two attacks end before the compiler starts.</summary>
internal sealed class GateShow(Repository repository)
{
    private readonly string _packages = repository.Path("artifacts", "demo", "packages");

    /// <summary>Runs the three builds.</summary>
    /// <returns>Whether each ended as it should.</returns>
    public async Task<bool> RunAsync()
    {
        Directory.CreateDirectory(_packages).Delete(recursive: true);

        bool honest = await BuildAsync("the project as it is", expected: null).ConfigureAwait(false);
        bool misspelled = await BuildAsync("somebody types Newtonsoft.Jsson", expected: "STC7003", "-p:WithMisspelledPackage=true").ConfigureAwait(false);

        string planted = PlantTargets(out string marker);
        bool changed = await BuildAsync("somebody puts build/Dapper.targets into the package folder", expected: "STC7023").ConfigureAwait(false);
        bool ran = File.Exists(marker);
        File.Delete(planted);
        Console.WriteLine(ran ? "  The planted target RAN." : "  The planted target never ran.");
        return honest && misspelled && changed && !ran;
    }

    private async Task<bool> BuildAsync(string title, string? expected, params string[] properties)
    {
        Console.WriteLine();
        Console.WriteLine($"  {title}:");
        var build = new Command(Command.DotnetPath, ["build", repository.Path("samples", "GatedBuild"), "-c", "Release", "--nologo", "-v", "m", "-tl:off", .. properties])
        {
            WorkingFolder = repository.Path("samples"),
            Variables = new Dictionary<string, string?> { ["NUGET_PACKAGES"] = _packages },
            OnLine = new BuildLines(repository).Show,
        };
        CommandResult result = await build.RunAsync().ConfigureAwait(false);
        bool asExpected = expected is null ? result.Succeeded : !result.Succeeded && result.Output.Contains(expected, StringComparison.Ordinal);
        string verdict = result.Succeeded ? "passed" : "stopped";
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  -> {verdict} after {result.Elapsed.TotalSeconds:F0} s{(asExpected ? string.Empty : ", which is NOT as it should be")}"));
        return asExpected;
    }

    private string PlantTargets(out string marker)
    {
        marker = repository.Path("artifacts", "demo", "planted-target-ran.txt");
        File.Delete(marker);
        string folder = Directory.GetDirectories(Path.Combine(_packages, "dapper")).Single();
        string targets = Path.Combine(folder, "build", "Dapper.targets");
        Directory.CreateDirectory(Path.GetDirectoryName(targets)!);
        File.WriteAllText(targets, $"""
            <Project InitialTargets="Planted">
              <Target Name="Planted"><WriteLinesToFile File="{marker}" Lines="ran" /></Target>
            </Project>
            """);
        return targets;
    }
}
