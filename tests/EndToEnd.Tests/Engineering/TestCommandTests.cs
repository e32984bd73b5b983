using SecurityToolchain.Tooling;

namespace SecurityToolchain.EndToEnd.Tests.Engineering;

/// <summary>The test command's own verdict: its last line comes from results, and a run of nothing is a failure.</summary>
public sealed class TestCommandTests
{
    private static readonly Repository s_repository = Repository.Find();

    [Fact]
    public async Task NoTest_IsAFailure()
    {
        DotNetResult run = await RunAsync("--no-build", "--only", "NoSuchAssembly");

        Assert.Equal(1, run.ExitCode);
        Assert.EndsWith("0 passed, 0 failed, 0 skipped", run.Output.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task UnknownOption_IsRefusedByName()
    {
        DotNetResult run = await RunAsync("--fast");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("'--fast'", run.Output, StringComparison.Ordinal);
    }

    private static Task<DotNetResult> RunAsync(params string[] arguments) =>
        DotNetCommand.RunAsync(s_repository.Root, null, [Path.Combine(AppContext.BaseDirectory, "SecurityToolchain.Test.dll"), .. arguments]);
}
