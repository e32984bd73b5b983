using System.Globalization;
using System.Text;
using SecurityToolchain.Scanning.Parsing;

namespace SecurityToolchain.Scanning.Reports;

/// <summary>One line for each finding, in the forms that build systems read from a log.</summary>
public static class ConsoleLineWriter
{
    /// <summary>The form that MSBuild and editors recognise: <c>path(line,column): warning STC8001: message</c>.</summary>
    /// <param name="finding">The finding.</param>
    public static string ToMSBuild(Finding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        FindingLocation location = finding.Location;
        string origin = PrintableText.Escape(location.DisplayPath);
        if (location.Line > 0)
            origin += string.Create(CultureInfo.InvariantCulture, $"({location.Line},{Math.Max(1, location.Column)})");
        // MSBuild knows no notes; "message" is what it takes for them.
        string level = finding.Severity switch
        {
            FindingSeverity.Error => "error",
            FindingSeverity.Warning => "warning",
            _ => "message",
        };
        return $"{origin}: {level} {finding.RuleId}: {Text(finding)}";
    }

    /// <summary>A workflow command of GitHub Actions, which becomes an annotation of the pull request.</summary>
    /// <param name="finding">The finding.</param>
    public static string ToGitHub(Finding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        FindingLocation location = finding.Location;
        var line = new StringBuilder("::");
        line.Append(finding.Severity switch
        {
            FindingSeverity.Error => "error",
            FindingSeverity.Warning => "warning",
            _ => "notice",
        });
        line.Append(" file=").Append(EscapeProperty(location.Path));
        if (location.Line > 0)
            line.Append(CultureInfo.InvariantCulture, $",line={location.Line},col={Math.Max(1, location.Column)}");
        line.Append(",title=").Append(EscapeProperty(finding.RuleId + " " + finding.Rule.Title));
        string inner = location.InnerPath is null ? "" : location.DisplayPath + ": ";
        return line.Append("::").Append(EscapeData(inner + Text(finding))).ToString();
    }

    private static string Text(Finding finding) => PrintableText.Escape(finding.Evidence is null ? finding.Message : $"{finding.Message} [{finding.Evidence}]");

    private static string EscapeData(string text) =>
        text.Replace("%", "%25", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);

    private static string EscapeProperty(string text) =>
        EscapeData(PrintableText.Escape(text)).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}
