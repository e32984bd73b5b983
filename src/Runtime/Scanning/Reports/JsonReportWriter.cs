using System.Globalization;
using System.Text.Json;
using SecurityToolchain.Scanning.Hashing;

namespace SecurityToolchain.Scanning.Reports;

/// <summary>Writes a scan report as JSON: verdicts, digests, facts and findings of every file. The same report gives the same bytes.</summary>
public static class JsonReportWriter
{
    /// <summary>The version of the layout; grows when a reader has to change.</summary>
    public const int FormatVersion = 1;

    /// <summary>Writes the report.</summary>
    /// <param name="output">The stream; stays open.</param>
    /// <param name="report">The report.</param>
    public static void Write(Stream output, ScanReport report)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(report);
        using (var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true, NewLine = "\n", MaxDepth = 256 }))
        {
            json.WriteStartObject();
            json.WriteNumber("formatVersion", FormatVersion);
            json.WriteString("verdict", Name(report.Verdict));
            json.WriteBoolean("complete", report.IsComplete);
            json.WriteNumber("files", report.FileCount);
            json.WriteNumber("bytes", report.ByteCount);
            json.WriteStartArray("findings");
            IReadOnlyList<string> fingerprints = Fingerprints.Compute(report.Findings);
            for (int i = 0; i < report.Findings.Length; i++)
                WriteFinding(json, report.Findings[i], fingerprints[i]);
            json.WriteEndArray();
            json.WriteStartArray("results");
            foreach (FileScanResult file in report.Files)
                WriteFile(json, file);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    private static void WriteFile(Utf8JsonWriter json, FileScanResult file)
    {
        json.WriteStartObject();
        json.WriteString("path", Wellformed(file.Path));
        json.WriteString("verdict", Name(file.Verdict));
        json.WriteNumber("size", file.Size);
        json.WriteString("format", file.Format.Id);
        json.WriteString("mediaType", file.Format.MediaType);
        if (file.Entropy is { } entropy)
            json.WriteString("entropy", entropy.ToString("F3", CultureInfo.InvariantCulture));
        json.WriteStartObject("digests");
        foreach (Digest digest in file.Digests)
            json.WriteString(DigestAlgorithmFacts.Name(digest.Algorithm), digest.ToHex());
        if (file.SimilarityDigest is not null)
            json.WriteString("ssdeep", file.SimilarityDigest);
        json.WriteEndObject();
        if (!file.Facts.IsEmpty)
        {
            json.WriteStartObject("facts");
            foreach ((string name, string value) in file.Facts)
                json.WriteString(name, Wellformed(value));
            json.WriteEndObject();
        }

        if (!file.Strings.IsEmpty)
        {
            json.WriteStartArray("strings");
            foreach (Strings.ExtractedString text in file.Strings)
            {
                json.WriteStartObject();
                json.WriteNumber("offset", text.Offset);
                json.WriteString("encoding", text.Encoding.ToString());
                json.WriteString("category", text.Category.ToString());
                json.WriteString("text", Wellformed(text.Text));
                if (text.Member is not null)
                    json.WriteString("member", Wellformed(text.Member));
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        if (!file.Members.IsEmpty)
        {
            json.WriteStartArray("members");
            // The nesting is bounded by the depth limit of archives.
            foreach (FileScanResult member in file.Members)
                WriteFile(json, member);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteFinding(Utf8JsonWriter json, Finding finding, string fingerprint)
    {
        json.WriteStartObject();
        json.WriteString("rule", finding.RuleId);
        json.WriteString("severity", finding.Severity.ToString().ToLowerInvariant());
        json.WriteString("message", Wellformed(finding.Message));
        json.WriteString("path", Wellformed(finding.Location.DisplayPath));
        if (finding.Location.Line > 0)
        {
            json.WriteNumber("line", finding.Location.Line);
            json.WriteNumber("column", finding.Location.Column);
        }

        if (finding.Location.Offset >= 0)
            json.WriteNumber("offset", finding.Location.Offset);
        if (finding.Location.Member is not null)
            json.WriteString("member", Wellformed(finding.Location.Member));
        if (finding.Evidence is not null)
            json.WriteString("evidence", Wellformed(finding.Evidence));
        if (finding.Baseline != BaselineState.None)
            json.WriteString("baseline", finding.Baseline.ToString().ToLowerInvariant());
        if (finding.Suppression is not null)
            json.WriteString("suppressed", Wellformed(finding.Suppression.Justification));
        json.WriteString("fingerprint", fingerprint);
        json.WriteEndObject();
    }

    private static string Name(ScanVerdict verdict) => verdict.ToString().ToLowerInvariant();

    private static string Wellformed(string text) => System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text));
}
