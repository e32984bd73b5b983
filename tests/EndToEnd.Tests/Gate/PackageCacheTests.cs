namespace SecurityToolchain.EndToEnd.Tests.Gate;

/// <summary>Packages that were good and are changed in the package cache, or were restored before the gate was there.</summary>
public sealed class PackageCacheTests(PackedFeed feed, DonorPackage donor) : IClassFixture<DonorPackage>
{
    private string InfectedArchive(GateWorkspace repository, bool stripSignature)
    {
        string path = repository.Workspace.PathOf($"infected/{stripSignature}.nupkg");
        ProbePackage.Infect(donor.Archive, path, DonorPackage.Id, ProbePackage.Payload(repository.Marker), stripSignature);
        return path;
    }

    private async Task<GateWorkspace> BuildHonestAsync(string properties = "")
    {
        var repository = new GateWorkspace(feed, donor.Feed);
        repository.WriteApp([DonorPackage.Reference], properties: properties);
        DotNetResult result = await repository.DotNetAsync("build", "App");
        result.ShouldSucceed();
        Assert.Contains("SecurityToolchain gate: 1 packages verified, 0 findings", result.Output, StringComparison.Ordinal);
        return repository;
    }

    private static string Folder(GateWorkspace repository) => repository.PackageFolder(DonorPackage.Id, DonorPackage.Version);

    [Fact]
    public async Task TargetsAdded_FailsInEveryWayToBuild()
    {
        using GateWorkspace repository = await BuildHonestAsync();
        string targets = Path.Combine(Folder(repository), "build", DonorPackage.Id + ".targets");
        Directory.CreateDirectory(Path.GetDirectoryName(targets)!);
        await File.WriteAllTextAsync(targets, ProbePackage.Payload(repository.Marker, "SecurityToolchainGate", "SecurityToolchainGateStop"), TestContext.Current.CancellationToken);

        await repository.AssertStoppedAsync("STC7023", "build", "App", "--no-restore");
        await repository.AssertStoppedAsync("STC7023", "build", "App");
        await repository.AssertStoppedAsync("STC7023", "restore", "App", "--force");
        await repository.AssertStoppedAsync("STC7023", "build", "App", "--no-restore");

        // A second project that meets the package for the first time.
        repository.WriteApp([DonorPackage.Reference], name: "Other");
        await repository.AssertStoppedAsync("STC7023", "build", "Other");
        await repository.AssertStoppedAsync("STC7023", "build", "Other", "--no-restore");
    }

    [Fact]
    public async Task LibraryByteFlipped_WithTimesPutBack_Fails()
    {
        using GateWorkspace repository = await BuildHonestAsync();
        string library = Path.Combine(Folder(repository), "lib", "net8.0", "Dapper.dll");
        DateTime written = File.GetLastWriteTimeUtc(library);
        ProbePackage.FlipBit(library);
        File.SetLastWriteTimeUtc(library, written);

        await repository.AssertStoppedAsync("STC7022", "build", "App", "--no-restore");
        await repository.AssertStoppedAsync("STC7022", "build", "App");
    }

    [Fact]
    public async Task ArchiveByteFlipped_Fails()
    {
        using GateWorkspace repository = await BuildHonestAsync();
        ProbePackage.FlipBit(Path.Combine(Folder(repository), "dapper.2.1.66.nupkg"));

        DotNetResult result = await repository.DotNetAsync("build", "App", "--no-restore");
        Assert.NotEqual(0, result.ExitCode);
        Assert.Matches("STC7012|STC7022|STC7030", result.Output);
    }

    [Fact]
    public async Task SignatureStripped_Fails()
    {
        using GateWorkspace repository = await BuildHonestAsync();
        string folder = Folder(repository);
        File.Copy(InfectedArchive(repository, stripSignature: true), Path.Combine(folder, "dapper.2.1.66.nupkg"), overwrite: true);
        File.Delete(Path.Combine(folder, ".signature.p7s"));
        Directory.CreateDirectory(Path.Combine(folder, "build"));
        await File.WriteAllTextAsync(Path.Combine(folder, "build", "Dapper.targets"), ProbePackage.Payload(repository.Marker), TestContext.Current.CancellationToken);

        // The whole folder is consistent now; what gives it away is that an earlier check saw it signed.
        await repository.AssertStoppedAsync("STC7011", "build", "App", "--no-restore");
        await repository.AssertStoppedAsync("STC7011", "build", "App");
        await repository.AssertStoppedAsync("STC7011", "restore", "App", "--force");
    }

    [Fact]
    public async Task LockHashChanged_Fails()
    {
        using GateWorkspace repository = await BuildHonestAsync("<RestorePackagesWithLockFile>true</RestorePackagesWithLockFile>");
        string lockFile = repository.Workspace.PathOf("App/packages.lock.json");
        string text = await File.ReadAllTextAsync(lockFile, TestContext.Current.CancellationToken);
        int hash = text.IndexOf("\"contentHash\": \"", StringComparison.Ordinal) + "\"contentHash\": \"".Length;
        char changed = text[hash] == 'A' ? 'B' : 'A';
        await File.WriteAllTextAsync(lockFile, text[..hash] + changed + text[(hash + 1)..], TestContext.Current.CancellationToken);

        await repository.AssertStoppedAsync("STC7020", "build", "App", "--no-restore");
        DotNetResult result = await repository.DotNetAsync("build", "App");
        Assert.NotEqual(0, result.ExitCode);
        Assert.Matches("NU1403|STC7020", result.Output);
    }

    [Theory]
    [InlineData("Newtons\u043eft.Json", "STC7001")]
    [InlineData("Newtonsoft.Jsom", "STC7003")]
    public async Task DeceivingIdRestoredBeforeTheGate_Fails(string id, string code)
    {
        using var probes = new TestWorkspace();
        using var repository = new GateWorkspace(feed, probes.PathOf("feed"));
        ProbePackage.Create(probes.PathOf("feed"), id, ProbePackage.Payload(repository.Marker));
        repository.WriteApp([id + " 1.0.0"]);
        repository.SwitchOff();
        (await repository.DotNetAsync("restore", "App")).ShouldSucceed();
        Assert.True(Directory.Exists(repository.PackageFolder(id, "1.0.0")));

        repository.SwitchOn();
        await repository.AssertStoppedAsync(code, "build", "App", "--no-restore");
        await repository.AssertStoppedAsync(code, "build", "App");
    }

    [Fact]
    public async Task StampFromAnotherUser_IsNotBelieved()
    {
        using GateWorkspace repository = await BuildHonestAsync();
        string library = Path.Combine(Folder(repository), "lib", "net8.0", "Dapper.dll");
        ProbePackage.FlipBit(library);

        // The stamp and the guard stay in obj as a restored CI cache would bring them; the key does not come along.
        Directory.Delete(repository.Workspace.Environment["SECURITYTOOLCHAIN_STATE"]!, recursive: true);
        await repository.AssertStoppedAsync("STC7022", "build", "App", "--no-restore");
    }
}
