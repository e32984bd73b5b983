using System.IO.Compression;
using SecurityToolchain.MsBuildTasks.Packages;
using SecurityToolchain.MsBuildTasks.Policy;
using SecurityToolchain.MsBuildTasks.Signatures;

namespace SecurityToolchain.MsBuildTasks.Tests.Signatures;

public sealed class SignatureValidatorTests
{
    private static readonly TrustedRoots Roots = TrustedRoots.Load(TestPackages.SdkFolder)!;
    private static readonly SignatureValidator Validator = new(Roots, TimeProvider.System);

    private static string AnyArchive => TestPackages.SignedArchives().First(static path => new FileInfo(path).Length < 400_000);

    [Fact]
    public void Validate_RealPackages_AreValidAndNameOwners()
    {
        GatePolicy policy = GatePolicyReader.Read("""{ "trustedSigners": [ "nuget.org" ] }"""u8.ToArray(), "/p.json");
        foreach (string path in TestPackages.SignedArchives())
        {
            using FileStream archive = File.OpenRead(path);
            SignatureVerdict verdict = Validator.Validate(archive);
            Assert.True(verdict.IsValid, $"{path}: {verdict.Reason}");

            PackageSignature signature = SignatureEnvelope.Decode(SignatureEnvelope.ReadBytes(archive, ZipDirectory.Read(archive))!).Describe();
            Assert.NotEmpty(signature.Owners);
            Assert.NotNull(signature.RepositoryServiceIndex);
            Assert.Contains(signature.Fingerprints, policy.TrustedFingerprints.Contains);
        }
    }

    [Fact]
    public void Validate_BitFlipped_IsInvalid()
    {
        byte[] bytes = File.ReadAllBytes(AnyArchive);
        bytes[1000] ^= 1;
        Assert.False(Validator.Validate(new MemoryStream(bytes)).IsValid);
    }

    [Fact]
    public void Validate_EntryAdded_IsInvalid()
    {
        using var stream = new MemoryStream();
        stream.Write(File.ReadAllBytes(AnyArchive));
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Update, leaveOpen: true))
            zip.CreateEntry("build/evil.targets").Open().Dispose();
        bool valid = false;
        try
        {
            valid = Validator.Validate(stream).IsValid;
        }
        catch (PackageFormatException)
        {
        }

        Assert.False(valid);
    }

    [Fact]
    public void Validate_SignatureRemoved_IsInvalid()
    {
        using var stream = new MemoryStream();
        stream.Write(File.ReadAllBytes(AnyArchive));
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Update, leaveOpen: true))
            zip.GetEntry(".signature.p7s")!.Delete();
        Assert.Equal(SignatureVerdict.Invalid("the package is not signed"), Validator.Validate(stream));
    }

    [Fact]
    public void Validate_SignatureOfAnotherPackage_IsInvalid()
    {
        string[] archives = [.. TestPackages.SignedArchives().Take(2)];
        using FileStream first = File.OpenRead(archives[0]);
        using FileStream second = File.OpenRead(archives[1]);
        SignatureEnvelope foreign = SignatureEnvelope.Decode(SignatureEnvelope.ReadBytes(second, ZipDirectory.Read(second))!);
        byte[] hash = PackageContentHash.Compute(first, foreign.HashAlgorithm);
        Assert.Contains("not the one that was signed", Validator.Validate(foreign, hash).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_NoTrustedRoot_IsInvalid()
    {
        using var folder = new TemporaryFolder();
        folder.Write("trustedroots/codesignctl.pem", "");
        folder.Write("trustedroots/timestampctl.pem", "");
        var validator = new SignatureValidator(TrustedRoots.Load(folder.Root)!, TimeProvider.System);
        using FileStream archive = File.OpenRead(AnyArchive);
        Assert.False(validator.Validate(archive).IsValid);
    }

    [Fact]
    public void Decode_Garbage_IsRefused()
    {
        Assert.Throws<PackageFormatException>(() => SignatureEnvelope.Decode([0x30, 0x03, 1, 2, 3]));
        Assert.Throws<PackageFormatException>(() => SignatureEnvelope.Decode([]));
    }

    [Fact]
    public void Load_FolderWithoutBundles_IsNull()
    {
        using var folder = new TemporaryFolder();
        Assert.Null(TrustedRoots.Load(folder.Root));
    }
}
