using System.Text.Json;

namespace SecurityToolchain.Cli.Checklist;

/// <summary>What SARIF logs of the build say: which rules ran, and what they found that nobody suppressed.</summary>
internal sealed class BuildLog
{
    private readonly HashSet<string> _rules = new(StringComparer.Ordinal);
    private readonly List<(string RuleId, string Place)> _findings = [];

    public bool IsEmpty => Files.Count == 0;

    public List<string> Files { get; } = [];

    /// <exception cref="InvalidDataException">The file is no SARIF 2.1.0 log.</exception>
    public void Add(string path)
    {
        try
        {
            using JsonDocument log = JsonDocument.Parse(File.ReadAllBytes(path), new JsonDocumentOptions { MaxDepth = 64 });
            if (!log.RootElement.TryGetProperty("runs", out JsonElement runs) || runs.ValueKind != JsonValueKind.Array)
                throw new InvalidDataException($"'{path}' is no SARIF log: it has no runs.");
            foreach (JsonElement run in runs.EnumerateArray())
                AddRun(run);
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"'{path}' is no SARIF log: {error.Message}", error);
        }

        Files.Add(Path.GetFileName(path));
    }

    /// <summary>Rules that ran whose id starts with one of the prefixes.</summary>
    public IReadOnlyList<string> RulesOf(params IReadOnlyList<string> prefixes) => [.. _rules.Where(id => StartsWithAny(id, prefixes)).Order(StringComparer.Ordinal)];

    /// <summary>Findings of such rules, as <c>file:line id</c>.</summary>
    public IReadOnlyList<string> FindingsOf(params IReadOnlyList<string> prefixes) =>
        [.. _findings.Where(finding => StartsWithAny(finding.RuleId, prefixes)).Select(static finding => $"{finding.Place} {finding.RuleId}").Distinct().Order(StringComparer.Ordinal)];

    private static bool StartsWithAny(string id, IReadOnlyList<string> prefixes) => prefixes.Any(prefix => id.StartsWith(prefix, StringComparison.Ordinal));

    private void AddRun(JsonElement run)
    {
        if (run.TryGetProperty("tool", out JsonElement tool) && tool.TryGetProperty("driver", out JsonElement driver))
        {
            IEnumerable<JsonElement> components = tool.TryGetProperty("extensions", out JsonElement extensions) ? [driver, .. extensions.EnumerateArray()] : [driver];
            foreach (JsonElement rules in components.Where(static component => component.TryGetProperty("rules", out _)).Select(static component => component.GetProperty("rules")))
            {
                foreach (JsonElement rule in rules.EnumerateArray().Where(static rule => rule.TryGetProperty("id", out _)))
                    _rules.Add(rule.GetProperty("id").GetString()!);
            }
        }

        if (!run.TryGetProperty("results", out JsonElement results) || results.ValueKind != JsonValueKind.Array)
            return;
        foreach (JsonElement result in results.EnumerateArray())
        {
            if (!result.TryGetProperty("ruleId", out JsonElement id) || id.GetString() is not { } rule)
                continue;
            _rules.Add(rule);
            bool suppressed = result.TryGetProperty("suppressions", out JsonElement suppressions) && suppressions.GetArrayLength() > 0;
            bool counts = !result.TryGetProperty("kind", out JsonElement kind) || kind.GetString() == "fail";
            if (!suppressed && counts)
                _findings.Add((rule, Place(result)));
        }
    }

    private static string Place(JsonElement result)
    {
        if (!result.TryGetProperty("locations", out JsonElement locations) || locations.GetArrayLength() == 0 || !locations[0].TryGetProperty("physicalLocation", out JsonElement physical))
            return "(no place)";
        string uri = physical.TryGetProperty("artifactLocation", out JsonElement artifact) && artifact.TryGetProperty("uri", out JsonElement text) ? text.GetString() ?? "?" : "?";
        string file = uri[(uri.LastIndexOf('/') + 1)..];
        return physical.TryGetProperty("region", out JsonElement region) && region.TryGetProperty("startLine", out JsonElement line) ? $"{file}:{line.GetInt32()}" : file;
    }
}
