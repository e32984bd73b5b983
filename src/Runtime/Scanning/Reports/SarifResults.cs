using System.Globalization;
using System.Text.Json;

namespace SecurityToolchain.Scanning.Reports;

/// <summary>Writes the results of a SARIF run: findings with their locations and flows.</summary>
internal static class SarifResults
{
    /// <summary>Writes one finding.</summary>
    public static void Write(Utf8JsonWriter json, Finding finding, int ruleIndex, string fingerprint)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", finding.RuleId);
        json.WriteNumber("ruleIndex", ruleIndex);
        json.WriteString("level", SarifText.Level(finding.Severity));
        SarifText.Write(json, "message", finding.Message);
        WriteLocations(json, "locations", [finding.Location], finding.Evidence);
        if (!finding.RelatedLocations.IsDefaultOrEmpty)
            WriteLocations(json, "relatedLocations", finding.RelatedLocations);
        if (!finding.CodeFlows.IsDefaultOrEmpty)
            WriteCodeFlows(json, finding.CodeFlows);
        json.WriteStartObject("partialFingerprints");
        json.WriteString(Fingerprints.Name, fingerprint);
        json.WriteEndObject();
        if (finding.Baseline != BaselineState.None)
            json.WriteString("baselineState", BaselineText(finding.Baseline));
        json.WriteStartArray("suppressions");
        if (finding.Suppression is { } suppression)
        {
            json.WriteStartObject();
            json.WriteString("kind", suppression.Kind == SuppressionKind.InSource ? "inSource" : "external");
            json.WriteString("status", "accepted");
            json.WriteString("justification", SarifText.WithoutLoneSurrogates(suppression.Justification));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (!finding.Properties.IsEmpty)
        {
            json.WriteStartObject("properties");
            foreach ((string name, string value) in finding.Properties)
                json.WriteString(name, SarifText.WithoutLoneSurrogates(value));
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteCodeFlows(Utf8JsonWriter json, IEnumerable<CodeFlow> flows)
    {
        json.WriteStartArray("codeFlows");
        foreach (CodeFlow flow in flows)
        {
            json.WriteStartObject();
            json.WriteStartArray("threadFlows");
            json.WriteStartObject();
            json.WriteStartArray("locations");
            foreach (FindingLocation step in flow.Steps)
            {
                json.WriteStartObject();
                json.WritePropertyName("location");
                WriteLocation(json, step, id: -1, snippet: null);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Writes an array of locations.</summary>
    public static void WriteLocations(Utf8JsonWriter json, string name, IReadOnlyList<FindingLocation> locations, string? snippet = null)
    {
        json.WriteStartArray(name);
        for (int i = 0; i < locations.Count; i++)
            WriteLocation(json, locations[i], locations.Count > 1 ? i : -1, snippet);
        json.WriteEndArray();
    }

    private static void WriteLocation(Utf8JsonWriter json, FindingLocation location, int id, string? snippet)
    {
        json.WriteStartObject();
        if (id >= 0)
            json.WriteNumber("id", id);
        json.WriteStartObject("physicalLocation");
        json.WriteStartObject("artifactLocation");
        string reference = SarifWriter.ToUriReference(location.Path);
        json.WriteString("uri", reference);
        if (!reference.StartsWith("file://", StringComparison.Ordinal))
            json.WriteString("uriBaseId", SarifWriter.RootBaseId);
        json.WriteEndObject();
        // An offset inside an archive member is not an offset of the file that the uri names.
        if (location.InnerPath is null)
            WriteRegion(json, location, snippet);
        json.WriteEndObject();
        WriteLogicalLocations(json, location);
        if (location.Message is not null)
            SarifText.Write(json, "message", location.Message);
        if (location.InnerPath is not null && (location.Offset >= 0 || location.Line > 0))
        {
            json.WriteStartObject("properties");
            json.WriteString("innerPosition", location.Line > 0
                ? string.Create(CultureInfo.InvariantCulture, $"line {location.Line}, column {location.Column}")
                : string.Create(CultureInfo.InvariantCulture, $"offset {location.Offset}"));
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteLogicalLocations(Utf8JsonWriter json, FindingLocation location)
    {
        if (location.InnerPath is null && location.Member is null)
            return;
        json.WriteStartArray("logicalLocations");
        if (location.InnerPath is not null)
        {
            json.WriteStartObject();
            json.WriteString("fullyQualifiedName", SarifText.WithoutLoneSurrogates(location.DisplayPath));
            json.WriteString("kind", "resource");
            json.WriteEndObject();
        }

        if (location.Member is not null)
        {
            json.WriteStartObject();
            json.WriteString("fullyQualifiedName", SarifText.WithoutLoneSurrogates(location.Member));
            json.WriteString("kind", "member");
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteRegion(Utf8JsonWriter json, FindingLocation location, string? snippet)
    {
        if (location.Line <= 0 && location.Offset < 0)
            return;
        json.WriteStartObject("region");
        if (location.Line > 0)
        {
            json.WriteNumber("startLine", location.Line);
            if (location.Column > 0)
                json.WriteNumber("startColumn", location.Column);
            if (location.EndLine > 0)
                json.WriteNumber("endLine", location.EndLine);
            if (location.EndColumn > 0)
                json.WriteNumber("endColumn", location.EndColumn);
        }
        else
        {
            json.WriteNumber("byteOffset", location.Offset);
            if (location.Length >= 0)
                json.WriteNumber("byteLength", location.Length);
        }

        if (snippet is not null)
            SarifText.Write(json, "snippet", snippet);
        json.WriteEndObject();
    }

    private static string BaselineText(BaselineState state) => state switch
    {
        BaselineState.New => "new",
        BaselineState.Unchanged => "unchanged",
        _ => "absent",
    };
}
