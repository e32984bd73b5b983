using System.Text.Json;
using System.Text.Json.Nodes;

namespace SecurityToolchain.Tooling;

/// <summary>Reads the SARIF 2.1.0 that the compiler writes.</summary>
/// <param name="Findings">All results that are not suppressed.</param>
/// <param name="Rules">The rules that the file describes, by id.</param>
public sealed record SarifLog(IReadOnlyList<SarifFinding> Findings, IReadOnlyDictionary<string, SarifRule> Rules)
{
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">The file is not SARIF 2.1.0.</exception>
    public static SarifLog Read(string path)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
        if (!document.RootElement.TryGetProperty("version", out JsonElement version) || version.GetString() != "2.1.0")
            throw new InvalidDataException($"'{path}' is not SARIF 2.1.0.");

        var findings = new List<SarifFinding>();
        var rules = new Dictionary<string, SarifRule>(StringComparer.Ordinal);
        foreach (JsonElement run in document.RootElement.GetProperty("runs").EnumerateArray())
        {
            if (run.GetProperty("tool").GetProperty("driver").TryGetProperty("rules", out JsonElement described))
            {
                foreach (JsonElement rule in described.EnumerateArray())
                    Describe(rule, rules);
            }

            foreach (JsonElement result in run.GetProperty("results").EnumerateArray())
            {
                if (!result.TryGetProperty("suppressions", out JsonElement suppressions) || suppressions.GetArrayLength() == 0)
                    findings.Add(Read(result));
            }
        }

        return new SarifLog(findings, rules);
    }

    /// <summary>Writes one file with the runs of all the given files, in their order; a file that is not there adds none.</summary>
    public static void Merge(string destination, params ReadOnlySpan<string> sources)
    {
        JsonObject? merged = null;
        foreach (string source in sources)
        {
            JsonObject log;
            try
            {
                log = JsonNode.Parse(File.ReadAllBytes(source))!.AsObject();
            }
            catch (FileNotFoundException)
            {
                continue;
            }

            if (merged is null)
            {
                merged = log;
                continue;
            }

            foreach (JsonNode? run in log["runs"]!.AsArray())
                merged["runs"]!.AsArray().Add(run!.DeepClone());
        }

        File.WriteAllText(destination, (merged ?? throw new FileNotFoundException("None of the files is there.", destination)).ToJsonString(s_indented));
    }

    private static void Describe(JsonElement rule, Dictionary<string, SarifRule> rules)
    {
        string id = rule.GetProperty("id").GetString()!;
        string title = rule.TryGetProperty("shortDescription", out JsonElement description) ? description.GetProperty("text").GetString()! : id;
        string[] tags = rule.TryGetProperty("properties", out JsonElement properties) && properties.TryGetProperty("tags", out JsonElement list)
            ? [.. list.EnumerateArray().Select(static tag => tag.GetString()!)]
            : [];
        rules[id] = new SarifRule(id, title, tags);
    }

    private static SarifFinding Read(JsonElement result)
    {
        (string file, int line) = result.TryGetProperty("locations", out JsonElement locations) && locations.GetArrayLength() > 0
            ? Place(locations[0].GetProperty("physicalLocation"))
            : (string.Empty, 0);
        return new SarifFinding(
            result.GetProperty("ruleId").GetString()!,
            result.TryGetProperty("level", out JsonElement level) ? level.GetString()! : "warning",
            result.GetProperty("message").GetProperty("text").GetString()!,
            file,
            line,
            result.TryGetProperty("relatedLocations", out JsonElement related) ? related.GetArrayLength() : 0);
    }

    private static (string File, int Line) Place(JsonElement place)
    {
        string uri = place.GetProperty("artifactLocation").GetProperty("uri").GetString()!;
        int line = place.TryGetProperty("region", out JsonElement region) ? region.GetProperty("startLine").GetInt32() : 0;
        return (Uri.TryCreate(uri, UriKind.Absolute, out Uri? absolute) && absolute.IsFile ? absolute.LocalPath : Uri.UnescapeDataString(uri), line);
    }
}
