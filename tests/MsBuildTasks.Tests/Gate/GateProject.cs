using SecurityToolchain.MsBuildTasks.Gate;
using SecurityToolchain.MsBuildTasks.Packages;
using SecurityToolchain.MsBuildTasks.Stamps;

namespace SecurityToolchain.MsBuildTasks.Tests.Gate;

/// <summary>A restored project with one unsigned package, as files: what the gate sees, without a restore.</summary>
internal sealed class GateProject : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public GateProject(string id = "Contoso.Probe")
    {
        Package = TestPackages.Extract(PackageRoot, ("lib/net10.0/Probe.dll", "library"), ("build/Contoso.Probe.targets", "<Project />"));
        using FileStream archive = File.OpenRead(Package.ArchivePath);
        ContentHash = PackageContentHash.Compute(archive);
        _folder.Write("src/App/App.csproj", "<Project />");
        _folder.Write("src/App/obj/project.assets.json", $$"""
            {
              "version": 3,
              "targets": { "net10.0": { "{{id}}/1.2.3": { "type": "package", "compile": { "lib/net10.0/Probe.dll": {} }, "build": { "build/Contoso.Probe.targets": {} } } } },
              "libraries": { "{{id}}/1.2.3": { "sha512": "{{ContentHash}}", "type": "package", "path": "contoso.probe/1.2.3", "files": [] } },
              "packageFolders": { "{{PackageRoot}}": {} },
              "project": { "frameworks": { "net10.0": {} } }
            }
            """);
        WriteGenerated($"$(NuGetPackageRoot)contoso.probe/1.2.3/build/Contoso.Probe.targets");
    }

    public string PackageRoot => _folder.PathOf("packages") + "/";

    public PackageUse Package { get; }

    public string ContentHash { get; }

    public string Guard => _folder.PathOf("src/App/obj/App.csproj.gate.g.props");

    public FixedTime Time { get; } = new(new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero));

    public Dictionary<string, string?> Variables { get; } = [];

    public void WritePolicy(string text) => _folder.Write("security-toolchain.json", text);

    public void WriteLockFile(string hash) => _folder.Write("src/App/packages.lock.json", $$"""
        { "version": 1, "dependencies": { "net10.0": { "Contoso.Probe": { "type": "Direct", "resolved": "1.2.3", "contentHash": "{{hash}}" } } } }
        """);

    public void WriteGenerated(string import, string extra = "") => _folder.Write("src/App/obj/App.csproj.nuget.g.targets", $"""
        <Project><ImportGroup Condition=" '$(ExcludeRestorePackageImports)' != 'true' "><Import Project="{import}" /></ImportGroup>{extra}</Project>
        """);

    public GateReport Verify(string? packageRoot = null) => PackageGate.Verify(new GateRequest
    {
        ProjectFile = _folder.PathOf("src/App/App.csproj"),
        ExtensionsFolder = _folder.PathOf("src/App/obj"),
        PackageRoot = packageRoot,
        SdkFolder = TestPackages.SdkFolder,
        Key = StateKey.Open(_folder.PathOf("state")),
        Time = Time,
        ReadVariable = name => Variables.GetValueOrDefault(name),
    });

    public void Dispose() => _folder.Dispose();
}
