namespace SecurityToolchain.Scanning.Deployment;

/// <summary>Looks at shell commands as text; does not pretend to parse shells.</summary>
internal static class ShellText
{
    private static readonly string[] Downloaders = ["curl ", "wget ", "iwr ", "irm ", "invoke-webrequest", "invoke-restmethod", "downloadstring"];
    private static readonly string[] Interpreters = ["sh", "bash", "zsh", "dash", "ash", "python", "python3", "perl", "ruby", "node", "php", "pwsh", "powershell", "iex", "invoke-expression"];

    /// <summary>Whether a download goes straight into an interpreter.</summary>
    public static bool PipesDownloadToInterpreter(string command)
    {
        string text = command.ToLowerInvariant();
        int from = -1;
        foreach (string downloader in Downloaders)
        {
            int at = text.IndexOf(downloader, StringComparison.Ordinal);
            if (at >= 0 && (from < 0 || at < from))
                from = at;
        }

        if (from < 0)
            return false;
        // bash -c "$(curl ...)", bash <(curl ...), iex (iwr ...)
        string before = text[..from].TrimEnd();
        if ((before.EndsWith("$(", StringComparison.Ordinal) || before.EndsWith("<(", StringComparison.Ordinal) || before.EndsWith('`')) && Interpreters.Any(i => EndsWithWord(before.TrimEnd('$', '(', '<', '`', '"', '\'', ' '), i)))
            return true;
        if (before.Contains("iex", StringComparison.Ordinal) && (before.EndsWith('(') || before.EndsWith("iex", StringComparison.Ordinal)))
            return true;
        foreach (string part in text[from..].Split('|').Skip(1))
        {
            string[] words = part.Split([' ', '\t', ';', '&', ')'], StringSplitOptions.RemoveEmptyEntries);
            int first = 0;
            while (first < words.Length && (words[first] is "sudo" or "env" or "-e" || words[first].StartsWith('-') || words[first].Contains('=', StringComparison.Ordinal)))
                first++;
            if (first < words.Length && Interpreters.Contains(words[first][(words[first].LastIndexOf('/') + 1)..]))
                return true;
        }

        return false;
    }

    private static bool EndsWithWord(string text, string word)
    {
        // "bash -c" counts as bash.
        string trimmed = text.EndsWith(" -c", StringComparison.Ordinal) ? text[..^3].TrimEnd() : text;
        return trimmed.EndsWith(word, StringComparison.Ordinal) && (trimmed.Length == word.Length || !char.IsAsciiLetterOrDigit(trimmed[^(word.Length + 1)]));
    }
}
