namespace SecurityToolchain.EndToEnd.Tests.Analyzers;

/// <summary>One project from each template of the SDK, all built together with the packed analyzers and behind the package gate.</summary>
public sealed class TemplateBuild(PackedFeed feed) : IAsyncLifetime
{
    /// <summary>The templates.</summary>
    public static readonly string[] Names = ["webapi", "mvc", "razor", "console", "classlib", "blazor"];

    /// <summary>The workspace; its build has succeeded.</summary>
    public AnalyzerConsumer Consumer { get; } = new(feed, withGate: true);

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        TestWorkspace workspace = Consumer.Workspace;
        workspace.Environment["DOTNET_CLI_HOME"] = workspace.PathOf(".home");
        foreach (string name in Names)
            (await workspace.DotNetAsync("new", name, "--output", name, "--name", "New" + name, "--no-restore", "--no-update-check")).ShouldSucceed();
        workspace.Environment.Remove("DOTNET_CLI_HOME");

        workspace.Write("All.slnx", "<Solution>" + string.Concat(Names.Select(static name => $"<Project Path=\"{name}/New{name}.csproj\" />")) + "</Solution>");
        (await workspace.DotNetAsync("build", "All.slnx", "-v", "q", "--nologo")).ShouldSucceed();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Consumer.Dispose();
        return ValueTask.CompletedTask;
    }
}
