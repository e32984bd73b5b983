using System.CommandLine;

namespace SecurityToolchain.Cli.Commands;

/// <summary><c>sectool completions</c>: prints the script that makes a shell complete commands, options and their values.</summary>
internal static class CompletionsCommand
{
    // Each script hands the rest of the line and the position in it to the tool itself, so it never falls behind the tool's options.
    private const string Bash = """
        _sectool() {
            local line="${COMP_LINE#* }" word="${COMP_WORDS[COMP_CWORD]}" suggestion
            local point=$((COMP_POINT - ${#COMP_LINE} + ${#line}))
            COMPREPLY=()
            while IFS= read -r suggestion; do
                [[ $suggestion == "$word"* ]] && COMPREPLY+=("$suggestion")
            done < <("${COMP_WORDS[0]}" "[suggest:$((point < 0 ? 0 : point))]" "$line" 2>/dev/null)
        }
        complete -o default -F _sectool sectool
        """;

    private const string Zsh = """
        #compdef sectool
        _sectool() {
            local line="${BUFFER#* }"
            local point=$((CURSOR - ${#BUFFER} + ${#line}))
            local -a suggestions
            suggestions=("${(@f)$(sectool "[suggest:$((point < 0 ? 0 : point))]" "$line" 2>/dev/null)}")
            compadd -- $suggestions
            _files
        }
        compdef _sectool sectool
        """;

    private const string Fish = """
        function __sectool_suggest
            set -l line (string replace -r '^\S+\s?' '' -- (commandline -cp))
            sectool "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
        end
        complete -c sectool -a '(__sectool_suggest)'
        """;

    private const string PowerShell = """
        Register-ArgumentCompleter -Native -CommandName sectool -ScriptBlock {
            param($wordToComplete, $commandAst, $cursorPosition)
            $text = $commandAst.ToString()
            $line = $text -replace '^\S+\s?', ''
            $point = [Math]::Max(0, [Math]::Min($line.Length, $cursorPosition - ($text.Length - $line.Length)))
            sectool "[suggest:$point]" $line | Where-Object { $_ -like "$wordToComplete*" } |
                ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
        }
        """;

    public static Command Create()
    {
        var shell = new Argument<string>("shell") { Description = "bash, zsh, fish or pwsh." };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish", "pwsh");
        var command = new Command("completions", "Print the completion script of a shell: source <(sectool completions bash).") { shell };
        command.SetAction(result => result.InvocationConfiguration.Output.Write(ScriptOf(result.GetValue(shell)!).ReplaceLineEndings("\n") + "\n"));
        return command;
    }

    private static string ScriptOf(string shell) => shell switch
    {
        "bash" => Bash,
        "zsh" => Zsh,
        "fish" => Fish,
        _ => PowerShell,
    };
}
