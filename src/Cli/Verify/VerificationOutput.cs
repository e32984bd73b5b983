using System.Text.Json;
using SecurityToolchain.MsBuildTasks.Gate;
using SecurityToolchain.Scanning.Reports;
using Spectre.Console;

namespace SecurityToolchain.Cli.Verify;

/// <summary>Prints the result of <c>sectool verify</c> for people and for programs.</summary>
internal static class VerificationOutput
{
    private static readonly JsonWriterOptions JsonOptions = new() { Indented = true };

    /// <summary>A table of findings and a summary.</summary>
    public static void WriteTable(IAnsiConsole console, IReadOnlyList<Finding> findings, int packages)
    {
        if (findings.Count > 0)
        {
            Table table = new Table().Border(TableBorder.Rounded).AddColumns("Severity", "Rule", "Package", "Finding");
            foreach (Finding finding in findings)
            {
                var severity = new Text(
                    finding.Severity.ToString().ToLowerInvariant(), new Style(finding.Severity == FindingSeverity.Error ? Color.Red : Color.Yellow));
                table.AddRow(severity, new Text(finding.RuleId), new Text(Property(finding, "package") + " " + Property(finding, "version")), new Text(finding.Message));
            }

            console.Write(table);
        }

        int errors = findings.Count(static finding => finding.Severity == FindingSeverity.Error);
        console.WriteLine($"{packages} packages verified, {findings.Count} findings, {errors} of them errors");
    }

    /// <summary>One JSON object.</summary>
    public static void WriteJson(Stream output, IReadOnlyList<Finding> findings, int packages)
    {
        using (var json = new Utf8JsonWriter(output, JsonOptions))
        {
            json.WriteStartObject();
            json.WriteString("tool", "sectool verify");
            json.WriteString("version", ToolVersion.Package);
            json.WriteNumber("packages", packages);
            json.WriteBoolean("passed", !findings.Any(static finding => finding.Severity == FindingSeverity.Error));
            json.WriteStartArray("findings");
            foreach (Finding finding in findings)
            {
                json.WriteStartObject();
                json.WriteString("rule", finding.RuleId);
                json.WriteString("severity", finding.Severity.ToString().ToLowerInvariant());
                json.WriteString("package", Property(finding, "package"));
                json.WriteString("version", Property(finding, "version"));
                json.WriteString("message", finding.Message);
                json.WriteString("evidence", finding.Evidence);
                json.WriteString("path", finding.Location.Path);
                json.WriteNumber("line", finding.Location.Line);
                json.WriteString("help", GateRules.HelpLink(finding.RuleId));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    private static string Property(Finding finding, string name) => finding.Properties.GetValueOrDefault(name, "");
}
