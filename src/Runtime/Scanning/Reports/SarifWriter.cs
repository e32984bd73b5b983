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
            segments[i] = Uri.EscapeDataString(SarifText.WithoutLoneSurrogates(segments[i]));
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
        SarifText.Write(json, "description", "The root of the scanned tree.");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteString("columnKind", "utf16CodeUnits");

        json.WriteStartArray("results");
        for (int i = 0; i < findings.Count; i++)
            SarifResults.Write(json, findings[i], ruleIndexes[findings[i].RuleId], fingerprints[i]);
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
        SarifText.Write(json, "shortDescription", rule.Title);
        SarifText.Write(json, "fullDescription", rule.Description.Length == 0 ? rule.Title : rule.Description);
        if (rule.HelpUri is not null)
            json.WriteString("helpUri", rule.HelpUri);
        if (rule.Remedy.Length > 0)
            SarifText.Write(json, "help", rule.Remedy);
        json.WriteStartObject("defaultConfiguration");
        json.WriteString("level", SarifText.Level(rule.Severity));
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
                json.WriteString("level", SarifText.Level(notification.Severity));
                SarifText.Write(json, "message", notification.Message);
                if (notification.Location is { } location)
                    SarifResults.WriteLocations(json, "locations", [location]);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static string SecuritySeverity(FindingSeverity severity) => severity switch
    {
        FindingSeverity.Error => "8.0",
        FindingSeverity.Warning => "5.0",
        _ => "2.0",
    };
}
