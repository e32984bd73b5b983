using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace SecurityToolchain.Cli.Commands;

/// <summary>The usual help, and below it what a first-time user wants to copy: examples and exit codes.</summary>
internal sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    private static readonly Dictionary<string, string> Texts = new(StringComparer.Ordinal)
    {
        ["scan"] = """
            Examples:
              sectool scan                                            the current directory
              sectool scan bin/ -o report.html -o report.sarif        a page to read and a report for tools
              sectool scan 'packages/**/*.nupkg' --fail-on warning    packages with everything in them
              sectool scan . --cache                                  the second time only what changed
              git ls-files | sectool scan -                           a list of files
              sectool explain STC8010                                 what a finding means and what to do

            Exit codes:
              0  everything was looked at, and nothing reaches --fail-on
              1  a finding that is neither suppressed nor in the baseline reaches --fail-on
              2  no such finding, but something was not looked at (STC9010); --allow-incomplete makes it 0
              3  the command line, the configuration, or a file that it names is wrong
            """,
        ["hash"] = """
            Examples:
              sectool hash file.iso                                   SHA-256
              sectool hash -a md5,sha1,sha256,sha512 file.iso         several digests in one read
              sectool hash -c sha256-BASE64 file.zip                  verify; exit code 1 when it differs
            """,
        ["strings"] = """
            Examples:
              sectool strings app.dll                                 escaped and redacted, with the member that loads them
              sectool strings app.exe --category Url                  addresses only
            """,
        ["inspect"] = """
            Example:
              sectool inspect app.dll                                 type, digests, headers, signature, capabilities, findings
            """,
    };

    /// <summary>Puts the texts below the help of every command of a root.</summary>
    public static RootCommand AddTo(RootCommand root)
    {
        foreach (HelpOption option in root.Options.OfType<HelpOption>())
        {
            if (option.Action is HelpAction action)
                option.Action = new HelpWithExamples(action);
        }

        return root;
    }

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        int code = help.Invoke(parseResult);
        if (Texts.TryGetValue(parseResult.CommandResult.Command.Name, out string? text))
            parseResult.InvocationConfiguration.Output.WriteLine(text);
        return code;
    }
}
