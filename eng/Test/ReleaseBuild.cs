using System.Globalization;
using SecurityToolchain.Tooling;

namespace SecurityToolchain.Test;

/// <summary>
/// Builds the solution once in Release, warnings as errors, with the .NET analyzers and with the product's own analyzers on its own
/// source, and packs the local feed that the end-to-end tests consume.
/// </summary>
internal sealed class ReleaseBuild(Repository repository)
{
    public async Task<bool> RunAsync()
    {
        string analyzers = repository.Path("artifacts", "self-analyzers");
        return await StepAsync("restore the solution", ["restore", repository.Solution, "-v", "q", "--nologo"]).ConfigureAwait(false)
            && await StepAsync("build the analyzers", Build(repository.Path("src", "CodeFixes"), "-p:RunAnalyzers=false")).ConfigureAwait(false)
            && CopyAnalyzers(repository.Path("src", "CodeFixes", "bin", "Release", "netstandard2.0"), analyzers)
            && await StepAsync("build everything, under the product's own analyzers too", Build(repository.Solution, "-p:SelfAnalyzersFolder=" + analyzers)).ConfigureAwait(false)
            && await PackAsync().ConfigureAwait(false);
    }

    private static string[] Build(string target, string property) =>
        ["build", target, "-c", "Release", "--no-restore", "-v", "q", "--nologo", "-clp:NoSummary", property];

    private static bool CopyAnalyzers(string from, string to)
    {
        Directory.CreateDirectory(to).Delete(recursive: true);
        Directory.CreateDirectory(to);
        foreach (string file in Directory.GetFiles(from, "*.dll"))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        return true;
    }

    private async Task<bool> PackAsync()
    {
        Announce("pack the local feed");
        return Report(await LocalFeed.PackAsync(repository, alreadyBuilt: true, Show).ConfigureAwait(false));
    }

    private async Task<bool> StepAsync(string title, string[] arguments)
    {
        Announce(title);
        return Report(await Command.Dotnet(arguments).With(repository.Root, Show).RunAsync().ConfigureAwait(false));
    }

    private static void Announce(string title) => Console.WriteLine($"==> {title}");

    private static void Show(string line)
    {
        // Only what is wrong is worth a line; the step's own last line tells the time.
        if (line.Contains("warning", StringComparison.OrdinalIgnoreCase) && !line.Contains("0 Warning(s)", StringComparison.Ordinal)
            || line.Contains("error", StringComparison.OrdinalIgnoreCase) && !line.Contains("0 Error(s)", StringComparison.Ordinal))
        {
            Console.WriteLine("    " + line.TrimStart());
        }
    }

    private static bool Report(CommandResult result)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    {(result.Succeeded ? "done" : "FAILED")} in {result.Elapsed.TotalSeconds:F0} s"));
        return result.Succeeded;
    }
}
