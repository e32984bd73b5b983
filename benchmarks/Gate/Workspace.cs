using System.Diagnostics;
using SecurityToolchain.Tooling;

namespace SecurityToolchain.GateCost;

/// <summary>
/// The same application twice, without the gate and with it, in a folder of its own with its own package folder, state and feed. The feed
/// holds every package of the graph as a file, so that no network is measured.
/// </summary>
internal sealed class Workspace : IDisposable
{
    private const string Plain = "plain";
    private const string Gated = "gated";

    private readonly Repository _repository;
    private readonly string _root;
    private readonly bool _keep;

    /// <param name="repository">The working tree.</param>
    /// <param name="folder">The folder to work in, kept at the end; null takes a temporary one.</param>
    public Workspace(Repository repository, string? folder)
    {
        _repository = repository;
        _keep = folder is not null;
        _root = folder is null ? Directory.CreateTempSubdirectory("stc-gate-cost-").FullName : Directory.CreateDirectory(folder).FullName;
    }

    private string Feed => Path.Combine(_root, "feed");

    private string Packages => Path.Combine(_root, "packages");

    /// <summary>Packs the gate, writes the projects and collects the packages of the graph.</summary>
    public async Task PrepareAsync()
    {
        string tools = Path.Combine(_root, "tools");
        await RunAsync(_root, "pack", _repository.Path("src", "MsBuildTasks"), "-c", "Release", "-v", "q", "--nologo", "-p:RunAnalyzers=false", "-o", tools).ConfigureAwait(false);
        string version = Path.GetFileNameWithoutExtension(Directory.GetFiles(tools, "SecurityToolchain.Sdk.*.nupkg").Single())["SecurityToolchain.Sdk.".Length..];

        LocalFeed.Forget(Packages);

        // The first restore takes the packages from wherever the machine has them; all others read this feed.
        Write("nuget.config", $"<configuration><packageSources><add key=\"tools\" value=\"{tools}\" /></packageSources></configuration>");
        WriteProject(Plain, "<Project />", "<Project />");
        WriteProject(Gated, Import("Sdk.props", version), Import("Sdk.targets", version));
        await RunAsync(Path.Combine(_root, Plain), "restore").ConfigureAwait(false);
        Directory.CreateDirectory(Feed);
        foreach (string package in Directory.EnumerateFiles(Packages, "*.nupkg", SearchOption.AllDirectories))
            File.Copy(package, Path.Combine(Feed, Path.GetFileName(package)), overwrite: true);
        Write("nuget.config", $"<configuration><packageSources><clear /><add key=\"feed\" value=\"{Feed}\" /><add key=\"tools\" value=\"{tools}\" /></packageSources></configuration>");
        await RunAsync(Path.Combine(_root, Gated), "restore").ConfigureAwait(false);
    }

    /// <summary>Takes both projects back to the moment before their first restore; the gate's own package stays.</summary>
    public void Forget()
    {
        foreach (string folder in Directory.GetDirectories(Packages).Where(static folder => !Path.GetFileName(folder).StartsWith("securitytoolchain.", StringComparison.Ordinal)))
            Directory.Delete(folder, recursive: true);
        foreach (string folder in new[] { Path.Combine(_root, Plain, "obj"), Path.Combine(_root, Gated, "obj"), Path.Combine(_root, "state") })
            Directory.CreateDirectory(folder).Delete(recursive: true);
    }

    /// <summary>Runs <c>dotnet</c> in one of the projects.</summary>
    /// <returns>The cost, and the build's log in detail.</returns>
    public Task<(Cost Cost, string Log)> MeasureAsync(bool gated, params string[] arguments) => RunAsync(Path.Combine(_root, gated ? Gated : Plain), arguments);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_keep)
            Directory.Delete(_root, recursive: true);
    }

    private static string Import(string file, string version) => $"<Project><Import Project=\"{file}\" Sdk=\"SecurityToolchain.Sdk\" Version=\"{version}\" /></Project>";

    private void WriteProject(string name, string props, string targets)
    {
        Write($"{name}/App.csproj", PackageGraph.Project);
        Write($"{name}/Program.cs", "internal static class AppProgram { private static void Main() { } }");
        Write($"{name}/Directory.Build.props", props);
        Write($"{name}/Directory.Build.targets", targets);
        Write($"{name}/Directory.Packages.props", "<Project />");
    }

    private void Write(string path, string content)
    {
        string full = Path.Combine(_root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, content);
    }

    private async Task<(Cost Cost, string Log)> RunAsync(string folder, params string[] arguments)
    {
        string log = Path.Combine(_root, "build.log");
        string[] logged = arguments[0] == "pack" ? arguments : [.. arguments, "-v:q", "-fl", $"-flp:logfile={log};verbosity=detailed"];
        var command = new Command(Command.DotnetPath, logged)
        {
            WorkingFolder = folder,
            Variables = new Dictionary<string, string?>
            {
                ["NUGET_PACKAGES"] = arguments[0] == "pack" ? null : Packages,
                ["SECURITYTOOLCHAIN_STATE"] = Path.Combine(_root, "state"),
                ["UseSharedCompilation"] = "false",
            },
        };
        double before = ProcessorClock.ChildSeconds;
        long started = Stopwatch.GetTimestamp();
        CommandResult result = await command.RunAsync().ConfigureAwait(false);
        double wall = Stopwatch.GetElapsedTime(started).TotalSeconds;
        if (!result.Succeeded)
            throw new InvalidOperationException($"'dotnet {string.Join(' ', arguments)}' ended with {result.ExitCode} in '{folder}':\n{result.Output}");
        return (new Cost(wall, ProcessorClock.ChildSeconds - before), arguments[0] == "pack" ? "" : await File.ReadAllTextAsync(log).ConfigureAwait(false));
    }
}
