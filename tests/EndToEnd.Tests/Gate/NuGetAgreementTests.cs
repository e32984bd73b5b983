namespace SecurityToolchain.EndToEnd.Tests.Gate;

/// <summary>The gate's own signature validation beside NuGet's: what <c>dotnet nuget verify</c> accepts and refuses.</summary>
public sealed class NuGetAgreementTests(PackedFeed feed, DonorPackage donor) : IClassFixture<DonorPackage>
{
    [Fact]
    public async Task SignedFlippedAndStripped_BothAgree()
    {
        using var repository = new GateWorkspace(feed, donor.Feed);
        repository.WriteApp([DonorPackage.Reference]);
        (await repository.DotNetAsync("restore", "App")).ShouldSucceed();
        string archive = Path.Combine(repository.PackageFolder(DonorPackage.Id, DonorPackage.Version), "dapper.2.1.66.nupkg");
        (await repository.DotNetAsync("nuget", "verify", "--all", archive)).ShouldSucceed();

        byte[] signed = await File.ReadAllBytesAsync(archive, TestContext.Current.CancellationToken);
        ProbePackage.FlipBit(archive);
        (await repository.DotNetAsync("nuget", "verify", "--all", archive)).ShouldFailWith("NU3008");
        DotNetResult flipped = await repository.DotNetAsync("restore", "App");
        Assert.NotEqual(0, flipped.ExitCode);
        Assert.Matches("STC7012|STC7030", flipped.Output);

        await File.WriteAllBytesAsync(archive, signed, TestContext.Current.CancellationToken);
        (await repository.DotNetAsync("restore", "App")).ShouldSucceed();

        string stripped = repository.Workspace.PathOf("stripped.nupkg");
        ProbePackage.Infect(donor.Archive, stripped, DonorPackage.Id, ProbePackage.Payload(repository.Marker), stripSignature: true);
        File.Copy(stripped, archive, overwrite: true);
        (await repository.DotNetAsync("nuget", "verify", "--all", archive)).ShouldFailWith("NU3004");
        await repository.AssertStoppedAsync("STC7011", "restore", "App");
    }
}
