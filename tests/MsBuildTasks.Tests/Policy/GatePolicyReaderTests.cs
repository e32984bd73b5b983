using System.Reflection;
using System.Text;
using System.Text.Json;
using SecurityToolchain.MsBuildTasks.Policy;

namespace SecurityToolchain.MsBuildTasks.Tests.Policy;

public sealed class GatePolicyReaderTests
{
    private static GatePolicy Read(string text) => GatePolicyReader.Read(Encoding.UTF8.GetBytes(text), "/repository/security-toolchain.json");

    [Fact]
    public void Read_EveryMember_IsUnderstood()
    {
        GatePolicy policy = Read("""
            {
              // Comments are allowed.
              "$schema": "x",
              "requireSignature": false,
              "trustedSigners": [ "nuget.org", { "name": "us", "fingerprints": [ "aa:bb:cc:dd:ee:ff:00:11:22:33:44:55:66:77:88:99:aa:bb:cc:dd:ee:ff:00:11:22:33:44:55:66:77:88:99" ] } ],
              "owners": [ { "packages": "Newtonsoft.*", "owners": [ "newtonsoft" ] } ],
              "localFeeds": [ { "path": "artifacts/packages", "packages": "Contoso.*", "reason": "built here" } ],
              "allow": [ { "rule": "STC7003", "package": "Contoso.Jsom", "reason": "ours", "expires": "2030-01-31" } ],
            }
            """);

        Assert.False(policy.RequireSignature);
        Assert.Equal(4, policy.TrustedFingerprints.Count);
        Assert.Contains("AABBCCDDEEFF00112233445566778899AABBCCDDEEFF00112233445566778899", policy.TrustedFingerprints);
        Assert.True(policy.Owners[0].Packages.Matches("newtonsoft.json"));
        Assert.Equal("/repository/artifacts/packages", policy.LocalFeeds[0].Folder);
        Assert.True(policy.Allows("STC7003", "contoso.jsom", new DateOnly(2030, 1, 31)));
        Assert.False(policy.Allows("STC7003", "contoso.jsom", new DateOnly(2030, 2, 1)));
        Assert.False(policy.Allows("STC7001", "contoso.jsom", new DateOnly(2029, 1, 1)));
        Assert.False(policy.Allows("STC7003", "contoso.json", new DateOnly(2029, 1, 1)));
    }

    [Theory]
    [InlineData("{\n \"alow\": []\n}", 2, "'alow' is not a member of the policy")]
    [InlineData("{\n \"allow\": [\n  { \"rule\": \"STC7003\", \"package\": \"A\",\n  \"expires\": \"2030-01-01\" } ]\n}", 3, "needs 'reason'")]
    [InlineData("{\n \"allow\": [\n  { \"rule\": \"STC7003\", \"package\": \"A\", \"reason\": \" \",\n  \"expires\": \"2030-01-01\" } ]\n}", 3, "reason is empty")]
    [InlineData("{ \"allow\": [ { \"rule\": \"STC7003\", \"package\": \"A\", \"reason\": \"r\" } ] }", 1, "needs 'expires'")]
    [InlineData("{ \"allow\": [ { \"rule\": \"STC7003\", \"package\": \"A\", \"reason\": \"r\", \"expires\": \"31.1.2030\" } ] }", 1, "yyyy-MM-dd")]
    [InlineData("{ \"allow\": [ { \"rule\": \"STC7022\", \"package\": \"A\", \"reason\": \"r\", \"expires\": \"2030-01-01\" } ] }", 1, "'STC7022' cannot be allowed")]
    [InlineData("{ \"allow\": [ { \"rule\": \"STC7003\", \"package\": \"*\", \"reason\": \"r\", \"expires\": \"2030-01-01\" } ] }", 1, "'*' is neither")]
    [InlineData("{ \"allow\": [ { \"rule\": \"STC7003\", \"package\": \"A*B\", \"reason\": \"r\", \"expires\": \"2030-01-01\" } ] }", 1, "'A*B' is neither")]
    [InlineData("{\n\n \"requireSignature\": \"yes\" }", 3, "must be true or false")]
    [InlineData("{ \"trustedSigners\": [ \"nuget.com\" ] }", 1, "'nuget.com' is not a known signer")]
    [InlineData("{ \"trustedSigners\": [ { \"name\": \"a\", \"fingerprints\": [ \"12\" ] } ] }", 1, "64 hexadecimal digits")]
    [InlineData("{ \"owners\": [ { \"packages\": \"A\", \"owners\": [] } ] }", 1, "'owners' is empty")]
    [InlineData("{ \"allow\": [], \"allow\": [] }", 1, "'allow' stands twice")]
    [InlineData("[]", 1, "must be an object")]
    [InlineData("{\n \"allow\": [,]\n}", 2, "not JSON")]
    [InlineData("{}\n{}", 2, "")]
    [InlineData("", 1, "not JSON")]
    public void Read_WrongPolicy_NamesTheLine(string text, int line, string message)
    {
        PolicyException exception = Assert.Throws<PolicyException>(() => Read(text));
        Assert.Equal(line, exception.Line);
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_FileInAParent_IsFound()
    {
        using var folder = new TemporaryFolder();
        string policy = folder.Write("security-toolchain.json", "{}");
        folder.Write("src/App/App.csproj", "");
        Assert.Equal(policy, GatePolicy.Find(folder.PathOf("src/App")));
    }

    [Fact]
    public void Schema_ListsTheMembersAndRulesThatTheReaderKnows()
    {
        using Stream stream = typeof(GatePolicy).Assembly.GetManifestResourceStream("security-toolchain.schema.json")!;
        using JsonDocument schema = JsonDocument.Parse(stream);
        JsonElement properties = schema.RootElement.GetProperty("properties");
        Assert.Equal(["$schema", "requireSignature", "trustedSigners", "owners", "localFeeds", "allow"], properties.EnumerateObject().Select(static member => member.Name));

        foreach (JsonElement rule in properties.GetProperty("allow").GetProperty("items").GetProperty("properties").GetProperty("rule").GetProperty("enum").EnumerateArray())
            Read($$"""{ "allow": [ { "rule": "{{rule.GetString()}}", "package": "A", "reason": "r", "expires": "2030-01-01" } ] }""");
    }
}
