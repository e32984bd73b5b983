using System.Text;
using SecurityToolchain.Scanning;
using SecurityToolchain.Scanning.Reports;
using SecurityToolchain.Scanning.Rules;

namespace SecurityToolchain.Cli.Scanning;

/// <summary>Writes a report in one format to a file or a writer.</summary>
internal static class ReportOutput
{
    /// <summary>Writes to a file in one step: a reader never sees half a report.</summary>
    public static void WriteFile(string path, ScanReport report, ReportFormat format, string title)
    {
        string full = Path.GetFullPath(path);
        string temporary = Path.Combine(Path.GetDirectoryName(full)!, Path.GetRandomFileName());
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
                Write(stream, report, format, title);
            File.Move(temporary, full, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            File.Delete(temporary);
            throw new UsageException($"The report cannot be written to '{path}': {exception.Message}");
        }
    }

    /// <summary>Writes to a text writer.</summary>
    public static void WriteText(TextWriter output, ScanReport report, ReportFormat format, string title, bool colours, bool notes)
    {
        if (format == ReportFormat.Console)
        {
            ConsoleReport.Write(output, report, colours, notes);
            return;
        }

        using var stream = new MemoryStream();
        Write(stream, report, format, title);
        output.Write(Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length));
    }

    /// <summary>The SARIF form of a report.</summary>
    public static SarifRun ToSarif(ScanReport report) => new()
    {
        ToolVersion = ScanEngine.Version,
        Rules = ScanRules.All,
        Findings = report.Findings,
        Notifications = [.. report.Issues.Select(static issue => new SarifNotification(FindingSeverity.Warning, ScanRules.Incomplete.Id, issue.Message, issue.Location))],
        ExecutionSuccessful = !report.Issues.Any(static issue => issue.Kind == ScanIssueKind.EngineError),
    };

    private static void Write(Stream stream, ScanReport report, ReportFormat format, string title)
    {
        switch (format)
        {
            case ReportFormat.Sarif:
                SarifWriter.Write(stream, ToSarif(report));
                break;
            case ReportFormat.Json:
                JsonReportWriter.Write(stream, report);
                break;
            case ReportFormat.Html:
                HtmlReportWriter.Write(stream, report, title);
                break;
            default:
                using (var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" })
                    WriteLines(writer, report, format);
                break;
        }
    }

    private static void WriteLines(StreamWriter writer, ScanReport report, ReportFormat format)
    {
        if (format == ReportFormat.Console)
        {
            ConsoleReport.Write(writer, report, colours: false, notes: true);
            return;
        }

        foreach (Finding finding in report.Findings)
        {
            if (finding.Suppression is null && finding.Baseline != BaselineState.Unchanged)
                writer.WriteLine(format == ReportFormat.GitHub ? ConsoleLineWriter.ToGitHub(finding) : ConsoleLineWriter.ToMSBuild(finding));
        }
    }
}
