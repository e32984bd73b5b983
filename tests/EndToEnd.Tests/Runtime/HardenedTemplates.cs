using System.Text;

namespace SecurityToolchain.EndToEnd.Tests.Runtime;

/// <summary>One project from each web template of the SDK with the two lines of the hardened defaults added, all built together.</summary>
public sealed class HardenedTemplates(PackedFeed feed) : IAsyncLifetime
{
    /// <summary>The templates.</summary>
    public static readonly string[] Names = ["webapi", "mvc", "razor", "blazor"];

    /// <summary>The workspace; its build has succeeded.</summary>
    public TestWorkspace Workspace { get; } = new(feed.Folder);

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        Workspace.Environment["DOTNET_CLI_HOME"] = Workspace.PathOf(".home");
        foreach (string name in Names)
            (await Workspace.DotNetAsync("new", name, "--output", name, "--name", "New" + name, "--no-restore", "--no-update-check")).ShouldSucceed();
        Workspace.Environment.Remove("DOTNET_CLI_HOME");
        foreach (string name in Names)
            await HardenAsync(name);
        Workspace.Write("All.slnx", "<Solution>" + string.Concat(Names.Select(static name => $"<Project Path=\"{name}/New{name}.csproj\" />")) + "</Solution>");
        (await Workspace.DotNetAsync("build", "All.slnx", "-v", "q", "--nologo")).ShouldSucceed();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Workspace.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task HardenAsync(string name)
    {
        string program = Workspace.PathOf($"{name}/Program.cs");
        string text = await File.ReadAllTextAsync(program);
        string changed = ("using SecurityToolchain.AspNetCore.Hosting;\n" + text.TrimStart('\uFEFF'))
            .Replace("var builder = WebApplication.CreateBuilder(args);", "var builder = WebApplication.CreateBuilder(args);\nbuilder.AddSecurityToolchain();", StringComparison.Ordinal)
            .Replace("var app = builder.Build();", "var app = builder.Build();\napp.UseSecurityToolchain();", StringComparison.Ordinal);
        Assert.Contains("builder.AddSecurityToolchain();", changed, StringComparison.Ordinal);
        Assert.Contains("app.UseSecurityToolchain();", changed, StringComparison.Ordinal);
        await File.WriteAllTextAsync(program, changed, Encoding.UTF8);
        string project = Workspace.PathOf($"{name}/New{name}.csproj");
        string reference = $"  <ItemGroup><PackageReference Include=\"SecurityToolchain.AspNetCore\" Version=\"{feed.Version}\" /></ItemGroup>\n</Project>";
        await File.WriteAllTextAsync(project, (await File.ReadAllTextAsync(project)).Replace("</Project>", reference, StringComparison.Ordinal));
    }
}
