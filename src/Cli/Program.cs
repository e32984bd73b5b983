using System.CommandLine;
using SecurityToolchain.Cli.Commands;

namespace SecurityToolchain.Cli;

/// <summary>The entry point of <c>sectool</c>. Each file in Commands/ is one command.</summary>
internal static class Program
{
    private static Task<int> Main(string[] args) => CreateRoot().Parse(args).InvokeAsync();

    /// <summary>The root command with every command.</summary>
    internal static RootCommand CreateRoot() => HelpWithExamples.AddTo(new RootCommand("Security for .NET teams: packages, source, binaries and files.")
    {
        InitCommand.Create(),
        VerifyCommand.Create(),
        ChecklistCommand.Create(),
        ScanCommand.Create(),
        HashCommand.Create(),
        StringsCommand.Create(),
        InspectCommand.Create(),
        ExplainCommand.Create(),
        MergeCommand.Create(),
        CompletionsCommand.Create(),
    });
}
