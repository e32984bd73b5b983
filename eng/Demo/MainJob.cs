using System.Globalization;
using SecurityToolchain.Tooling;

namespace SecurityToolchain.Demo;

/// <summary>
/// What the product is for, on a real application and the way a user meets it: packages from a feed, a build, findings, one SARIF file.
/// </summary>
internal sealed class MainJob(Repository repository)
{
    private readonly string _output = repository.Path("artifacts", "demo");

    public async Task<int> RunAsync()
    {
        Directory.CreateDirectory(_output);
        if (!await PackAsync().ConfigureAwait(false))
            return 1;

        string sarif = Path.Combine(_output, "InsecureShop.sarif");
        if (!await BuildAsync(sarif).ConfigureAwait(false))
            return 1;

        Heading("3/4  Build samples/GatedBuild: what the package gate lets through, and what not");
        bool gateHeld = await new GateShow(repository).RunAsync().ConfigureAwait(false);

        Heading("4/4  Summary");
        FindingsSummary.Print(SarifLog.Read(sarif), repository.Path("samples", "InsecureShop"));
        Console.WriteLine();
        Console.WriteLine("  The package gate let the honest build through and " + (gateHeld ? "stopped both attacks." : "did NOT stop both attacks."));
        Console.WriteLine($"  SARIF with the findings and the gate's verdicts: {Path.GetRelativePath(repository.Root, sarif)}");
        return gateHeld ? 0 : 1;
    }

    private async Task<bool> PackAsync()
    {
        Heading("1/4  Pack the product into the local feed artifacts/packages");
        CommandResult pack = await LocalFeed.PackAsync(repository, alreadyBuilt: false, new BuildLines(repository).Show).ConfigureAwait(false);
        if (!pack.Succeeded)
            return Failed("packing", pack);
        foreach (string package in LocalFeed.List(repository))
            Console.WriteLine("  " + package);
        Done(pack);
        return true;
    }

    private async Task<bool> BuildAsync(string sarif)
    {
        Heading("2/4  Build samples/InsecureShop with these packages");
        // The compiler and the gate write a file each; the user gets one.
        string compiler = Path.Combine(_output, "compiler.sarif"), gate = Path.Combine(_output, "gate.sarif");
        foreach (string file in new[] { sarif, compiler, gate })
            File.Delete(file);
        string packages = repository.Path("artifacts", "samples", "packages");
        LocalFeed.Forget(packages);
        // What an earlier restore wrote down about the packages of an earlier packing is rightly refused by the gate.
        foreach (string sample in Directory.GetDirectories(repository.Path("samples")))
            Directory.CreateDirectory(Path.Combine(sample, "obj")).Delete(recursive: true);

        var lines = new BuildLines(repository);
        var build = Command.Dotnet(
            "build", repository.Path("samples", "InsecureShop"), "-c", "Release", "--nologo", "--no-incremental", "-v", "m", "-tl:off",
            "-p:ErrorLog=" + compiler + "%2Cversion=2.1",
            "-p:SecurityToolchainGateSarif=" + gate);
        CommandResult result = await build.With(repository.Path("samples"), lines.Show).RunAsync().ConfigureAwait(false);
        if (!result.Succeeded || !File.Exists(compiler))
            return Failed("the build of InsecureShop", result);
        SarifLog.Merge(sarif, compiler, gate);
        Done(result);
        return true;
    }

    private static void Heading(string text)
    {
        Console.WriteLine();
        Console.WriteLine(text);
    }

    private static void Done(CommandResult result) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  done in {result.Elapsed.TotalSeconds:F0} s"));

    private static bool Failed(string what, CommandResult result)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {what} failed with exit code {result.ExitCode}; the lines above say why."));
        return false;
    }
}
