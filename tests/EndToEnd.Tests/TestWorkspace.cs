namespace SecurityToolchain.EndToEnd.Tests;

/// <summary>
/// A folder of its own under the temporary folder, with its own package folder, its own state folder and a <c>nuget.config</c> that adds
/// the packed feed to the sources of the machine. Deleted at the end.
/// </summary>
public sealed class TestWorkspace : IDisposable
{
    /// <summary>Creates the folder.</summary>
    /// <param name="feeds">Folders to add as package sources.</param>
    public TestWorkspace(params string[] feeds)
        : this(onlyFeeds: false, feeds)
    {
    }

    /// <summary>Creates the folder.</summary>
    /// <param name="onlyFeeds">Whether the sources of the machine are left out.</param>
    /// <param name="feeds">Folders to add as package sources.</param>
    public TestWorkspace(bool onlyFeeds, params string[] feeds)
    {
        Root = Path.Combine(Path.GetTempPath(), "stc-e2e-" + Path.GetRandomFileName());
        Directory.CreateDirectory(Root);
        var sources = string.Concat(feeds.Select((feed, index) => $"""<add key="feed{index}" value="{feed}" />"""));
        Write("nuget.config", $"""
            <?xml version="1.0" encoding="utf-8"?>
            <configuration>
              <packageSources>{(onlyFeeds ? "<clear />" : "")}{sources}</packageSources>
            </configuration>
            """);
        // Nothing of the repository's own build may reach in, wherever the temporary folder is.
        Write("Directory.Build.props", "<Project />");
        Write("Directory.Build.targets", "<Project />");
        Write("Directory.Packages.props", "<Project />");
        Environment = new()
        {
            ["NUGET_PACKAGES"] = Packages,
            ["SECURITYTOOLCHAIN_STATE"] = Path.Combine(Root, ".state"),
        };
    }

    /// <summary>The folder.</summary>
    public string Root { get; }

    /// <summary>The global packages folder of this workspace.</summary>
    public string Packages => Path.Combine(Root, ".packages");

    /// <summary>The variables that commands in this workspace run with.</summary>
    public Dictionary<string, string?> Environment { get; }

    /// <summary>The full path of something in the workspace.</summary>
    /// <param name="relative">The path relative to <see cref="Root"/>.</param>
    public string PathOf(string relative) => Path.Combine(Root, relative);

    /// <summary>Writes a text file and creates its folder.</summary>
    /// <param name="relative">The path relative to <see cref="Root"/>.</param>
    /// <param name="content">The text.</param>
    public string Write(string relative, string content)
    {
        string path = PathOf(relative);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }

    /// <summary>Runs <c>dotnet</c> in the workspace.</summary>
    /// <param name="arguments">The arguments.</param>
    public Task<DotNetResult> DotNetAsync(params string[] arguments) => DotNetCommand.RunAsync(Root, Environment, arguments);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Directory.Exists(Root))
            Directory.Delete(Root, recursive: true);
    }
}
