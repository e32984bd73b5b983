using System.Text;
using SecurityToolchain.Scanning.FileTypes;
using SecurityToolchain.Scanning.Parsing;
using SecurityToolchain.Scanning.Pipeline;
using SecurityToolchain.Scanning.Reports;
using SecurityToolchain.Scanning.Rules;

namespace SecurityToolchain.Scanning.Deployment;

/// <summary>Rules for Dockerfiles.</summary>
public sealed class DockerfileAnalyzer : IContentAnalyzer
{
    /// <inheritdoc/>
    public string Name => "dockerfile";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public bool NeedsWholeContent => true;

    /// <inheritdoc/>
    public bool Accepts(AnalysisContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        string name = context.FileName;
        return context.Format.Category is FileCategory.Text or FileCategory.Script
            && (name.Equals("Dockerfile", StringComparison.OrdinalIgnoreCase) || name.Equals("Containerfile", StringComparison.OrdinalIgnoreCase)
                || name.StartsWith("Dockerfile.", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".dockerfile", StringComparison.OrdinalIgnoreCase));
    }

    /// <inheritdoc/>
    public void Analyze(AnalysisContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Spend(context.Content.Length);
        var stages = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "scratch" };
        string? user = null, image = null;
        int from = 0, userLine = 0;
        foreach ((string instruction, string arguments, int line) in Instructions(Encoding.UTF8.GetString(context.Content.Bytes)))
        {
            switch (instruction)
            {
                case "FROM":
                    string[] words = [.. arguments.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries).Where(static w => !w.StartsWith("--", StringComparison.Ordinal))];
                    if (words.Length == 0)
                        break;
                    (user, from, image) = (null, line, words[0]);
                    if (!stages.Contains(words[0]) && !words[0].Contains('$', StringComparison.Ordinal))
                        ImageReferences.Check(context, words[0], context.AtLine(line, 1));
                    if (words.Length >= 3 && words[1].Equals("as", StringComparison.OrdinalIgnoreCase))
                        stages.Add(words[2]);
                    break;
                case "USER":
                    (user, userLine) = (arguments.Trim(), line);
                    break;
                case "ADD" when arguments.Contains("://", StringComparison.Ordinal) && !arguments.Contains("--checksum=", StringComparison.Ordinal) && !arguments.Contains(".git", StringComparison.Ordinal):
                    context.Report(ScanRules.RemoteAdd, "A file is added from a URL without --checksum.", context.AtLine(line, 1), PrintableText.Escape(arguments, 200));
                    break;
                case "RUN" when arguments.Split('\n').Any(ShellText.PipesDownloadToInterpreter):
                    context.Report(ScanRules.PipeToShell, "A download is piped into an interpreter.", context.AtLine(line, 1), PrintableText.Escape(arguments, 200));
                    break;
            }
        }

        if (image is null)
            return;
        // Distroless images for this user, and the chiselled ones of .NET, run as somebody else by default.
        bool nonRootImage = image.Contains("nonroot", StringComparison.OrdinalIgnoreCase) || image.Contains("chiseled", StringComparison.OrdinalIgnoreCase) || image.Contains("rootless", StringComparison.OrdinalIgnoreCase);
        if (user is null && !nonRootImage)
            context.Report(ScanRules.ContainerRunsAsRoot, "The last stage has no USER.", context.AtLine(from, 1));
        else if (user is not null && user.Split(':')[0] is "root" or "0")
            context.Report(ScanRules.ContainerRunsAsRoot, "The last USER is root.", context.AtLine(userLine, 1));
    }

    private static IEnumerable<(string Instruction, string Arguments, int Line)> Instructions(string text)
    {
        string[] lines = text.Split('\n');
        var joined = new StringBuilder();
        int start = 0;
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i].TrimEnd('\r').Trim();
            if (line.StartsWith('#') || (line.Length == 0 && joined.Length == 0))
                continue;
            if (joined.Length == 0)
                start = i + 1;
            bool more = line.EndsWith('\\');
            joined.Append(more ? line.AsSpan(0, line.Length - 1) : line).Append(' ');
            if (more)
                continue;
            // RUN <<EOF: the lines up to the mark are the script. Without that line it was no here document.
            if (HeredocMark(joined.ToString()) is { } mark && Array.FindIndex(lines, i + 1, text => text.TrimEnd('\r').Trim() == mark) is var end and > 0)
            {
                while (++i < end)
                    joined.Append('\n').Append(lines[i].TrimEnd('\r'));
            }

            string whole = joined.ToString().Trim();
            joined.Clear();
            int blank = whole.AsSpan().IndexOfAny(' ', '\t');
            if (blank > 0)
                yield return (whole[..blank].ToUpperInvariant(), whole[(blank + 1)..], start);
        }
    }

    private static string? HeredocMark(string line)
    {
        int at = line.IndexOf("<<", StringComparison.Ordinal);
        if (at < 0 || !(line.StartsWith("RUN", StringComparison.OrdinalIgnoreCase) || line.StartsWith("COPY", StringComparison.OrdinalIgnoreCase) || line.StartsWith("ADD", StringComparison.OrdinalIgnoreCase)))
            return null;
        string word = line[(at + 2)..].TrimStart('-').Split(' ', '\t', '\n')[0].Trim('"', '\'');
        return word.Length > 0 && char.IsAsciiLetter(word[0]) && word.All(static c => char.IsAsciiLetterOrDigit(c) || c == '_') ? word : null;
    }
}
