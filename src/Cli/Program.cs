using System.CommandLine;

namespace SecurityToolchain.Cli;

/// <summary>The entry point of <c>sectool</c>. Each file in Commands/ is one command.</summary>
internal static class Program
{
    private static Task<int> Main(string[] args)
    {
        var root = new RootCommand("Security for .NET teams: packages, source, binaries and files.")
        {
            Commands.ScanCommand.Create(),
            Commands.HashCommand.Create(),
            Commands.StringsCommand.Create(),
            Commands.InspectCommand.Create(),
            Commands.ExplainCommand.Create(),
            Commands.MergeCommand.Create(),
        };
        return root.Parse(args).InvokeAsync();
    }
}
