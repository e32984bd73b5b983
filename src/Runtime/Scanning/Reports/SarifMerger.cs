using System.Text.Json;
using System.Text.Json.Nodes;

namespace SecurityToolchain.Scanning.Reports;

/// <summary>Joins SARIF reports of this tool, for example of shards, into one. The order of the inputs does not matter.</summary>
public static class SarifMerger
{
    /// <summary>Merges reports.</summary>
    /// <param name="inputs">Streams with one report each.</param>
    /// <param name="output">Receives the merged report; stays open.</param>
    /// <returns>The number of results.</returns>
    /// <exception cref="InvalidDataException">An input is no SARIF 2.1.0 of this tool.</exception>
    public static int Merge(IEnumerable<Stream> inputs, Stream output)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(output);
        JsonObject? merged = null;
        var rules = new SortedDictionary<string, JsonNode>(StringComparer.Ordinal);
        var results = new Dictionary<string, JsonObject>(StringComparer.Ordinal);
        var notifications = new SortedDictionary<string, JsonNode>(StringComparer.Ordinal);
        bool successful = true;
        foreach (Stream input in inputs)
        {
            try
            {
                JsonObject log = JsonNode.Parse(input, documentOptions: new JsonDocumentOptions { MaxDepth = 64 })!.AsObject();
                merged ??= log.DeepClone().AsObject();
                foreach (JsonNode? run in log["runs"]!.AsArray())
                    Collect(run!.AsObject(), rules, results, notifications, ref successful);
            }
            catch (Exception exception) when (exception is JsonException or InvalidOperationException or NullReferenceException or ArgumentException)
            {
                throw new InvalidDataException("An input is not a SARIF 2.1.0 report.", exception);
            }
        }

        if (merged is null)
            throw new InvalidDataException("There is no report to merge.");
        JsonObject[] ordered = [.. results.Values];
        Array.Sort(ordered, Compare);
        Write(merged, rules, ordered, notifications, successful, output);
        return ordered.Length;
    }

    private static void Collect(
        JsonObject run, SortedDictionary<string, JsonNode> rules, Dictionary<string, JsonObject> results, SortedDictionary<string, JsonNode> notifications, ref bool successful)
    {
        foreach (JsonNode? rule in run["tool"]!["driver"]!["rules"]!.AsArray())
            rules.TryAdd((string)rule!["id"]!, rule.DeepClone());
        foreach (JsonNode? result in run["results"]!.AsArray())
        {
            // A file that two shards looked at is in the merged report once.
            string key = (string)result!["ruleId"]! + (string)result["partialFingerprints"]![Fingerprints.Name]!;
            results.TryAdd(key, result.DeepClone().AsObject());
        }

        foreach (JsonNode? invocation in run["invocations"]!.AsArray())
        {
            successful &= (bool)invocation!["executionSuccessful"]!;
            if (invocation["toolExecutionNotifications"] is not JsonArray told)
                continue;
            foreach (JsonNode? notification in told)
                notifications.TryAdd(notification!.ToJsonString(), notification.DeepClone());
        }
    }

    private static void Write(
        JsonObject log, SortedDictionary<string, JsonNode> rules, JsonObject[] results, SortedDictionary<string, JsonNode> notifications, bool successful, Stream output)
    {
        JsonObject run = log["runs"]![0]!.AsObject();
        var indexes = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (string id in rules.Keys)
            indexes.Add(id, indexes.Count);
        run["tool"]!["driver"]!["rules"] = new JsonArray([.. rules.Values]);
        foreach (JsonObject result in results)
            result["ruleIndex"] = indexes[(string)result["ruleId"]!];
        run["results"] = new JsonArray([.. results]);
        var invocation = new JsonObject { ["executionSuccessful"] = successful };
        if (notifications.Count > 0)
            invocation["toolExecutionNotifications"] = new JsonArray([.. notifications.Values]);
        run["invocations"] = new JsonArray(invocation);
        log["runs"] = new JsonArray(run.DeepClone());
        using (var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
            log.WriteTo(json);
        output.WriteByte((byte)'\n');
    }

    private static int Compare(JsonObject x, JsonObject y)
    {
        int order = string.CompareOrdinal(PathOf(x), PathOf(y));
        if (order == 0)
            order = string.CompareOrdinal(InnerOf(x), InnerOf(y));
        foreach (string name in (string[])["startLine", "startColumn", "byteOffset"])
        {
            if (order == 0)
                order = RegionOf(x, name).CompareTo(RegionOf(y, name));
        }

        if (order == 0)
            order = string.CompareOrdinal((string)x["ruleId"]!, (string)y["ruleId"]!);
        if (order == 0)
            order = string.CompareOrdinal((string)x["message"]!["text"]!, (string)y["message"]!["text"]!);
        return order == 0 ? string.CompareOrdinal((string)x["partialFingerprints"]![Fingerprints.Name]!, (string)y["partialFingerprints"]![Fingerprints.Name]!) : order;
    }

    private static string PathOf(JsonObject result) => Uri.UnescapeDataString((string?)result["locations"]?[0]?["physicalLocation"]?["artifactLocation"]?["uri"] ?? "");

    private static string InnerOf(JsonObject result)
    {
        JsonNode? first = result["locations"]?[0]?["logicalLocations"]?[0];
        return first is not null && (string?)first["kind"] == "resource" ? (string)first["fullyQualifiedName"]! : "";
    }

    private static long RegionOf(JsonObject result, string name) =>
        (long?)result["locations"]?[0]?["physicalLocation"]?["region"]?[name] ?? (name == "byteOffset" ? -1 : 0);
}
