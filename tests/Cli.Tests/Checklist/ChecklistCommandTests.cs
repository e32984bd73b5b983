using System.Text.Json;
using SecurityToolchain.Cli.Checklist;
using SecurityToolchain.Cli.Commands;
using Spectre.Console;

namespace SecurityToolchain.Cli.Tests.Checklist;

/// <summary>A repository in which everything that files can show holds, and the same with one thing broken at a time.</summary>
public sealed class ChecklistCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();

    public void Dispose()
    {
        _folder.Dispose();
        _output.Dispose();
        _errors.Dispose();
    }

    [Fact]
    public void Items_AreThoseOfTheFourLists()
    {
        Assert.Equal([8, 7, 9, 8], Enum.GetValues<ChecklistArea>().Select(static area => ChecklistItems.All.Count(item => item.Area == area)));
        Assert.Equal(ChecklistItems.All.Count, ChecklistItems.All.Select(static item => item.Id).Distinct().Count());
    }

    [Fact]
    public void GoodRepository_PassesWhatFilesCanShow_AndLeavesTheRestToPeople()
    {
        WriteGood();
        (int exit, Dictionary<string, (string Status, string Evidence)> items) = Run();
        Assert.Equal(ExitCodes.Success, exit);
        string[] manual = [.. items.Where(static item => item.Value.Status == "manual").Select(static item => item.Key).Order(StringComparer.Ordinal)];
        Assert.Equal(
            [
                "deployment-alerting", "deployment-logging", "deployment-recovery", "operation-audits", "operation-documentation", "operation-incidents", "operation-monitoring",
                "operation-rotation", "operation-training",
            ],
            manual);
        Assert.DoesNotContain(items, static item => item.Value.Status is "fail" or "not applicable");
        Assert.All(items, static item => Assert.NotEmpty(item.Value.Evidence));
        Assert.Contains("src/App/Program.cs", items["deployment-logging"].Evidence, StringComparison.Ordinal);
    }

    public static TheoryData<string, string, string, string> Broken() => new()
    {
        { "development-dependencies", "Directory.Build.props", "<TreatWarningsAsErrors>", "<NuGetAudit>false</NuGetAudit><TreatWarningsAsErrors>" },
        { "development-analyzers", "Directory.Build.props", "true</TreatWarningsAsErrors>", "false</TreatWarningsAsErrors>" },
        { "development-analyzers", "src/App/App.csproj", "SecurityToolchain.Analyzers", "Other.Analyzers" },
        { "development-input", "build.sarif", "\"CA0001\"", "\"STC1001\"" },
        { "development-randomness", "build.sarif", "\"CA0001\"", "\"STC2008\"" },
        { "development-comparison", "build.sarif", "\"CA0001\"", "\"STC2010\"" },
        { "development-limits", "build.sarif", "\"CA0001\"", "\"STC1201\"" },
        { "deployment-secrets", "build.sarif", "\"CA0001\"", "\"STC4001\"" },
        { "operation-assessment", "build.sarif", "\"CA0001\"", "\"STC7010\"" },
        { "testing-unit", "tests.trx", "Passed", "Failed" },
        { "testing-fuzzing", "tests.trx", "MutatedInput", "OrdinaryInput" },
        { "testing-hostile", "tests.trx", "HostileName", "OrdinaryName" },
        { "testing-leaks", "tests.trx", "HoldsNoPassword", "IsShort" },
        { "testing-access", "tests.trx", "WithoutPermission", "Somehow" },
        { "testing-penetration", "tests.trx", "EndToEnd", "Unit" },
        { "testing-tls", "tests.trx", "TlsVersion", "Version" },
        { "deployment-images", "Dockerfile", "@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", ":latest" },
        { "deployment-user", "Dockerfile", "USER 10001", "USER root" },
        { "deployment-context", "k8s.yaml", "privileged: false", "privileged: true" },
        { "deployment-network", "k8s.yaml", "kind: NetworkPolicy", "kind: ConfigMap" },
        { "operation-incidents", "SECURITY.md", "delete", "" },
        { "operation-privilege", "Dockerfile", "USER 10001", "USER root" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void OneThingBroken_FailsItsItem(string id, string file, string replace, string with)
    {
        WriteGood();
        if (replace == "delete")
        {
            File.Delete(_folder.PathOf(file));
        }
        else
        {
            string text = File.ReadAllText(_folder.PathOf(file));
            Assert.Contains(replace, text, StringComparison.Ordinal);
            _folder.Write(file, text.Replace(replace, with, StringComparison.Ordinal));
        }

        (int exit, Dictionary<string, (string Status, string Evidence)> items) = Run();
        Assert.Equal(ExitCodes.Findings, exit);
        Assert.True(items[id].Status == "fail", $"{id}: {items[id]}");
    }

    [Fact]
    public void PackagePolicy_MissingFileOrInsecureSource_Fails()
    {
        WriteGood();
        File.Delete(_folder.PathOf("security-toolchain.json"));
        Assert.Equal("fail", Run().Items["development-sources"].Status);
        _folder.Write("security-toolchain.json", "{}");
        _folder.Write("nuget.config", """<configuration><packageSources><clear /><add key="a" value="http://packages.example/v3/index.json" /></packageSources></configuration>""");
        Assert.Equal("fail", Run().Items["development-sources"].Status);
    }

    [Fact]
    public void EmptyRepositoryWithoutLogs_PassesNothing()
    {
        _folder.Write("readme.txt", "nothing");
        (int exit, Dictionary<string, (string Status, string Evidence)> items) = Run(evidence: false);
        Assert.Equal(ExitCodes.Findings, exit);
        Assert.DoesNotContain(items, static item => item.Value.Status == "pass");
        Assert.Equal("manual", items["development-randomness"].Status);
        Assert.Equal("not applicable", items["deployment-user"].Status);
        Assert.Equal("fail", items["testing-unit"].Status);
    }

    [Fact]
    public void ManifestThatCannotBeRead_ProvesNothing()
    {
        WriteGood();
        _folder.Write("k8s.yaml", File.ReadAllText(_folder.PathOf("k8s.yaml")) + "\n---\nkind: Deployment\nspec: [ { unclosed\n");
        (string status, string evidence) = Run().Items["deployment-context"];
        Assert.True(status == "manual", $"{status}: {evidence}");
        Assert.Contains("k8s.yaml", evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void UnsafeCode_IsForAPersonToRead()
    {
        WriteGood();
        _folder.Write("Directory.Build.props", File.ReadAllText(_folder.PathOf("Directory.Build.props")).Replace("</PropertyGroup>", "<AllowUnsafeBlocks>true</AllowUnsafeBlocks></PropertyGroup>", StringComparison.Ordinal));
        (string status, string evidence) = Run().Items["development-memory"];
        Assert.Equal("manual", status);
        Assert.Contains("Directory.Build.props", evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void Suppressed_IsNoFinding_AndAbsentRulesProveNothing()
    {
        WriteGood();
        string log = File.ReadAllText(_folder.PathOf("build.sarif"));
        _folder.Write("build.sarif", log.Replace("\"ruleId\": \"CA0001\"", "\"ruleId\": \"STC2008\", \"suppressions\": [ { \"kind\": \"inSource\" } ]", StringComparison.Ordinal));
        Assert.Equal("pass", Run().Items["development-randomness"].Status);
        _folder.Write("build.sarif", log.Replace("STC2010", "CA9999", StringComparison.Ordinal));
        Assert.Equal("manual", Run().Items["development-comparison"].Status);
    }

    [Fact]
    public void Sarif_HasAResultOfTheRightKindForEachItem()
    {
        WriteGood();
        string sarif = _folder.PathOf("out/checklist.sarif");
        Run(sarif: sarif);
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(sarif));
        JsonElement run = document.RootElement.GetProperty("runs")[0];
        JsonElement[] results = [.. run.GetProperty("results").EnumerateArray()];
        Assert.Equal(ChecklistItems.All.Count, results.Length);
        Assert.All(results, static result => Assert.Equal("none", result.GetProperty("level").GetString()));
        Assert.Contains(results, static result => result.GetProperty("kind").GetString() == "review");
        Assert.Equal(ChecklistItems.All.Count, run.GetProperty("tool").GetProperty("driver").GetProperty("rules").GetArrayLength());
    }

    [Theory]
    [InlineData("nowhere", null, null)]
    [InlineData(".", "not json", null)]
    [InlineData(".", "{}", null)]
    [InlineData(".", null, "<html/>")]
    [InlineData(".", null, "<TestRun>")]
    public void BadInput_IsNamedAndIsNoAnswer(string path, string? log, string? tests)
    {
        string[] logs = log is null ? [] : [_folder.Write("log.sarif", log)];
        string[] results = tests is null ? [] : [_folder.Write("tests.xml", tests)];
        Assert.Equal(ExitCodes.Failure, ChecklistCommand.Run(_folder.PathOf(path), logs, results, asJson: true, null, Console(), _errors));
        Assert.StartsWith("sectool checklist: ", _errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Table_ShowsEveryItemAndTheSum()
    {
        WriteGood();
        Assert.Equal(ExitCodes.Success, ChecklistCommand.Run(_folder.Root, [_folder.PathOf("build.sarif")], [_folder.PathOf("tests.trx")], asJson: false, null, Console(), _errors));
        Assert.Contains("0 fail, 9 manual, 0 not applicable", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("Backups exist", _output.ToString(), StringComparison.Ordinal);
    }

    private void WriteGood()
    {
        _folder.Write("Directory.Build.props", """
            <Project><Import Project="Sdk.props" Sdk="SecurityToolchain.Sdk" /><PropertyGroup><TreatWarningsAsErrors>true</TreatWarningsAsErrors></PropertyGroup></Project>
            """);
        _folder.Write("security-toolchain.json", "{}");
        _folder.Write("SECURITY.md", "Report to security@example.org.");
        _folder.Write(".github/dependabot.yml", "version: 2\nupdates: []\n");
        _folder.Write("src/App/App.csproj", """<Project Sdk="Microsoft.NET.Sdk.Web"><ItemGroup><PackageReference Include="SecurityToolchain.Analyzers" /></ItemGroup></Project>""");
        _folder.Write("src/App/Program.cs", "var log = new SecurityEventLog(logger); var alerts = new AlertDispatcher(channels, logger);");
        _folder.Write("tests/Directory.Build.props", """<Project><ItemGroup><PackageReference Include="xunit.v3" /></ItemGroup></Project>""");
        _folder.Write("tests/App.Tests/App.Tests.csproj", """<Project Sdk="Microsoft.NET.Sdk" />""");
        _folder.Write("Dockerfile", """
            FROM mcr.microsoft.com/dotnet/aspnet@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
            COPY app /app
            USER 10001
            ENTRYPOINT ["/app/App"]
            """);
        _folder.Write("k8s.yaml", """
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: app
            spec:
              selector:
                matchLabels: { app: app }
              template:
                metadata:
                  labels: { app: app }
                spec:
                  automountServiceAccountToken: false
                  securityContext:
                    runAsNonRoot: true
                    runAsUser: 10001
                    seccompProfile: { type: RuntimeDefault }
                  containers:
                    - name: app
                      image: registry.example/app@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
                      resources:
                        limits: { cpu: "1", memory: 1Gi, ephemeral-storage: 1Gi }
                        requests: { cpu: "1", memory: 1Gi }
                      securityContext:
                        privileged: false
                        allowPrivilegeEscalation: false
                        readOnlyRootFilesystem: true
                        capabilities: { drop: [ALL] }
            ---
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata:
              name: app
            spec:
              podSelector:
                matchLabels: { app: app }
              policyTypes: [Ingress, Egress]
              ingress: []
              egress: []
            """);
        _folder.Write("build.sarif", """
            { "version": "2.1.0", "runs": [ {
              "tool": { "driver": { "name": "csc", "rules": [ { "id": "STC1001" }, { "id": "STC2008" }, { "id": "STC2009" }, { "id": "STC2010" }, { "id": "STC1201" }, { "id": "STC4001" }, { "id": "STC7010" } ] } },
              "results": [ { "ruleId": "CA0001", "locations": [ { "physicalLocation": { "artifactLocation": { "uri": "file:///src/App/Program.cs" }, "region": { "startLine": 7 } } } ] } ] } ] }
            """);
        string[] names = ["MutatedInput_Ends", "HostileName_IsRefused", "Message_HoldsNoPassword", "Call_WithoutPermission_IsRefused", "EndToEnd_Visit", "TlsVersion_IsCurrent"];
        _folder.Write("tests.trx", $"<TestRun><Results>{string.Concat(names.Select(static name => $"<UnitTestResult testName=\"App.{name}\" outcome=\"Passed\" />"))}</Results></TestRun>");
    }

    private IAnsiConsole Console()
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Interactive = InteractionSupport.No, Out = new AnsiConsoleOutput(_output) });
        console.Profile.Width = 200;
        return console;
    }

    private (int Exit, Dictionary<string, (string Status, string Evidence)> Items) Run(bool evidence = true, string? sarif = null)
    {
        _output.GetStringBuilder().Clear();
        int exit = ChecklistCommand.Run(
            _folder.Root, evidence ? [_folder.PathOf("build.sarif")] : [], evidence ? [_folder.PathOf("tests.trx")] : [], asJson: true, sarif, Console(), _errors);
        Assert.Equal(string.Empty, _errors.ToString());
        using JsonDocument document = JsonDocument.Parse(_output.ToString());
        return (exit, document.RootElement.GetProperty("items").EnumerateArray().ToDictionary(
            static item => item.GetProperty("id").GetString()!,
            static item => (item.GetProperty("status").GetString()!, string.Join('\n', item.GetProperty("evidence").EnumerateArray().Select(static line => line.GetString())))));
    }
}
