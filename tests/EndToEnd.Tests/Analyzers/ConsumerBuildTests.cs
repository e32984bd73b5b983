using SecurityToolchain.Tooling;

namespace SecurityToolchain.EndToEnd.Tests.Analyzers;

/// <summary>Builds of projects that know the product only as a package.</summary>
public sealed class ConsumerBuildTests(PackedFeed feed)
{
    private const string RaceOnLine4 = """
        string path = args[0];
        if (!File.Exists(path))
        {
            File.WriteAllText(path, "new");
        }
        """;

    [Fact]
    public async Task VulnerableCode_IsAWarningWithItsFlowInSarif()
    {
        using var consumer = new AnalyzerConsumer(feed);
        consumer.WriteConsoleProject("App", RaceOnLine4);

        DotNetResult build = await consumer.Workspace.DotNetAsync("build", "App", "-v", "q", "--nologo");

        build.ShouldSucceed();
        Assert.Contains("warning STC5001", build.Output, StringComparison.Ordinal);
        SarifFinding finding = Assert.Single(consumer.Findings("App"), static finding => finding.RuleId == "STC5001");
        Assert.Equal(4, finding.Line);
        Assert.True(finding.Steps > 0, "the check is a related location");
    }

    [Fact]
    public async Task Severity_FromEditorConfig_BreaksTheBuild()
    {
        using var consumer = new AnalyzerConsumer(feed);
        consumer.WriteConsoleProject("App", RaceOnLine4);
        consumer.Workspace.Write(".editorconfig", "root = true\n[*.cs]\ndotnet_diagnostic.STC5001.severity = error\n");

        (await consumer.Workspace.DotNetAsync("build", "App", "-v", "q", "--nologo")).ShouldFailWith("error STC5001");
    }

    [Fact]
    public async Task Pragma_SilencesOneFinding()
    {
        using var consumer = new AnalyzerConsumer(feed);
        consumer.WriteConsoleProject("App", "#pragma warning disable STC5001 // one process only\n" + RaceOnLine4);

        (await consumer.Workspace.DotNetAsync("build", "App", "-v", "q", "--nologo")).ShouldSucceed();

        Assert.DoesNotContain(consumer.Findings("App"), static finding => finding.RuleId == "STC5001");
    }

    [Fact]
    public async Task ConfigurationFiles_AreCheckedWithTheCode()
    {
        using var consumer = new AnalyzerConsumer(feed);
        consumer.WriteConsoleProject("App", "return;");
        consumer.WriteConsoleProject("Unchecked", "return;", "<SecurityToolchainScanConfiguration>false</SecurityToolchainScanConfiguration>");
        const string Settings = """{ "ConnectionStrings": { "Shop": "Server=db;Database=Shop;User Id=shop;Password=kV8#pQ2z!mWn" } }""";
        consumer.Workspace.Write("App/appsettings.Production.json", Settings);
        consumer.Workspace.Write("App/obj/appsettings.json", Settings);
        consumer.Workspace.Write("App/.env", "DB_PASSWORD=kV8#pQ2z!mWn\n");
        consumer.Workspace.Write("Unchecked/appsettings.json", Settings);

        (await consumer.Workspace.DotNetAsync("build", "App", "-v", "q", "--nologo")).ShouldSucceed();
        (await consumer.Workspace.DotNetAsync("build", "Unchecked", "-v", "q", "--nologo")).ShouldSucceed();

        Assert.Equal(
            [".env", "appsettings.Production.json"],
            consumer.Findings("App").Where(static finding => finding.RuleId == "STC4003").Select(static finding => Path.GetFileName(finding.File)).Order(StringComparer.Ordinal));
        Assert.Empty(consumer.Findings("Unchecked"));
    }

    [Fact]
    public async Task Package_ShipsNothingToRunTime()
    {
        using var consumer = new AnalyzerConsumer(feed);
        consumer.WriteConsoleProject("App", "return;");

        (await consumer.Workspace.DotNetAsync("build", "App", "-v", "q", "--nologo")).ShouldSucceed();

        Assert.Empty(Directory.GetFiles(consumer.Workspace.PathOf("App/bin"), "SecurityToolchain*", SearchOption.AllDirectories));
        Assert.DoesNotContain("SecurityToolchain", await File.ReadAllTextAsync(Directory.GetFiles(consumer.Workspace.PathOf("App/bin"), "App.deps.json", SearchOption.AllDirectories).Single(), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task BrokenCode_NeverMakesAnAnalyzerThrow()
    {
        using var consumer = new AnalyzerConsumer(feed);
        consumer.WriteConsoleProject("App", """
            using System.Data.Common; using System.Security.Cryptography
            class A : Missing<A> { string Password = ; void M(DbCommand c, x) { c.CommandText = "a" + ; var r = new Random(.Next(; if (File.Exists( ) File.Delete( } }
            partial class { int this[ => ; async Task<> N( { await foreach (var in) yield return switch { _ => } } } record (string Key = "
            """);

        DotNetResult build = await consumer.Workspace.DotNetAsync("build", "App", "-v", "q", "--nologo");

        Assert.NotEqual(0, build.ExitCode);
        Assert.DoesNotContain("AD0001", build.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("CS8032", build.Output, StringComparison.Ordinal);
    }
}
