namespace SecurityToolchain.EndToEnd.Tests.Gate;

/// <summary>Bad packages that a project meets for the first time: each stops before a byte of it runs.</summary>
public sealed class FirstRestoreTests(PackedFeed feed, DonorPackage donor) : IClassFixture<DonorPackage>
{
    private const string Archive = "dapper.2.1.66.nupkg";

    [Fact]
    public async Task StrippedPackage_WithoutGate_Runs()
    {
        // The control: the probe does run when nothing stops it.
        using var tampered = new TestWorkspace();
        using var repository = new GateWorkspace(feed, tampered.PathOf("feed"));
        ProbePackage.Infect(donor.Archive, tampered.PathOf("feed/" + Archive), DonorPackage.Id, ProbePackage.Payload(repository.Marker), stripSignature: true);
        repository.WriteApp([DonorPackage.Reference]);
        repository.SwitchOff();

        (await repository.DotNetAsync("build", "App")).ShouldSucceed();
        Assert.True(File.Exists(repository.Marker));
    }

    [Fact]
    public async Task SignatureStripped_FailsBeforeItRuns()
    {
        using var tampered = new TestWorkspace();
        using var repository = new GateWorkspace(feed, tampered.PathOf("feed"));
        ProbePackage.Infect(donor.Archive, tampered.PathOf("feed/" + Archive), DonorPackage.Id, ProbePackage.Payload(repository.Marker), stripSignature: true);
        repository.WriteApp([DonorPackage.Reference]);

        await repository.AssertStoppedAsync("STC7010", "build", "App");
        await repository.AssertStoppedAsync("STC7010", "build", "App", "--no-restore");
        await repository.AssertStoppedAsync("STC7032", "build", "App", "--no-restore", "-p:ExcludeRestorePackageImports=false");
        await repository.AssertStoppedAsync("STC7010", "build", "App", "--no-restore", "-p:MSBuildIsRestoring=true");
        await repository.AssertStoppedAsync("STC7010", "msbuild", "App", "-t:Compile", "-p:DesignTimeBuild=true", "-p:SkipCompilerExecution=true");
    }

    [Fact]
    public async Task FileAddedToSignedArchive_FailsBeforeItRuns()
    {
        using var tampered = new TestWorkspace();
        using var repository = new GateWorkspace(feed, tampered.PathOf("feed"));
        ProbePackage.Infect(donor.Archive, tampered.PathOf("feed/" + Archive), DonorPackage.Id, ProbePackage.Payload(repository.Marker), stripSignature: false);
        repository.WriteApp([DonorPackage.Reference]);

        // NuGet itself takes this archive: its signature entry is not written the way signed packages have it, so it counts as unsigned there.
        await repository.AssertStoppedAsync("STC7012", "build", "App");
    }

    [Fact]
    public async Task ByteFlipped_VerificationSwitchedOff_FailsBeforeItRuns()
    {
        using var tampered = new TestWorkspace();
        using var repository = new GateWorkspace(feed, tampered.PathOf("feed"));
        string archive = tampered.PathOf("feed/" + Archive);
        ProbePackage.Infect(donor.Archive, archive, DonorPackage.Id, ProbePackage.Payload(repository.Marker), stripSignature: false);
        repository.WriteApp([DonorPackage.Reference]);

        // NuGet takes the package now; the gate has its own eyes, and says what the environment does.
        repository.Workspace.Environment["DOTNET_NUGET_SIGNATURE_VERIFICATION"] = "false";
        await repository.AssertStoppedAsync("STC7012", "build", "App");
        await repository.AssertStoppedAsync("STC7015", "build", "App", "--no-restore");
    }

    [Fact]
    public async Task ByteFlipped_FailsBeforeItRuns()
    {
        using var tampered = new TestWorkspace();
        using var repository = new GateWorkspace(feed, tampered.PathOf("feed"));
        string archive = tampered.Write("feed/" + Archive, "");
        File.Copy(donor.Archive, archive, overwrite: true);
        ProbePackage.FlipBit(archive);
        repository.WriteApp([DonorPackage.Reference]);

        DotNetResult result = await repository.DotNetAsync("build", "App");
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("NU3008", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LockHashChanged_FailsBeforeItRuns()
    {
        using var repository = new GateWorkspace(feed, donor.Feed);
        repository.WriteApp([DonorPackage.Reference], properties: "<RestorePackagesWithLockFile>true</RestorePackagesWithLockFile>");
        repository.Workspace.Write("App/packages.lock.json", """
            {
              "version": 1,
              "dependencies": {
                "net10.0": {
                  "Dapper": {
                    "type": "Direct",
                    "requested": "[2.1.66, )",
                    "resolved": "2.1.66",
                    "contentHash": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=="
                  }
                }
              }
            }
            """);
        await repository.AssertStoppedAsync("NU1403", "build", "App");
    }

    [Theory]
    [InlineData("Newtons\u043eft.Json", "STC7001")]
    [InlineData("Newtonsoft.Jsom", "STC7003")]
    public async Task DeceivingId_FailsBeforeItIsDownloaded(string id, string code)
    {
        using var probes = new TestWorkspace();
        using var repository = new GateWorkspace(feed, probes.PathOf("feed"));
        ProbePackage.Create(probes.PathOf("feed"), id, ProbePackage.Payload(repository.Marker));
        repository.WriteApp([id + " 1.0.0"]);

        await repository.AssertStoppedAsync(code, "build", "App");
        Assert.False(Directory.Exists(repository.PackageFolder(id, "1.0.0")), "the package was downloaded");
        await repository.AssertStoppedAsync(code, "restore", "App", "-p:RestoreUseStaticGraphEvaluation=true");
        Assert.False(Directory.Exists(repository.PackageFolder(id, "1.0.0")), "the package was downloaded by static graph restore");
    }

    [Fact]
    public async Task UnsignedPackageThatRedefinesTargets_FailsBeforeItRuns()
    {
        using var probes = new TestWorkspace();
        using var repository = new GateWorkspace(feed, probes.PathOf("feed"));
        ProbePackage.Create(
            probes.PathOf("feed"),
            "Contoso.Probe",
            ProbePackage.Payload(
                repository.Marker, "SecurityToolchainGate", "SecurityToolchainGateStop", "SecurityToolchainVerifyProject", "SecurityToolchainCheckPackageNames"));
        repository.WriteApp(["Contoso.Probe 1.0.0"]);

        await repository.AssertStoppedAsync("STC7010", "build", "App");
        await repository.AssertStoppedAsync("STC7010", "build", "App", "--no-restore");
        await repository.AssertStoppedAsync("STC7010", "build", "App", "-p:ExcludeRestorePackageImports=false");
        await repository.AssertStoppedAsync("STC7032", "build", "App", "--no-restore", "-p:ExcludeRestorePackageImports=false");
    }
}
