namespace SecurityToolchain.EndToEnd.Tests.Gate;

/// <summary>A repository with the gate in place: Directory.Build.* and Directory.Solution.targets as <c>sectool init</c> writes them, and one application.</summary>
internal sealed class GateWorkspace : IDisposable
{
    private readonly PackedFeed _feed;

    /// <summary>Creates the repository.</summary>
    /// <param name="feed">The packed packages.</param>
    /// <param name="extraFeed">One more folder feed; then the sources of the machine are left out. Null takes the machine's.</param>
    /// <param name="keepSources">Whether the machine's sources stay beside the extra feed.</param>
    public GateWorkspace(PackedFeed feed, string? extraFeed = null, bool keepSources = false)
    {
        _feed = feed;
        Workspace = extraFeed is null ? new TestWorkspace(feed.Folder) : new TestWorkspace(!keepSources, feed.Folder, extraFeed);
        Marker = Workspace.PathOf("marker.txt");
        SwitchOn();
    }

    public TestWorkspace Workspace { get; }

    /// <summary>The file that a probe writes when it runs.</summary>
    public string Marker { get; }

    public string Packages => Workspace.Packages;

    /// <summary>Puts the gate in place.</summary>
    public void SwitchOn()
    {
        Workspace.Write("Directory.Build.props", Import("Sdk.props"));
        Workspace.Write("Directory.Build.targets", Import("Sdk.targets"));
        Workspace.Write("Directory.Solution.targets", Import("Solution.targets"));
    }

    /// <summary>Takes the gate away, as for a project from before it.</summary>
    public void SwitchOff()
    {
        Workspace.Write("Directory.Build.props", "<Project />");
        Workspace.Write("Directory.Build.targets", "<Project />");
        File.Delete(Workspace.PathOf("Directory.Solution.targets"));
    }

    /// <summary>Writes a console application.</summary>
    /// <param name="packages">Lines of <c>Id Version</c>.</param>
    /// <param name="name">The name of the project and its folder.</param>
    /// <param name="properties">Further properties, as XML.</param>
    /// <param name="items">Further items, as XML.</param>
    public string WriteApp(string[] packages, string name = "App", string properties = "", string items = "")
    {
        string references = string.Concat(packages.Select(static package => package.Split(' '))
            .Select(static parts => $"""<PackageReference Include="{parts[0]}" Version="{parts[1]}" />"""));
        Workspace.Write($"{name}/Program.cs", $"public static class {name}Program {{ public static void Main() {{ }} }}");
        return Workspace.Write($"{name}/{name}.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <UseAppHost>false</UseAppHost>
                <NoWarn>$(NoWarn);NU1603;NU1900</NoWarn>
                {properties}
              </PropertyGroup>
              <ItemGroup>{references}{items}</ItemGroup>
            </Project>
            """);
    }

    /// <summary>Runs dotnet.</summary>
    public Task<DotNetResult> DotNetAsync(params string[] arguments) => Workspace.DotNetAsync(arguments);

    /// <summary>Runs dotnet, expects a failure with the code, and that no byte of the probe ran.</summary>
    public async Task AssertStoppedAsync(string code, params string[] arguments)
    {
        (await DotNetAsync(arguments)).ShouldFailWith(code);
        Assert.False(File.Exists(Marker), $"the probe ran during: dotnet {string.Join(' ', arguments)}");
    }

    /// <summary>A folder of an extracted package.</summary>
    public string PackageFolder(string id, string version) => Path.Combine(Packages, id.ToLowerInvariant(), version);

    public void Dispose() => Workspace.Dispose();

    private string Import(string file) => $"""<Project><Import Project="{file}" Sdk="SecurityToolchain.Sdk" Version="{_feed.Version}" /></Project>""";
}
