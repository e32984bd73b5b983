using System.Reflection;
using System.Text;
using System.Text.Json;

namespace SecurityToolchain.Scanning.Reports;

/// <summary>
/// Writes one self-contained HTML page: charts, filters, search and the evidence of each finding. The page makes no request; its content
/// security policy forbids it. Findings are data in a script block that the browser does not run.
/// </summary>
public static class HtmlReportWriter
{
    private static readonly string Template = ReadTemplate();

    /// <summary>Writes the page.</summary>
    /// <param name="output">The stream; stays open.</param>
    /// <param name="report">The report.</param>
    /// <param name="title">The title of the page, for example the scanned path.</param>
    public static void Write(Stream output, ScanReport report, string title)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(title);
        string data = Serialize(report, title);
        int at = Template.IndexOf("{{DATA}}", StringComparison.Ordinal);
        using var writer = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        writer.Write(Template.AsSpan(0, at));
        writer.Write(data);
        writer.Write(Template.AsSpan(at + "{{DATA}}".Length));
    }

    private static string Serialize(ScanReport report, string title)
    {
        using var stream = new MemoryStream();
        // The default encoder writes <, > and & as escapes, so no text can end the script block.
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("title", Wellformed(title));
            json.WriteString("verdict", report.Verdict.ToString());
            json.WriteBoolean("complete", report.IsComplete);
            json.WriteNumber("files", report.FileCount);
            json.WriteNumber("bytes", report.ByteCount);
            json.WriteStartObject("rules");
            foreach (RuleMetadata rule in report.Findings.Select(static f => f.Rule).DistinctBy(static r => r.Id).OrderBy(static r => r.Id, StringComparer.Ordinal))
            {
                json.WriteStartObject(rule.Id);
                json.WriteString("title", rule.Title);
                json.WriteString("description", rule.Description);
                json.WriteString("remedy", rule.Remedy);
                json.WriteString("help", rule.HelpUri ?? "");
                json.WriteString("cwe", string.Join(", ", rule.Cwes.Select(static c => "CWE-" + c.ToString(System.Globalization.CultureInfo.InvariantCulture))));
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteStartArray("findings");
            foreach (Finding finding in report.Findings)
                WriteFinding(json, finding);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void WriteFinding(Utf8JsonWriter json, Finding finding)
    {
        json.WriteStartObject();
        json.WriteString("r", finding.RuleId);
        json.WriteNumber("s", (int)finding.Severity);
        json.WriteString("m", Wellformed(finding.Message));
        json.WriteString("p", Wellformed(finding.Location.DisplayPath));
        if (finding.Location.Line > 0)
            json.WriteNumber("l", finding.Location.Line);
        if (finding.Location.Column > 0)
            json.WriteNumber("c", finding.Location.Column);
        if (finding.Location.Offset >= 0)
            json.WriteNumber("o", finding.Location.Offset);
        if (finding.Location.Member is not null)
            json.WriteString("t", Wellformed(finding.Location.Member));
        if (finding.Evidence is not null)
            json.WriteString("e", Wellformed(finding.Evidence));
        if (finding.Suppression is not null)
            json.WriteString("x", Wellformed(finding.Suppression.Justification));
        if (finding.Baseline != BaselineState.None)
            json.WriteString("b", finding.Baseline.ToString());
        json.WriteEndObject();
    }

    private static string Wellformed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static string ReadTemplate()
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("HtmlReport.html")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
