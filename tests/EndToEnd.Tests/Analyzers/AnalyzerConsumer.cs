using SecurityToolchain.Tooling;

namespace SecurityToolchain.EndToEnd.Tests.Analyzers;

/// <summary>A workspace whose projects reference the packed analyzers, as a user's Directory.Build.props would.</summary>
public sealed class AnalyzerConsumer : IDisposable
{
    /// <summary>Creates the workspace.</summary>
    /// <param name="feed">The packed packages.</param>
    /// <param name="withGate">Whether the package gate is in the build, too.</param>
    public AnalyzerConsumer(PackedFeed feed, bool withGate = false)
    {
        ArgumentNullException.ThrowIfNull(feed);
        Workspace = new TestWorkspace(feed.Folder);
        Workspace.Write("Directory.Build.props", $"""
            <Project>
              {(withGate ? $"""<Import Project="Sdk.props" Sdk="SecurityToolchain.Sdk" Version="{feed.Version}" />""" : "")}
              <PropertyGroup>
                <NoWarn>$(NoWarn);NU1603;NU1900</NoWarn>
                <ErrorLog>$(MSBuildThisFileDirectory)$(MSBuildProjectName).sarif,version=2.1</ErrorLog>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="SecurityToolchain.Analyzers" Version="{feed.Version}" PrivateAssets="all" />
              </ItemGroup>
            </Project>
            """);
        if (!withGate)
            return;
        Workspace.Write("Directory.Build.targets", $"""<Project><Import Project="Sdk.targets" Sdk="SecurityToolchain.Sdk" Version="{feed.Version}" /></Project>""");
        Workspace.Write("Directory.Solution.targets", $"""<Project><Import Project="Solution.targets" Sdk="SecurityToolchain.Sdk" Version="{feed.Version}" /></Project>""");
        Workspace.WriteGatePolicy(feed);
    }

    /// <summary>The folder.</summary>
    public TestWorkspace Workspace { get; }

    /// <summary>Writes a console project with one source file.</summary>
    public void WriteConsoleProject(string name, string source, string properties = "")
    {
        Workspace.Write($"{name}/{name}.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                {properties}
              </PropertyGroup>
            </Project>
            """);
        Workspace.Write($"{name}/Program.cs", source);
    }

    /// <summary>This product's findings in the last build of a project.</summary>
    public IReadOnlyList<SarifFinding> Findings(string project) =>
    [
        .. SarifLog.Read(Workspace.PathOf(project + ".sarif")).Findings.Where(static finding => finding.RuleId.StartsWith("STC", StringComparison.Ordinal)),
    ];

    /// <inheritdoc/>
    public void Dispose() => Workspace.Dispose();
}
