using System.Globalization;
using System.Text.RegularExpressions;

namespace SecurityToolchain.EndToEnd.Tests.Gate;

/// <summary>More than a hundred real packages: no finding, and the time that it takes.</summary>
public sealed partial class HonestGraphTests(PackedFeed feed, ITestOutputHelper output)
{
    private static readonly string[] Packages =
    [
        "Microsoft.EntityFrameworkCore.Sqlite 10.0.0", "Microsoft.EntityFrameworkCore.Design 10.0.0", "Dapper 2.1.66", "linq2db 6.5.1",
        "Newtonsoft.Json 13.0.3", "xunit.v3 3.2.1", "Microsoft.NET.Test.Sdk 18.0.1", "BenchmarkDotNet 0.14.0", "FsCheck 3.4.0",
        "Microsoft.AspNetCore.TestHost 10.0.0", "Mono.Cecil 0.11.6", "MSBuild.StructuredLogger 2.3.244", "Npgsql 10.0.0", "YamlDotNet 16.3.0",
        "Spectre.Console 0.57.2", "System.CommandLine 2.0.0", "Microsoft.IdentityModel.JsonWebTokens 8.16.0", "Microsoft.Extensions.Hosting 10.0.0",
        "Microsoft.CodeAnalysis.CSharp.Workspaces 4.14.0", "Microsoft.CodeAnalysis.NetAnalyzers 10.0.111", "SonarAnalyzer.CSharp 10.32.0.713",
        "Microsoft.Data.SqlClient 6.1.1", "Microsoft.Extensions.Http 10.0.0", "Microsoft.Build.Utilities.Core 18.0.2",
    ];

    [Fact]
    public async Task HundredRealPackages_PassWithoutFinding()
    {
        using var repository = new GateWorkspace(feed);
        repository.WriteApp(Packages, properties: "<GenerateProgramFile>false</GenerateProgramFile><NoWarn>$(NoWarn);NU1605;NU1603</NoWarn>");
        DotNetResult first = await repository.DotNetAsync("restore", "App", "-v:n");
        first.ShouldSucceed();
        (int count, int findings, double cold) = ReadSummary(first, "cold");
        output.WriteLine($"cold: {count} packages, {cold:F0} ms, {cold / count:F1} ms a package; {ProcessorTime(first)}");
        Assert.True(count >= 100, $"the graph has {count} packages only");
        Assert.Equal(0, findings);
        Assert.DoesNotContain("STC7", first.Output, StringComparison.Ordinal);

        DotNetResult second = await repository.DotNetAsync("restore", "App", "-v:n");
        second.ShouldSucceed();
        (_, _, double warm) = ReadSummary(second, "warm");
        output.WriteLine($"warm: {warm:F0} ms, {warm / count * 100:F0} ms for 100 packages; {ProcessorTime(second)}");

        // The command line sets other variables for a restore than for a build; the stamp of the one must count for the other.
        DotNetResult target = await repository.DotNetAsync("msbuild", "App", "-t:SecurityToolchainVerifyProject", "-v:n");
        target.ShouldSucceed();
        ReadSummary(target, "warm");
    }

    private static string ProcessorTime(DotNetResult result) => ProcessorLine().Match(result.Output).Value;

    private static (int Count, int Findings, double Milliseconds) ReadSummary(DotNetResult result, string kind)
    {
        Match match = SummaryLine().Match(result.Output);
        Assert.True(match.Success && match.Groups[3].Value == kind, $"no {kind} summary in:\n{result.Output}");
        return (int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture),
            double.Parse(match.Groups[4].Value, CultureInfo.InvariantCulture));
    }

    [GeneratedRegex(@"processor time \d+ ms")]
    private static partial Regex ProcessorLine();

    [GeneratedRegex(@"SecurityToolchain gate: (\d+) packages verified, (\d+) findings \((cold|warm) (\d+) ms\)")]
    private static partial Regex SummaryLine();
}
