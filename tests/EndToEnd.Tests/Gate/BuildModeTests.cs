namespace SecurityToolchain.EndToEnd.Tests.Gate;

/// <summary>The gate in every way that a build starts: solution, static graph, several frameworks, parallel, design time.</summary>
public sealed class BuildModeTests(PackedFeed feed, DonorPackage donor) : IClassFixture<DonorPackage>
{
    private const string ProbeId = "Contoso.Probe";

    private const string Solution = """
        <Solution>
          <Project Path="App/App.csproj" />
          <Project Path="Library/Library.csproj" />
        </Solution>
        """;

    // App references Library; Library alone has the packages.
    private static void WriteProjects(GateWorkspace repository, string package, string appProperties = "")
    {
        repository.WriteApp([], properties: appProperties, items: """<ProjectReference Include="../Library/Library.csproj" />""");
        repository.WriteApp([package], name: "Library", properties: "<OutputType>Library</OutputType>" + appProperties);
    }

    private static async Task WriteClassicSolutionAsync(GateWorkspace repository)
    {
        (await repository.DotNetAsync("new", "sln", "-n", "All", "--format", "sln")).ShouldSucceed();
        (await repository.DotNetAsync("sln", "All.sln", "add", "App/App.csproj", "Library/Library.csproj")).ShouldSucceed();
    }

    private (TestWorkspace Probes, GateWorkspace Repository) WithProbe()
    {
        var probes = new TestWorkspace();
        var repository = new GateWorkspace(feed, probes.PathOf("feed"));
        ProbePackage.Create(probes.PathOf("feed"), ProbeId, ProbePackage.Payload(repository.Marker));
        return (probes, repository);
    }

    [Fact]
    public async Task Solutions_UnsignedProbe_IsStopped()
    {
        (TestWorkspace probes, GateWorkspace repository) = WithProbe();
        using (probes)
        using (repository)
        {
            WriteProjects(repository, ProbeId + " 1.0.0");
            repository.Workspace.Write("All.slnx", Solution);
            await WriteClassicSolutionAsync(repository);

            await repository.AssertStoppedAsync("STC7010", "build", "All.slnx", "-m:2");
            await repository.AssertStoppedAsync("STC7010", "build", "All.sln", "-m:2");
            await repository.AssertStoppedAsync("STC7010", "build", "All.sln", "--no-restore");
            await repository.AssertStoppedAsync("STC7010", "restore", "All.sln", "-p:RestoreUseStaticGraphEvaluation=true");
            await repository.AssertStoppedAsync("STC7010", "build", "App", "-p:RestoreUseStaticGraphEvaluation=true");
            await repository.AssertStoppedAsync("STC7010", "build", "App", "-graph");

            // Without the solution's own hook the build phase still stops.
            File.Delete(repository.Workspace.PathOf("Directory.Solution.targets"));
            await repository.AssertStoppedAsync("STC7010", "build", "All.slnx");
        }
    }

    [Fact]
    public async Task Solutions_SignedPackage_Build()
    {
        using var repository = new GateWorkspace(feed, donor.Feed);
        WriteProjects(repository, DonorPackage.Reference);
        repository.Workspace.Write("All.slnx", Solution);
        await WriteClassicSolutionAsync(repository);

        (await repository.DotNetAsync("build", "All.slnx", "-m:2")).ShouldSucceed();
        (await repository.DotNetAsync("build", "All.sln", "--no-restore")).ShouldSucceed();
        foreach (string folder in (string[])["App/obj", "Library/obj"])
            Directory.Delete(repository.Workspace.PathOf(folder), recursive: true);
        (await repository.DotNetAsync("build", "All.sln", "-p:RestoreUseStaticGraphEvaluation=true")).ShouldSucceed();
        foreach (string folder in (string[])["App/obj", "Library/obj"])
            Directory.Delete(repository.Workspace.PathOf(folder), recursive: true);
        (await repository.DotNetAsync("build", "App", "-p:RestoreUseStaticGraphEvaluation=true")).ShouldSucceed();
        (await repository.DotNetAsync("clean", "All.slnx")).ShouldSucceed();
    }

