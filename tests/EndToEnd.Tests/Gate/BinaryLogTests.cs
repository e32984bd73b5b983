using Microsoft.Build.Logging.StructuredLogger;

namespace SecurityToolchain.EndToEnd.Tests.Gate;

/// <summary>The order of the gate as an MSBuild binary log records it.</summary>
public sealed class BinaryLogTests(PackedFeed feed)
{
    [Fact]
    public async System.Threading.Tasks.Task Build_RunsTheGateBeforeWhatPackagesDeliver()
    {
        using var repository = new GateWorkspace(feed);
        repository.WriteApp(["Microsoft.NET.Test.Sdk 18.0.1"], properties: "<GenerateProgramFile>false</GenerateProgramFile>");
        (await repository.DotNetAsync("build", "App", "-bl:build.binlog")).ShouldSucceed();

        Build build = BinaryLog.ReadBuild(repository.Workspace.PathOf("build.binlog"));
        List<Target> targets = [];
        build.VisitAllChildren<Target>(targets.Add, TestContext.Current.CancellationToken);
        List<Target> executed = [.. targets.Where(static target => target.Children.Count > 0).OrderBy(static target => target.StartTime)];

        Target names = executed.First(static target => target.Name == "SecurityToolchainCheckPackageNames");
        Target verify = executed.First(static target => target.Name == "SecurityToolchainVerifyProject");
        Target gate = executed.First(static target => target.Name == "SecurityToolchainGate");
        DateTime download = executed.Where(static target => target.Name == "Restore").Min(static target => target.EndTime);

        Assert.True(names.EndTime <= download, "names are checked before the download ends");
        List<Microsoft.Build.Logging.StructuredLogger.Task> restores = [];
        build.VisitAllChildren<Microsoft.Build.Logging.StructuredLogger.Task>(task =>
        {
            if (task.Name == "RestoreTask")
                restores.Add(task);
        }, TestContext.Current.CancellationToken);
        Assert.True(names.EndTime <= restores.Min(static task => task.StartTime), "names are checked before the download starts");
        Assert.True(verify.StartTime >= restores.Max(static task => task.EndTime), "packages are verified after the download");
        Assert.True(verify.EndTime <= gate.StartTime, "packages are verified before the build starts");

        List<Target> ofPackages = [.. executed.Where(target => target.SourceFilePath?.StartsWith(repository.Packages, StringComparison.Ordinal) == true
            && !target.SourceFilePath.Contains("securitytoolchain.sdk", StringComparison.OrdinalIgnoreCase))];
        Assert.NotEmpty(ofPackages);
        Assert.All(ofPackages, target => Assert.True(target.StartTime >= gate.EndTime, $"'{target.Name}' of a package ran before the gate"));
    }
}
