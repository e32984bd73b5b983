using System.Globalization;
using SecurityToolchain.Scanning;
using SecurityToolchain.Scanning.Parsing;
using SecurityToolchain.Scanning.Reports;
using Spectre.Console;

namespace SecurityToolchain.Cli.Scanning;

/// <summary>The report for people: findings by file, the weightiest colour first, and one line of summary.</summary>
internal static class ConsoleReport
{
    public static void Write(TextWriter output, ScanReport report, bool colours, bool notes)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(output),
            Ansi = colours ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = colours ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        console.Profile.Width = 10_000;
        string? path = null;
        foreach (Finding finding in report.Findings)
        {
            if (finding.Suppression is not null || (!notes && finding.Severity == FindingSeverity.Note))
                continue;
            if (path != finding.Location.DisplayPath)
            {
                path = finding.Location.DisplayPath;
                console.MarkupLine("[bold]" + Markup.Escape(PrintableText.Escape(path)) + "[/]");
            }

            string colour = finding.Severity switch
            {
                FindingSeverity.Error => "red",
                FindingSeverity.Warning => "yellow",
                _ => "blue",
            };
            console.MarkupLine(string.Create(CultureInfo.InvariantCulture, $"  [{colour}]{finding.Severity.ToString().ToLowerInvariant(),-7}[/] {finding.RuleId} {Markup.Escape(Place(finding.Location) + PrintableText.Escape(finding.Message))}"));
            if (finding.Evidence is not null)
                console.MarkupLine("          [grey]" + Markup.Escape(PrintableText.Escape(finding.Evidence, 300)) + "[/]");
        }

        WriteSummary(console, report);
    }

    private static void WriteSummary(IAnsiConsole console, ScanReport report)
    {
        Finding[] counted = [.. report.Findings.Where(static f => f.Suppression is null)];
        int errors = counted.Count(static f => f.Severity == FindingSeverity.Error);
        int warnings = counted.Count(static f => f.Severity == FindingSeverity.Warning);
        string colour = report.Verdict switch
        {
            ScanVerdict.Clean => "green",
            ScanVerdict.Incomplete => "yellow",
            _ => "red",
        };
        console.MarkupLine(string.Create(
            CultureInfo.InvariantCulture,
            $"[{colour}]{report.Verdict}[/]: {errors} errors, {warnings} warnings, {counted.Length - errors - warnings} notes, {report.Findings.Length - counted.Length} suppressed; {report.FileCount} files, {report.ByteCount / 1048576.0:F1} MiB"));
        if (!report.IsComplete)
            console.MarkupLine($"[yellow]Not everything was looked at: {report.Issues.Length} issues (rule STC9010).[/]");
    }

    private static string Place(FindingLocation location)
    {
        if (location.Line > 0)
            return string.Create(CultureInfo.InvariantCulture, $"({location.Line},{location.Column}) ");
        string member = location.Member is null ? "" : location.Member + " ";
        return location.Offset > 0 ? string.Create(CultureInfo.InvariantCulture, $"(0x{location.Offset:x}) ") + member : member;
    }
}
