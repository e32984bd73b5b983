namespace SecurityToolchain.EndToEnd.Tests;

/// <summary>What a process printed and how it ended.</summary>
/// <param name="ExitCode">The exit code.</param>
/// <param name="Output">Standard output and standard error, in the order of arrival.</param>
public sealed record DotNetResult(int ExitCode, string Output)
{
    /// <summary>Asserts exit code 0 and shows the output otherwise.</summary>
    public DotNetResult ShouldSucceed()
    {
        Assert.True(ExitCode == 0, $"expected exit code 0 but was {ExitCode}:\n{Output}");
        return this;
    }

    /// <summary>Asserts a non-zero exit code and that the output names the code.</summary>
    public DotNetResult ShouldFailWith(string code)
    {
        Assert.True(ExitCode != 0, $"expected a failure with {code} but the command succeeded:\n{Output}");
        Assert.True(Output.Contains(code, StringComparison.Ordinal), $"expected {code} in the output:\n{Output}");
        return this;
    }
}
