using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using SecurityToolchain.Scanning.Reports;

namespace SecurityToolchain.Scanning.Tests.Reports;

public sealed class SarifWriterTests
{
    private static readonly RuleMetadata Rule = new("STC8001", "extension-mismatch", "Content differs from extension", FindingSeverity.Warning)
    {
        Cwes = [646],
        Tags = ["files"],
        Remedy = "Rename it.",
    };

    private static string Write(params Finding[] findings)
    {
        using var output = new MemoryStream();
        SarifWriter.Write(output, new SarifRun { ToolVersion = "0.1.0", Findings = findings });
        return Encoding.UTF8.GetString(output.ToArray());
    }

    private static JsonElement Run(string sarif) => JsonDocument.Parse(sarif).RootElement.GetProperty("runs")[0];

    [Fact]
    public void Write_AnyOrderOfFindings_GivesTheSameBytes()
    {
        var a = new Finding(Rule, "a", new FindingLocation("x/a.txt") { Line = 3, Column = 2 });
        var b = new Finding(Rule, "b", new FindingLocation("x/b.txt") { Offset = 12, Length = 4 });
        var c = new Finding(Rule, "c", new FindingLocation("x/a.txt") { Line = 1 });
        Assert.Equal(Write(a, b, c), Write(c, b, a));
        Assert.Equal(["c", "a", "b"], Run(Write(b, a, c)).GetProperty("results").EnumerateArray()
            .Select(r => r.GetProperty("message").GetProperty("text").GetString()));
    }

    [Fact]
    public void Write_Finding_HasWhatTheSchemaRequires()
    {
        var finding = new Finding(Rule, "m", new FindingLocation("dir name/ü#.txt") { Line = 3, Column = 2, EndColumn = 9 })
        {
            Evidence = "proof",
            Severity = FindingSeverity.Error,
            Baseline = BaselineState.New,
            Suppression = new Suppression(SuppressionKind.External, "known"),
            RelatedLocations = [new FindingLocation("other.txt") { Message = "see" }, new FindingLocation("third.txt")],
            CodeFlows = [new CodeFlow([new FindingLocation("s.cs") { Line = 1, Message = "source" }, new FindingLocation("t.cs") { Line = 9 }])],
            Properties = ImmutableSortedDictionary<string, string>.Empty.Add("b", "2").Add("a", "1"),
        };
        string text = Write(finding);
        JsonElement root = JsonDocument.Parse(text).RootElement;
        Assert.Equal("2.1.0", root.GetProperty("version").GetString());
        JsonElement run = root.GetProperty("runs")[0];
        JsonElement rule = run.GetProperty("tool").GetProperty("driver").GetProperty("rules")[0];
        Assert.Equal("STC8001", rule.GetProperty("id").GetString());
        Assert.Equal(["security", "external/cwe/cwe-646", "files"],
            rule.GetProperty("properties").GetProperty("tags").EnumerateArray().Select(t => t.GetString()));

        JsonElement result = run.GetProperty("results")[0];
        Assert.Equal("error", result.GetProperty("level").GetString());
        Assert.Equal(0, result.GetProperty("ruleIndex").GetInt32());
        JsonElement physical = result.GetProperty("locations")[0].GetProperty("physicalLocation");
        Assert.Equal("dir%20name/%C3%BC%23.txt", physical.GetProperty("artifactLocation").GetProperty("uri").GetString());
        Assert.Equal("SRCROOT", physical.GetProperty("artifactLocation").GetProperty("uriBaseId").GetString());
        Assert.Equal(9, physical.GetProperty("region").GetProperty("endColumn").GetInt32());
        Assert.Equal("proof", physical.GetProperty("region").GetProperty("snippet").GetProperty("text").GetString());
        Assert.Equal("new", result.GetProperty("baselineState").GetString());
        Assert.Equal("known", result.GetProperty("suppressions")[0].GetProperty("justification").GetString());
        Assert.Equal(1, result.GetProperty("relatedLocations")[1].GetProperty("id").GetInt32());
        Assert.Equal(2, result.GetProperty("codeFlows")[0].GetProperty("threadFlows")[0].GetProperty("locations").GetArrayLength());
        Assert.Equal(["a", "b"], result.GetProperty("properties").EnumerateObject().Select(p => p.Name));
        Assert.Equal(32, result.GetProperty("partialFingerprints").GetProperty(Fingerprints.Name).GetString()!.Length);
    }

    [Fact]
    public void Write_ArchiveMember_NamesTheOuterFileAndTheMember()
    {
        string text = Write(new Finding(Rule, "m", new FindingLocation("a.zip") { InnerPath = "b.zip!/c.txt", Offset = 7 }));
        JsonElement location = Run(text).GetProperty("results")[0].GetProperty("locations")[0];
        Assert.Equal("a.zip", location.GetProperty("physicalLocation").GetProperty("artifactLocation").GetProperty("uri").GetString());
        Assert.False(location.GetProperty("physicalLocation").TryGetProperty("region", out _));
        Assert.Equal("a.zip!/b.zip!/c.txt", location.GetProperty("logicalLocations")[0].GetProperty("fullyQualifiedName").GetString());
    }

    [Fact]
    public void Write_LoneSurrogatesInNames_StayWritable()
    {
        string text = Write(new Finding(Rule, "m\ud800", new FindingLocation("a\udc00.txt") { InnerPath = "\ud800", Member = "\udfff" }) { Evidence = "\ud800" });
        Assert.Contains("%EF%BF%BD", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Fingerprint_MovedLine_Stays_SecondCopy_IsNew()
    {
        var first = new Finding(Rule, "m", new FindingLocation("a.txt") { Line = 3 }) { Evidence = "e" };
        Finding moved = first with { Location = first.Location with { Line = 30 } };
        Assert.Equal(Fingerprints.Compute([first]), Fingerprints.Compute([moved]));
        IReadOnlyList<string> both = Fingerprints.Compute([first, moved]);
        Assert.NotEqual(both[0], both[1]);
        Assert.NotEqual(Fingerprints.Compute([first])[0], Fingerprints.Compute([first with { Location = new FindingLocation("b.txt") }])[0]);
    }
}
