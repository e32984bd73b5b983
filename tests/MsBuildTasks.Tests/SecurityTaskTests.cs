using System.Runtime.Loader;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace SecurityToolchain.MsBuildTasks.Tests;

/// <summary>The tasks as MSBuild calls them. MSBuild's own assemblies come from the SDK, as in a build.</summary>
public sealed class SecurityTaskTests
{
    static SecurityTaskTests() => AssemblyLoadContext.Default.Resolving += static (context, name) =>
    {
        string path = Path.Combine(TestPackages.SdkFolder, name.Name + ".dll");
        return name.Name!.StartsWith("Microsoft.Build", StringComparison.Ordinal) && File.Exists(path) ? context.LoadFromAssemblyPath(path) : null;
    };

    [Fact]
    public void Execute_Defect_IsAnErrorWithACodeAndWithoutAStackTrace() => MsBuildCases.Defect();

    [Fact]
    public void CheckPackageNames_NearMiss_IsAnErrorWithHelp() => MsBuildCases.NearMiss();

    [Fact]
    public void CheckPackageNames_BadPolicy_NamesFileAndLine() => MsBuildCases.BadPolicy();

    /// <summary>Apart from the test class, so that its types are resolved after the handler above is in place.</summary>
    private static class MsBuildCases
    {
        public static void Defect()
        {
            var engine = new RecordingBuildEngine();
            var task = new VerifyPackages { BuildEngine = engine, Phase = "Nonsense", ProjectFile = "/repository/App.csproj", ExtensionsFolder = "obj" };
            Assert.False(task.Execute());
            BuildErrorEventArgs error = Assert.Single(engine.Errors);
            Assert.Equal("STC7099", error.Code);
            Assert.DoesNotContain("   at ", error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', error.Message!);
        }

        public static void NearMiss()
        {
            using var folder = new TemporaryFolder();
            var engine = new RecordingBuildEngine();
            var task = new CheckPackageNames
            {
                BuildEngine = engine,
                ProjectFile = folder.Write("App.csproj", ""),
                PackageReferences = [new TaskItem("Dapper"), new TaskItem("Newtonsoft.Jsom")],
                PackageDownloads = [new TaskItem("Serilogg")],
            };
            Assert.False(task.Execute());
            Assert.Equal(["STC7003", "STC7003"], engine.Errors.Select(static error => error.Code));
            Assert.Contains("'Newtonsoft.Json' with 'm' for 'n'", engine.Errors[0].Message, StringComparison.Ordinal);
            Assert.Equal("STC7003", engine.Errors[0].HelpKeyword);
            Assert.EndsWith("docs/rules/STC7003.md", engine.Errors[0].HelpLink, StringComparison.Ordinal);
        }

        public static void BadPolicy()
        {
            using var folder = new TemporaryFolder();
            string policy = folder.Write("security-toolchain.json", "{\n  \"alow\": []\n}");
            var engine = new RecordingBuildEngine();
            var task = new CheckPackageNames
            {
                BuildEngine = engine,
                ProjectFile = folder.Write("App.csproj", ""),
                PackageReferences = [new TaskItem("Contoso.Some" + Guid.NewGuid().ToString("N"))],
            };
            Assert.False(task.Execute());
            BuildErrorEventArgs error = Assert.Single(engine.Errors);
            Assert.Equal(("STC7040", policy, 2), (error.Code, error.File, error.LineNumber));
        }
    }
}
