namespace SecurityToolchain.GateCost;

/// <summary>What a large application references: well over a hundred packages once their dependencies are counted.</summary>
internal static class PackageGraph
{
    private static readonly string[] s_packages =
    [
        "Microsoft.EntityFrameworkCore.Sqlite 10.0.0", "Microsoft.EntityFrameworkCore.Design 10.0.0", "Dapper 2.1.66", "linq2db 6.5.1",
        "Newtonsoft.Json 13.0.3", "xunit.v3 3.2.1", "Microsoft.NET.Test.Sdk 18.0.1", "BenchmarkDotNet 0.14.0", "FsCheck 3.4.0",
        "Microsoft.AspNetCore.TestHost 10.0.0", "Mono.Cecil 0.11.6", "MSBuild.StructuredLogger 2.3.244", "Npgsql 10.0.0", "YamlDotNet 16.3.0",
        "Spectre.Console 0.57.2", "System.CommandLine 2.0.0", "Microsoft.IdentityModel.JsonWebTokens 8.16.0", "Microsoft.Extensions.Hosting 10.0.0",
        "Microsoft.CodeAnalysis.CSharp.Workspaces 4.14.0", "Microsoft.CodeAnalysis.NetAnalyzers 10.0.111", "SonarAnalyzer.CSharp 10.32.0.713",
        "Microsoft.Data.SqlClient 6.1.1", "Microsoft.Extensions.Http 10.0.0", "Microsoft.Build.Utilities.Core 18.0.2",
    ];

    /// <summary>A console application that references them.</summary>
    public static string Project { get; } = $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <NoWarn>$(NoWarn);NU1603;NU1605;NU1608;NU1900</NoWarn>
            <GenerateProgramFile>false</GenerateProgramFile>
            <StartupObject>AppProgram</StartupObject>
            <RunAnalyzers>false</RunAnalyzers>
          </PropertyGroup>
          <ItemGroup>
            {string.Join("\n    ", s_packages.Select(static package => package.Split(' ')).Select(static parts => $"<PackageReference Include=\"{parts[0]}\" Version=\"{parts[1]}\" />"))}
          </ItemGroup>
        </Project>
        """;
}
