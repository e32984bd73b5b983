using SecurityToolchain.MsBuildTasks.Packages;
using SecurityToolchain.MsBuildTasks.Signatures;
using SecurityToolchain.MsBuildTasks.Stamps;

namespace SecurityToolchain.MsBuildTasks.Tests.Packages;

public sealed class PackageExaminerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly PackageExaminer _examiner;
    private readonly PackageUse _use;

    public PackageExaminerTests()
    {
        _examiner = new PackageExaminer(TrustedRoots.Load(TestPackages.SdkFolder), new RecordStore(StateKey.Open(_folder.PathOf("state"))), TimeProvider.System);
        _use = TestPackages.Extract(_folder.PathOf("packages"), ("lib/net10.0/Probe.dll", "library"), ("lib/net8.0/Probe.dll", "older"), ("build/Contoso.Probe.targets", "<Project />"));
        _use.Files.Add("lib/net10.0/Probe.dll");
    }

    public void Dispose() => _folder.Dispose();

    private string PathOf(string relative) => Path.Combine(_use.Folder, relative);

    [Fact]
    public void Examine_Untouched_IsCleanAndRemembered()
    {
        PackageExamination first = _examiner.Examine(_use);
        Assert.Null(first.Problem);
        Assert.Empty(first.Differences);
        Assert.False(first.IsSigned);
        Assert.NotNull(first.Record);
        Assert.False(first.FromRecord);

        PackageExamination second = _examiner.Examine(_use);
        Assert.True(second.FromRecord);
        Assert.Equal(first.ContentHash, second.ContentHash);
    }

    [Fact]
    public void Examine_MoreFilesUsedThanRemembered_ExaminesAgain()
    {
        _examiner.Examine(_use);
        _use.Files.Add("lib/net8.0/Probe.dll");
        Assert.False(_examiner.Examine(_use).FromRecord);
        Assert.True(_examiner.Examine(_use).FromRecord);
    }

    [Theory]
    [InlineData("lib/net10.0/Probe.dll", "LIBRARY")]
    [InlineData("build/Contoso.Probe.targets", "<Project>")]
    [InlineData("contoso.probe.nuspec", "<PACKAGE />")]
    public void Examine_UsedFileChangedWithTimesPutBack_IsFound(string path, string content)
    {
        _examiner.Examine(_use);
        DateTime time = File.GetLastWriteTimeUtc(PathOf(path));
        File.WriteAllText(PathOf(path), content);
        File.SetLastWriteTimeUtc(PathOf(path), time);

        PackageExamination examination = _examiner.Examine(_use);
        Assert.Equal([new ContentDifference(ContentDifferenceKind.Changed, path)], examination.Differences);
        Assert.Null(examination.Record);
    }

    [Fact]
    public void Examine_UnusedFileChanged_IsNotLookedAt()
    {
        File.WriteAllText(PathOf("lib/net8.0/Probe.dll"), "OLDER");
        Assert.Empty(_examiner.Examine(_use).Differences);
        _use.WholePackage = true;
        Assert.Equal("lib/net8.0/Probe.dll", Assert.Single(_examiner.Examine(_use).Differences).Path);
    }

    [Theory]
    [InlineData("build/other.targets")]
    [InlineData("buildTransitive/net10.0/Contoso.Probe.props")]
    [InlineData("analyzers/dotnet/cs/a.dll")]
    [InlineData("lib/net10.0/extra.dll")]
    [InlineData(".hidden")]
    public void Examine_FileAdded_IsFound(string path)
    {
        _examiner.Examine(_use);
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(path))!);
        File.WriteAllText(PathOf(path), "x");
        Assert.Equal([new ContentDifference(ContentDifferenceKind.Added, path)], _examiner.Examine(_use).Differences);
    }

    [Fact]
    public void Examine_DocumentationChangedInAWholePackage_KnownLimit()
    {
        // No build runs documentation; comparing it would double the cost of packages with props or targets.
        PackageUse use = TestPackages.Extract(_folder.PathOf("documented"), ("lib/net10.0/Probe.xml", "<doc />"), ("tools/settings.xml", "<a />"));
        use.WholePackage = true;
        File.WriteAllText(Path.Combine(use.Folder, "lib/net10.0/Probe.xml"), "<DOC />");
        Assert.Empty(_examiner.Examine(use).Differences);
        File.WriteAllText(Path.Combine(use.Folder, "tools/settings.xml"), "<b />");
        Assert.Equal("tools/settings.xml", Assert.Single(_examiner.Examine(use).Differences).Path);
    }

    [Fact]
    public void Examine_NoRootsAndNoNuGet_CountsAsInvalid()
    {
        // The test host has no NuGet assemblies beside it: neither verifier can answer, and unknown is not clean.
        string archive = TestPackages.SignedArchives().First();
        string folder = Path.GetDirectoryName(archive)!;
        var use = new PackageUse(new PackageIdentity(Path.GetFileName(Path.GetDirectoryName(folder)!), Path.GetFileName(folder)), folder);
        PackageExamination examination = new PackageExaminer(null, new RecordStore(null), TimeProvider.System).Examine(use);
        Assert.True(examination.IsSigned);
        Assert.False(examination.SignatureVerdict.IsValid);
        Assert.Contains("neither", examination.SignatureVerdict.Reason, StringComparison.Ordinal);
        Assert.Null(examination.Record);
    }

    [Fact]
    public void Examine_FileMissing_IsFound()
    {
        File.Delete(PathOf("lib/net10.0/Probe.dll"));
        Assert.Equal(ContentDifferenceKind.Missing, Assert.Single(_examiner.Examine(_use).Differences).Kind);
    }

    [Fact]
    public void Examine_FileReplacedByLink_IsFound()
    {
        string elsewhere = _folder.Write("elsewhere.dll", "library");
        File.Delete(PathOf("lib/net10.0/Probe.dll"));
        File.CreateSymbolicLink(PathOf("lib/net10.0/Probe.dll"), elsewhere);
        Assert.Equal(ContentDifferenceKind.Link, Assert.Single(_examiner.Examine(_use).Differences).Kind);
    }

    [Fact]
    public void Examine_ArchiveMissing_IsAProblem()
    {
        File.Delete(_use.ArchivePath);
        Assert.Contains("is missing", _examiner.Examine(_use).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Examine_ArchiveIsGarbage_IsAProblem()
    {
        File.WriteAllText(_use.ArchivePath, "garbage");
        Assert.NotNull(_examiner.Examine(_use).Problem);
    }

    [Fact]
    public void Examine_ArchiveAndFilesReplacedTogether_ShowsInTheExtractionHash()
    {
        string metadata = File.ReadAllText(PathOf(".nupkg.metadata"));
        Directory.Delete(_use.Folder, recursive: true);
        TestPackages.Extract(_folder.PathOf("packages"), ("lib/net10.0/Probe.dll", "evil"));
        File.WriteAllText(PathOf(".nupkg.metadata"), metadata);
        PackageExamination examination = _examiner.Examine(_use);
        Assert.Empty(examination.Differences);
        Assert.NotEqual(examination.ExtractionHash, examination.ContentHash);
        Assert.Null(examination.Record);
    }

    [Fact]
    public void Examine_RecordOfAnotherKey_IsNotBelieved()
    {
        _examiner.Examine(_use);
        File.Delete(_folder.PathOf("state/gate.key"));
        var other = new PackageExaminer(null, new RecordStore(StateKey.Open(_folder.PathOf("state"))), TimeProvider.System);
        Assert.False(other.Examine(_use).FromRecord);
    }

    [Fact]
    public void Examine_RecordEdited_IsNotBelieved()
    {
        _examiner.Examine(_use);
        string record = Directory.EnumerateFiles(_folder.PathOf("state/packages")).Single();
        byte[] bytes = File.ReadAllBytes(record);
        bytes[^1] ^= 1;
        File.WriteAllBytes(record, bytes);
        Assert.False(_examiner.Examine(_use).FromRecord);
    }

    [Fact]
    public void Examine_SiblingVersionSigned_SaysSo()
    {
        string sibling = Path.Combine(Path.GetDirectoryName(_use.Folder)!, "1.0.0", ".signature.p7s");
        Directory.CreateDirectory(Path.GetDirectoryName(sibling)!);
        File.WriteAllText(sibling, "");
        Assert.Equal("version 1.0.0 of it is signed", _examiner.Examine(_use).SignedBefore);
    }
}
