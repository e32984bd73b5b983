using System.Diagnostics;
using Xunit;

namespace SecurityToolchain.Cli.Tests;

public sealed class CompletionsTests
{
    private static string Script(string shell)
    {
        using var output = new StringWriter();
        Assert.Equal(0, Program.CreateRoot().Parse(["completions", shell]).Invoke(new System.CommandLine.InvocationConfiguration { Output = output }));
        return output.ToString();
    }

    private static string Complete(TemporaryFolder folder, string line, string word)
    {
        // A program of the tool's name, so that the script can call it.
        string tool = folder.Write("bin/sectool", $"#!/bin/sh\nexec '{Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet"}' '{typeof(ExitCodes).Assembly.Location}' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(tool, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        string script = folder.Write("test.sh", Script("bash") + $"""
            COMP_LINE='{line}' COMP_POINT={line.Length} COMP_WORDS=({line} '{(line.EndsWith(' ') ? "" : "unused")}')
            COMP_CWORD={line.Split(' ').Length - 1}
            COMP_WORDS[COMP_CWORD]='{word}'
            _sectool
            printf '%s\n' "${"{COMPREPLY[@]}"}"
            """);
        var start = new ProcessStartInfo("/bin/bash", [script]) { RedirectStandardOutput = true };
        start.Environment["PATH"] = folder.PathOf("bin") + ":" + Environment.GetEnvironmentVariable("PATH");
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }

    [Fact]
    public void Bash_CompletesCommandsOptionsAndValues()
    {
        Assert.SkipUnless(File.Exists("/bin/bash"), "bash is not installed");
        using var folder = new TemporaryFolder();
        string[] commands = Complete(folder, "sectool ", "").Split('\n');
        Assert.Contains("scan", commands);
        Assert.Contains("completions", commands);
        string[] options = Complete(folder, "sectool scan --git", "--git").Split('\n');
        Assert.Contains("--git-history", options);
        Assert.DoesNotContain("--json", options);
        Assert.Contains("warning", Complete(folder, "sectool scan --fail-on ", "").Split('\n'));
    }

    [Theory]
    [InlineData("zsh", "compdef _sectool sectool")]
    [InlineData("fish", "complete -c sectool")]
    [InlineData("pwsh", "Register-ArgumentCompleter -Native -CommandName sectool")]
    public void Script_OfEachShell_AsksTheTool(string shell, string registration)
    {
        string script = Script(shell);
        Assert.Contains(registration, script, StringComparison.Ordinal);
        Assert.Contains("[suggest:", script, StringComparison.Ordinal);
    }
}
