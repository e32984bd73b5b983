using SecurityToolchain.MsBuildTasks.Gate;

namespace SecurityToolchain.MsBuildTasks.Tests.Gate;

public sealed class PackageGateTests : IDisposable
{
    private const string AllowUnsigned = """{ "allow": [ { "rule": "STC7010", "package": "Contoso.*", "reason": "built here", "expires": "2026-12-31" } ] }""";

    private readonly GateProject _project = new();

    public void Dispose() => _project.Dispose();

    private static void AssertRules(GateReport report, params string[] rules) =>
        Assert.Equal(rules, report.Findings.Select(static finding => finding.RuleId).Order(StringComparer.Ordinal));

    [Fact]
    public void Verify_UnsignedPackage_IsReportedWithPackageEvidenceAndRemedy()
    {
        GateReport report = _project.Verify();
        AssertRules(report, "STC7010");
        Assert.False(report.Passed);
        Assert.False(File.Exists(_project.Guard));
        string message = report.Findings[0].Message;
        Assert.Contains("Contoso.Probe 1.2.3", message, StringComparison.Ordinal);
        Assert.Contains("carries no signature", message, StringComparison.Ordinal);
        Assert.Contains("localFeeds", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_AllowedPackage_PassesAndIsStamped()
    {
        _project.WritePolicy(AllowUnsigned);
        GateReport cold = _project.Verify();
        AssertRules(cold);
        Assert.True(cold.Passed);
        Assert.False(cold.FromStamp);
        Assert.True(cold.HasPackageImports);
        Assert.Contains("ExcludeRestorePackageImports", File.ReadAllText(_project.Guard), StringComparison.Ordinal);

        GateReport warm = _project.Verify();
        Assert.True(warm.FromStamp);
        Assert.Equal(1, warm.PackageCount);
        Assert.StartsWith("SecurityToolchain gate: 1 packages verified, 0 findings (warm ", warm.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_ExpiredEntryOfAnotherPackage_FailsTheBuildUntilSomebodyLooks()
    {
        _project.WritePolicy("""{ "requireSignature": false, "allow": [ { "rule": "STC7003", "package": "Other", "reason": "r", "expires": "2026-05-31" } ] }""");
        AssertRules(_project.Verify(), "STC7041");
    }

    [Fact]
    public void Verify_AllowEntryRunsOut_StampEndsAndEntryIsReported()
    {
        _project.WritePolicy(AllowUnsigned);
        Assert.True(_project.Verify().Passed);
        _project.Time.Now = new DateTimeOffset(2027, 1, 1, 0, 0, 1, TimeSpan.Zero);
        GateReport report = _project.Verify();
        AssertRules(report, "STC7010", "STC7041");
        Assert.False(File.Exists(_project.Guard));
    }

    [Fact]
    public void Verify_BadPolicy_IsReportedWithTheLineAndTheDefaultsHold()
    {
        _project.WritePolicy("{\n  \"requireSignature\": flase\n}");
        GateReport report = _project.Verify();
        AssertRules(report, "STC7010", "STC7040");
        Assert.Equal(2, report.Findings.Single(static finding => finding.RuleId == "STC7040").Location.Line);
    }

    [Fact]
    public void Verify_SignatureNotRequired_Passes()
    {
        _project.WritePolicy("""{ "requireSignature": false }""");
        AssertRules(_project.Verify());
    }

    [Fact]
    public void Verify_OwnersAskedOfUnsignedPackage_IsReported()
    {
        _project.WritePolicy("""{ "requireSignature": false, "owners": [ { "packages": "Contoso.*", "owners": [ "contoso" ] } ] }""");
        AssertRules(_project.Verify(), "STC7014");
    }

    [Fact]
    public void Verify_LockFile_PinsTheHash()
    {
        _project.WritePolicy(AllowUnsigned);
        _project.WriteLockFile(_project.ContentHash);
        AssertRules(_project.Verify());
        _project.WriteLockFile("AAAA" + _project.ContentHash[4..]);
        AssertRules(_project.Verify(), "STC7020");
    }

    [Theory]
    [InlineData("false", true)]
    [InlineData("FALSE", true)]
    [InlineData("0", true)]
    [InlineData("true", false)]
    [InlineData(null, false)]
    public void Verify_VerificationVariable_IsReportedWhenItSwitchesOff(string? value, bool reported)
    {
        _project.WritePolicy(AllowUnsigned);
        _project.Verify();
        _project.Variables["DOTNET_NUGET_SIGNATURE_VERIFICATION"] = value;
        AssertRules(_project.Verify(), reported ? ["STC7015"] : []);
    }

    [Theory]
    [InlineData("/elsewhere/evil.targets", false)]
    [InlineData("$(NuGetPackageRoot)contoso.probe/1.2.3/../../evil.targets", true)]
    [InlineData("$(Evil)evil.targets", true)]
    public void Verify_ImportFromElsewhere_IsReported(string import, bool create)
    {
        _project.WritePolicy(AllowUnsigned);
        string evil = Path.Combine(_project.PackageRoot, "evil.targets");
        File.WriteAllText(evil, "<Project />");
        _project.WriteGenerated(create ? import : evil);
        AssertRules(_project.Verify(), "STC7024");
    }

    [Fact]
    public void Verify_GeneratedFileWithTarget_IsReported()
    {
        _project.WritePolicy(AllowUnsigned);
        _project.WriteGenerated("$(NuGetPackageRoot)contoso.probe/1.2.3/build/Contoso.Probe.targets", "<Target Name=\"X\" />");
        AssertRules(_project.Verify(), "STC7024");
    }

    [Fact]
    public void Verify_OtherPackageRootAtEvaluation_IsReportedWarmAndCold()
    {
        _project.WritePolicy(AllowUnsigned);
        AssertRules(_project.Verify(packageRoot: "/elsewhere/"), "STC7024");
        AssertRules(_project.Verify(_project.PackageRoot));
        GateReport warm = _project.Verify(packageRoot: "/elsewhere/");
        Assert.True(warm.FromStamp);
        AssertRules(warm, "STC7024");
    }

    [Theory]
    [InlineData("{", "not an assets file")]
    [InlineData("{}", "not an assets file")]
    [InlineData("[]", "not an assets file")]
    public void Verify_BrokenAssetsFile_IsIncomplete(string content, string evidence)
    {
        File.WriteAllText(Path.Combine(Path.GetDirectoryName(_project.Guard)!, "project.assets.json"), content);
        GateReport report = _project.Verify();
        AssertRules(report, "STC7030");
        Assert.Contains(evidence, report.Findings[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_PackageGone_IsIncomplete()
    {
        Directory.Delete(_project.Package.Folder, recursive: true);
        AssertRules(_project.Verify(), "STC7030");
    }

    [Fact]
    public void Verify_NotRestored_SaysSo()
    {
        File.Delete(Path.Combine(Path.GetDirectoryName(_project.Guard)!, "project.assets.json"));
        Assert.False(_project.Verify().IsRestored);
    }

    [Fact]
    public void Verify_ControlCharactersInNames_AreShownByNumber()
    {
        using var project = new GateProject("Contoso.Pr\u043ebe\u202e");
        GateReport report = project.Verify();
        Assert.Contains(report.Findings, static finding => finding.Message.Contains("<U+043E>", StringComparison.Ordinal));
        Assert.DoesNotContain(report.Findings, static finding => finding.Message.Any(static character => character > '\x7e'));
    }
}
