using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace SecurityToolchain.Scanning.Reports;

/// <summary>
/// Writes SARIF 2.1.0. The output depends on the run alone: findings and rules are sorted, there is no time stamp, no machine name and no
/// absolute path, so two runs over the same content give the same bytes.
/// </summary>
/// <remarks>References: OASIS SARIF 2.1.0 with errata 01; GitHub code scanning's tags <c>external/cwe/cwe-nnn</c> and <c>security-severity</c>.</remarks>
public static class SarifWriter
{
    /// <summary>The name of the root that relative paths start from.</summary>
    public const string RootBaseId = "SRCROOT";

    private const string SchemaUri = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.Default,
    };

    /// <summary>Writes a log with one run.</summary>
    /// <param name="output">The stream; stays open.</param>
    /// <param name="run">The run.</param>
    public static void Write(Stream output, SarifRun run) => Write(output, [run]);

    /// <summary>Writes a log.</summary>
    /// <param name="output">The stream; stays open.</param>
    /// <param name="runs">The runs, in the order in which they are written.</param>
    public static void Write(Stream output, IReadOnlyList<SarifRun> runs)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(runs);
        using (var json = new Utf8JsonWriter(output, Options))
        {
            json.WriteStartObject();
            json.WriteString("$schema", SchemaUri);
            json.WriteString("version", "2.1.0");
            json.WriteStartArray("runs");
            foreach (SarifRun run in runs)
                WriteRun(json, run);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    /// <summary>Turns a path into a relative reference as SARIF wants it: forward slashes, percent-encoded segments.</summary>
    /// <param name="path">A relative or absolute path.</param>
    /// <returns>The reference.</returns>
    public static string ToUriReference(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        string[] segments = path.Replace('\\', '/').Split('/');
        for (int i = 0; i < segments.Length; i++)
            segments[i] = Uri.EscapeDataString(ReplaceLoneSurrogates(segments[i]));
        string reference = string.Join('/', segments);
        return reference.StartsWith('/') ? "file://" + reference : reference;
    }

    private static void WriteRun(Utf8JsonWriter json, SarifRun run)
    {
        List<Finding> findings = [.. run.Findings];
        findings.Sort(FindingOrder.Instance);
        IReadOnlyList<string> fingerprints = Fingerprints.Compute(findings);
        SortedDictionary<string, RuleMetadata> rules = CollectRules(run.Rules, findings);
        var ruleIndexes = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (string id in rules.Keys)
            ruleIndexes.Add(id, ruleIndexes.Count);

        json.WriteStartObject();
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", run.ToolName);
        json.WriteString("semanticVersion", run.ToolVersion);
        json.WriteString("informationUri", run.InformationUri);
        json.WriteStartArray("rules");
        foreach (RuleMetadata rule in rules.Values)
            WriteRule(json, rule);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();

        if (run.AutomationId is not null)
        {
            json.WriteStartObject("automationDetails");
            json.WriteString("id", run.AutomationId);
            json.WriteEndObject();
        }

        WriteInvocation(json, run);
        json.WriteStartObject("originalUriBaseIds");
        json.WriteStartObject(RootBaseId);
        WriteText(json, "description", "The root of the scanned tree.");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteString("columnKind", "utf16CodeUnits");

        json.WriteStartArray("results");
        for (int i = 0; i < findings.Count; i++)
            WriteResult(json, findings[i], ruleIndexes[findings[i].RuleId], fingerprints[i]);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static SortedDictionary<string, RuleMetadata> CollectRules(IEnumerable<RuleMetadata> listed, List<Finding> findings)
    {
        var rules = new SortedDictionary<string, RuleMetadata>(StringComparer.Ordinal);
        foreach (RuleMetadata rule in listed)
            rules.TryAdd(rule.Id, rule);
        foreach (Finding finding in findings)
            rules.TryAdd(finding.RuleId, finding.Rule);
        return rules;
    }

    private static void WriteRule(Utf8JsonWriter json, RuleMetadata rule)
    {
        json.WriteStartObject();
        json.WriteString("id", rule.Id);
        json.WriteString("name", rule.Name);
        WriteText(json, "shortDescription", rule.Title);
        WriteText(json, "fullDescription", rule.Description.Length == 0 ? rule.Title : rule.Description);
        if (rule.HelpUri is not null)
            json.WriteString("helpUri", rule.HelpUri);
        if (rule.Remedy.Length > 0)
            WriteText(json, "help", rule.Remedy);
        json.WriteStartObject("defaultConfiguration");
        json.WriteString("level", Level(rule.Severity));
        json.WriteEndObject();
        json.WriteStartObject("properties");
        json.WriteStartArray("tags");
        json.WriteStringValue("security");
        foreach (int cwe in rule.Cwes)
            json.WriteStringValue(string.Create(CultureInfo.InvariantCulture, $"external/cwe/cwe-{cwe:D3}"));
        foreach (string tag in rule.Tags)
            json.WriteStringValue(tag);
        json.WriteEndArray();
        json.WriteString("security-severity", SecuritySeverity(rule.Severity));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteInvocation(Utf8JsonWriter json, SarifRun run)
    {
        json.WriteStartArray("invocations");
        json.WriteStartObject();
        json.WriteBoolean("executionSuccessful", run.ExecutionSuccessful);
        if (run.Notifications.Count > 0)
        {
            json.WriteStartArray("toolExecutionNotifications");
            foreach (SarifNotification notification in run.Notifications)
            {
                json.WriteStartObject();
                json.WriteStartObject("descriptor");
                json.WriteString("id", notification.Id);
                json.WriteEndObject();
                json.WriteString("level", Level(notification.Severity));
                WriteText(json, "message", notification.Message);
                if (notification.Location is { } location)
                    WriteLocations(json, "locations", [location]);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteResult(Utf8JsonWriter json, Finding finding, int ruleIndex, string fingerprint)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", finding.RuleId);
        json.WriteNumber("ruleIndex", ruleIndex);
        json.WriteString("level", Level(finding.Severity));
        WriteText(json, "message", finding.Message);
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
            json.WriteString("justification", ReplaceLoneSurrogates(suppression.Justification));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (!finding.Properties.IsEmpty)
        {
            json.WriteStartObject("properties");
            foreach ((string name, string value) in finding.Properties)
                json.WriteString(name, ReplaceLoneSurrogates(value));
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

    private static void WriteLocations(Utf8JsonWriter json, string name, IReadOnlyList<FindingLocation> locations, string? snippet = null)
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
        string reference = ToUriReference(location.Path);
        json.WriteString("uri", reference);
        if (!reference.StartsWith("file://", StringComparison.Ordinal))
            json.WriteString("uriBaseId", RootBaseId);
        json.WriteEndObject();
        // An offset inside an archive member is not an offset of the file that the uri names.
        if (location.InnerPath is null)
            WriteRegion(json, location, snippet);
        json.WriteEndObject();
        WriteLogicalLocations(json, location);
        if (location.Message is not null)
            WriteText(json, "message", location.Message);
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
            json.WriteString("fullyQualifiedName", ReplaceLoneSurrogates(location.DisplayPath));
            json.WriteString("kind", "resource");
            json.WriteEndObject();
        }

        if (location.Member is not null)
        {
            json.WriteStartObject();
            json.WriteString("fullyQualifiedName", ReplaceLoneSurrogates(location.Member));
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
            WriteText(json, "snippet", snippet);
        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("text", ReplaceLoneSurrogates(text));
        json.WriteEndObject();
    }

    // Utf8JsonWriter throws on text that is not valid UTF-16; file names on Linux are bytes and may decode to anything.
    private static string ReplaceLoneSurrogates(string text)
    {
        foreach (char c in text)
        {
            if (char.IsSurrogate(c))
                return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
        }

        return text;
    }

    private static string Level(FindingSeverity severity) => severity switch
    {
        FindingSeverity.Error => "error",
        FindingSeverity.Warning => "warning",
        _ => "note",
    };

    private static string SecuritySeverity(FindingSeverity severity) => severity switch
    {
        FindingSeverity.Error => "8.0",
        FindingSeverity.Warning => "5.0",
        _ => "2.0",
    };

    private static string BaselineText(BaselineState state) => state switch
    {
        BaselineState.New => "new",
        BaselineState.Unchanged => "unchanged",
        _ => "absent",
    };
}
