using System.Text.RegularExpressions;
using SecurityToolchain.Tooling;

namespace SecurityToolchain.Demo;

/// <summary>Passes the lines of a build on for reading: short paths, no project behind each warning, nothing said twice.</summary>
internal sealed partial class BuildLines(Repository repository)
{
    private bool _summaryBegan;

    public void Show(string line)
    {
        // The command line repeats all warnings after this line.
        if (line is "Build succeeded." or "Build FAILED.")
            _summaryBegan = true;
        if (_summaryBegan || string.IsNullOrWhiteSpace(line))
            return;
        string text = HelpLink().Replace(ProjectSuffix().Replace(line.Trim(), string.Empty), string.Empty);
        Console.WriteLine("  " + text.Replace(repository.Root + Path.DirectorySeparatorChar, string.Empty, StringComparison.Ordinal));
    }

    // The rule's page is in this tree, too.
    [GeneratedRegex(@" \(https://[^()\s]+/docs/rules/STC\d+\.md\)$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex HelpLink();

    [GeneratedRegex(@" \[[^\[\]]+proj(::[^\[\]]*)?\]$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ProjectSuffix();
}