    [Fact]
    public async Task SeveralFrameworks_ProbeIsStopped_AndSignedPackageBuilds()
    {
        const string Frameworks = "<TargetFramework></TargetFramework><TargetFrameworks>net10.0;net9.0</TargetFrameworks><OutputType>Library</OutputType>";
        using var probes = new TestWorkspace();
        using var repository = new GateWorkspace(feed, probes.PathOf("feed"), keepSources: true);
        ProbePackage.Create(probes.PathOf("feed"), ProbeId, ProbePackage.Payload(repository.Marker));
        repository.WriteApp([ProbeId + " 1.0.0"], properties: Frameworks);
        await repository.AssertStoppedAsync("STC7010", "build", "App");
        await repository.AssertStoppedAsync("STC7010", "build", "App", "--no-restore");
        await repository.AssertStoppedAsync("STC7010", "build", "App", "--no-restore", "-f", "net10.0");

        // The targeting pack of the older framework is a download without a reference; it is verified too.
        repository.WriteApp([DonorPackage.Reference], properties: Frameworks);
        DotNetResult result = await repository.DotNetAsync("build", "App");
        result.ShouldSucceed();
        Assert.Matches("gate: [2-9] packages verified, 0 findings", result.Output);
    }

    [Fact]
    public async Task DesignTimeBuild_SignedPackage_ResolvesIt()
    {
        using var repository = new GateWorkspace(feed, donor.Feed);
        repository.WriteApp([DonorPackage.Reference]);
        (await repository.DotNetAsync("restore", "App")).ShouldSucceed();
        DotNetResult result = await repository.DotNetAsync(
            "msbuild", "App", "-t:Compile", "-p:DesignTimeBuild=true", "-p:SkipCompilerExecution=true", "-p:ProvideCommandLineArgs=true", "-getItem:ReferencePathWithRefAssemblies");
        result.ShouldSucceed();
        Assert.Contains("Dapper.dll", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PackageRootFromOutside_IsStopped()
    {
        using var repository = new GateWorkspace(feed, donor.Feed);
        repository.WriteApp([DonorPackage.Reference]);
        (await repository.DotNetAsync("restore", "App")).ShouldSucceed();
        await repository.AssertStoppedAsync("STC7024", "build", "App", "--no-restore", "-p:NuGetPackageRoot=" + repository.Workspace.PathOf("elsewhere") + "/");
        (await repository.DotNetAsync("build", "App", "--no-restore")).ShouldSucceed();
    }

    [Fact]
    public async Task RestoredWithoutTheGate_SignedPackage_BuildsAtOnce()
    {
        // Restored before the gate was there; the packages add nothing to the project, so the first build can go on.
        using var repository = new GateWorkspace(feed, donor.Feed);
        repository.WriteApp([DonorPackage.Reference]);
        repository.SwitchOff();
        (await repository.DotNetAsync("restore", "App")).ShouldSucceed();
        repository.SwitchOn();
        (await repository.DotNetAsync("build", "App", "--no-restore")).ShouldSucceed();
    }

    [Fact]
    public async Task LocalFeedInPolicy_UnsignedPackage_RunsOnlyWhileTheFeedHoldsIt()
    {
        (TestWorkspace probes, GateWorkspace repository) = WithProbe();
        using (probes)
        using (repository)
        {
            repository.WriteApp([ProbeId + " 1.0.0"]);
            repository.Workspace.Write("security-toolchain.json", $$"""
                { "localFeeds": [ { "path": "{{probes.PathOf("feed")}}", "packages": "Contoso.*", "reason": "built here" } ] }
                """);
            (await repository.DotNetAsync("build", "App")).ShouldSucceed();
            Assert.True(File.Exists(repository.Marker), "an allowed package takes part in the build");
        }
    }
}
