using SecurityToolchain.EndToEnd.Tests.Samples;

namespace SecurityToolchain.EndToEnd.Tests.Runtime;

/// <summary>The sample library, published with NativeAOT from the packed packages and driven by a program in C, alone and under valgrind.</summary>
public sealed class NativeInteropTests(PackedFeed feed)
{
    [Fact]
    public async Task Library_DrivenByAProgramInC_HoldsItsPromises()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && NativeTools.Find("gcc") is not null, "gcc is not on this machine");
        using var sample = new ShopWorkspace(feed, "NativeInterop");
        string output = sample.Workspace.PathOf("out");
        (await sample.Workspace.DotNetAsync(
            "publish", "NativeInterop/NativeInterop.csproj", "-c", "Release", "-r", NativeTools.RuntimeIdentifier, "-o", output, "--nologo", "-v", "q",
            "-p:CppCompilerAndLinker=gcc", "-p:WithoutAnalyzers=true")).ShouldSucceed();
        string library = Path.Combine(output, "NativeInterop.so");
        Assert.True(File.Exists(library));

        string driver = sample.Workspace.PathOf("driver");
        (await RunAsync(sample, "gcc", "-std=c11", "-Wall", "-Wextra", "-Werror", "-g", "-o", driver, sample.Workspace.PathOf("NativeInterop/driver/driver.c"), library, "-pthread", $"-Wl,-rpath,{output}"))
            .ShouldSucceed();
        DotNetResult alone = await RunAsync(sample, driver);
        alone.ShouldSucceed();
        Assert.Matches(@"^\d{4} checks hold\s*$", alone.Output);

        Assert.SkipUnless(NativeTools.Find("valgrind") is not null, "valgrind is not on this machine");
        // The debugger's file is in a newer format than valgrind 3.19 reads.
        File.Delete(library + ".dbg");
        DotNetResult checkedRun = await RunAsync(
            sample, "valgrind", "--error-exitcode=9", "--leak-check=full", "--show-leak-kinds=definite", "--errors-for-leak-kinds=definite", driver);
        checkedRun.ShouldSucceed();
        Assert.Contains("definitely lost: 0 bytes", checkedRun.Output, StringComparison.Ordinal);
        Assert.Contains("ERROR SUMMARY: 0 errors", checkedRun.Output, StringComparison.Ordinal);
    }

    private static Task<DotNetResult> RunAsync(ShopWorkspace sample, string program, params string[] arguments)
    {
        // Valgrind has no room for the address space that the collector reserves on a machine with much memory.
        var environment = new Dictionary<string, string?>(sample.Workspace.Environment) { ["DOTNET_GCHeapHardLimit"] = "0x10000000", ["DOTNET_gcConcurrent"] = "0" };
        return DotNetCommand.RunProgramAsync(program, sample.Workspace.Root, environment, arguments);
    }
}
