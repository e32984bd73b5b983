using SecurityToolchain.Scanning.Binaries.PortableExecutable;
using SecurityToolchain.Scanning.Hashing;
using SecurityToolchain.Scanning.Reports;

namespace SecurityToolchain.Scanning.Tests.Binaries;

public sealed class IlFlowTests
{
    private const string Samples = "SecurityToolchain.Scanning.Tests.Binaries.IlFlowSamples::";

    private static readonly Lazy<FileScanResult> Self = new(static () =>
        new ScanEngine(new ScanOptions { Analyzers = [new PeAnalyzer()] }).ScanBytes("tests.dll", File.ReadAllBytes(typeof(IlFlowTests).Assembly.Location)));

    private static string[] Rules(string method) => [.. Self.Value.Findings.Where(f => f.Location.Member == Samples + method).Select(static f => f.RuleId)];

    [Theory]
    [InlineData(nameof(IlFlowSamples.NonceZeros), "STC2005")]
    [InlineData(nameof(IlFlowSamples.NonceLiteral), "STC2005")]
    [InlineData(nameof(IlFlowSamples.NonceUtf8), "STC2005")]
    [InlineData(nameof(IlFlowSamples.NonceStack), "STC2005")]
    [InlineData(nameof(IlFlowSamples.IvField), "STC2005", "STC2005")]
    [InlineData(nameof(IlFlowSamples.IvText), "STC2005")]
    [InlineData(nameof(IlFlowSamples.IvBase64), "STC2005")]
    [InlineData(nameof(IlFlowSamples.KeyLiteral), "STC4001")]
    [InlineData(nameof(IlFlowSamples.KeyText), "STC4001")]
    [InlineData(nameof(IlFlowSamples.KeyWeak), "STC2008")]
    [InlineData(nameof(IlFlowSamples.NonceWeak), "STC2008")]
    [InlineData(nameof(IlFlowSamples.PropertyWeak), "STC2008")]
    [InlineData(nameof(IlFlowSamples.FieldWeak), "STC2008")]
    [InlineData(nameof(IlFlowSamples.NewPassword), "STC2008")]
    [InlineData(nameof(IlFlowSamples.EcbMode), "STC2003")]
    [InlineData(nameof(IlFlowSamples.EcbCall), "STC2003")]
    [InlineData(nameof(IlFlowSamples.HashByName), "STC2001")]
    [InlineData(nameof(IlFlowSamples.CipherByName), "STC2002")]
    [InlineData(nameof(IlFlowSamples.SqlLocal), "STC1001")]
    [InlineData(nameof(IlFlowSamples.SqlInterpolated), "STC1001")]
    [InlineData(nameof(IlFlowSamples.SqlFormat), "STC1001")]
    [InlineData(nameof(IlFlowSamples.SqlBuilder), "STC1001")]
    [InlineData(nameof(IlFlowSamples.SqlBranch), "STC1001")]
    [InlineData(nameof(IlFlowSamples.CommandProperty), "STC1003")]
    [InlineData(nameof(IlFlowSamples.CallbackArgument), "STC2101")]
    [InlineData(nameof(IlFlowSamples.CallbackBlock), "STC2101")]
    public void Scan_WeakSample_IsReported(string method, params string[] rules) => Assert.Equal(rules, Rules(method));

    [Fact]
    public void Scan_SafeSamples_AreNot()
    {
        string[] methods = [.. typeof(IlFlowSamples).GetMethods().Select(static m => m.Name).Where(static n => n.StartsWith("Safe", StringComparison.Ordinal))];
        Assert.True(methods.Length > 20);
        Assert.Empty(Self.Value.Findings.Where(f => methods.Any(m => f.Location.Member == Samples + m)).Select(static f => f.Location.Member + " " + f.RuleId));
    }

    // The values of one assembly can be anything; the framework's own code is a sample of some 50,000 methods.
    [Fact]
    public void Scan_Framework_GivesNoEngineErrorAndFewFindings()
    {
        var findings = new List<Finding>();
        var engine = new ScanEngine(new ScanOptions { Analyzers = [new PeAnalyzer()], Digests = DigestAlgorithms.None });
        foreach (string path in Directory.GetFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "System.*.dll"))
            findings.AddRange(engine.ScanBytes(Path.GetFileName(path), File.ReadAllBytes(path)).Findings);
        Assert.DoesNotContain(findings, static f => f.RuleId == "STC9010");
        // The class whose task is to build SQL text.
        findings.RemoveAll(static f => f.RuleId == "STC1001" && f.Location.Member!.StartsWith("System.Data.Common.DbCommandBuilder::", StringComparison.Ordinal));
        Assert.Empty(findings.Where(static f => f.RuleId is "STC1001" or "STC2005" or "STC2008" or "STC4001").Select(static f => f.Location.DisplayPath + " " + f.Location.Member + " " + f.RuleId));
        // The property that accepts every certificate on purpose, and the listener, which hands the decision about clients to the application.
        Assert.Equal(
            ["System.Net.Http.dll", "System.Net.HttpListener.dll"],
            findings.Where(static f => f.RuleId == "STC2101").Select(static f => f.Location.Path).Distinct().Order(StringComparer.Ordinal));
    }
}
