using System.Text;
using SecurityToolchain.EndToEnd.Tests;

[assembly: AssemblyFixture(typeof(PackedFeed))]

namespace SecurityToolchain.EndToEnd.Tests;

/// <summary>
/// Packs every packable project under <c>src</c> once for a test run and offers the folder as a NuGet feed. Take it as a constructor
/// parameter of a test class. Set <c>SECURITYTOOLCHAIN_PACKED_FEED</c> to a folder with packages to skip the packing while developing.
/// </summary>
public sealed class PackedFeed : IAsyncLifetime
{
    private readonly string _root = Path.Combine(Path.GetTempPath(), "stc-feed-" + Path.GetRandomFileName());
    private bool _owned;

    /// <summary>The root of the repository.</summary>
    public static string RepositoryRoot { get; } = FindRepositoryRoot();

    /// <summary>The folder with the packed packages, a NuGet source.</summary>
    public string Folder { get; private set; } = "";

    /// <summary>The version of every packed package.</summary>
    public string Version { get; private set; } = "";

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        string? prepared = Environment.GetEnvironmentVariable("SECURITYTOOLCHAIN_PACKED_FEED");
        if (string.IsNullOrEmpty(prepared))
        {
            _owned = true;
            Folder = Path.Combine(_root, "packages");
            await PackAsync();
        }
        else
        {
            Folder = Path.GetFullPath(prepared);
        }

        const string Marker = "SecurityToolchain.Sdk.";
        string sdk = Directory.EnumerateFiles(Folder, Marker + "*.nupkg").Select(Path.GetFileNameWithoutExtension).Single()!;
        Version = sdk[Marker.Length..];
    }

    /// <summary>The path of a packed package.</summary>
    /// <param name="id">The package id.</param>
    public string PackagePath(string id) => Path.Combine(Folder, $"{id}.{Version}.nupkg");

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        if (_owned && Directory.Exists(_root))
            Directory.Delete(_root, recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task PackAsync()
    {
        Directory.CreateDirectory(Folder);
        var solution = new StringBuilder("<Solution>\n");
        foreach (string project in Directory.EnumerateFiles(Path.Combine(RepositoryRoot, "src"), "*.csproj", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            solution.Append("  <Project Path=\"").Append(project).Append("\" />\n");
        solution.Append("</Solution>\n");
        string solutionPath = Path.Combine(_root, "pack.slnx");
        await File.WriteAllTextAsync(solutionPath, solution.ToString());

        // The analyzers of the repository's own build have their own run; here they would only cost time.
        DotNetResult result = await DotNetCommand.RunAsync(
            RepositoryRoot, null, "pack", solutionPath, "-c", "Release", "-m:2", "-v", "q", "-p:RunAnalyzers=false", "-o", Folder);
        result.ShouldSucceed();
    }

    private static string FindRepositoryRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "SecurityToolchain.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException($"no SecurityToolchain.sln above {AppContext.BaseDirectory}");
    }
}
