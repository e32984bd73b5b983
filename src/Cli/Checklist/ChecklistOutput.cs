using System.Text.Json;
using Spectre.Console;

namespace SecurityToolchain.Cli.Checklist;

/// <summary>Prints answers for people, for programs, and as SARIF, whose result kinds fit: pass, fail, review, notApplicable.</summary>
internal static class ChecklistOutput
{
    private static readonly JsonWriterOptions s_indented = new() { Indented = true };

    public static void WriteTable(IAnsiConsole console, IReadOnlyList<(ChecklistItem Item, ChecklistAnswer Answer)> answers)
    {
        foreach (IGrouping<ChecklistArea, (ChecklistItem Item, ChecklistAnswer Answer)> area in answers.GroupBy(static answer => answer.Item.Area))
        {
            Table table = new Table().Border(TableBorder.Rounded).Title(new TableTitle(area.Key.ToString())).AddColumns("Status", "Item", "Evidence");
            foreach ((ChecklistItem item, ChecklistAnswer answer) in area)
                table.AddRow(new Text(Word(answer.Status), new Style(Colour(answer.Status))), new Text(item.Title), new Text(string.Join('\n', answer.Evidence)));
            console.Write(table);
        }

        console.WriteLine(string.Join(", ", Enum.GetValues<ChecklistStatus>().Select(status => $"{answers.Count(answer => answer.Answer.Status == status)} {Word(status)}")));
    }

    public static void WriteJson(Stream output, IReadOnlyList<(ChecklistItem Item, ChecklistAnswer Answer)> answers)
    {
        using var json = new Utf8JsonWriter(output, s_indented);
        json.WriteStartObject();
        json.WriteString("tool", "sectool checklist");
        json.WriteString("version", ToolVersion.Package);
        json.WriteStartArray("items");
        foreach ((ChecklistItem item, ChecklistAnswer answer) in answers)
        {
            json.WriteStartObject();
            json.WriteString("id", item.Id);
            json.WriteString("list", item.Area.ToString());
            json.WriteString("title", item.Title);
            json.WriteString("status", Word(answer.Status));
            json.WriteStartArray("evidence");
            foreach (string line in answer.Evidence)
                json.WriteStringValue(line);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static void WriteSarif(Stream output, IReadOnlyList<(ChecklistItem Item, ChecklistAnswer Answer)> answers)
    {
        using var json = new Utf8JsonWriter(output, s_indented);
        json.WriteStartObject();
        json.WriteString("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        json.WriteString("version", "2.1.0");
        json.WriteStartArray("runs");
        json.WriteStartObject();
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "sectool checklist");
        json.WriteString("version", ToolVersion.Package);
        json.WriteStartArray("rules");
        foreach ((ChecklistItem item, _) in answers)
        {
            json.WriteStartObject();
            json.WriteString("id", item.Id);
            json.WriteStartObject("shortDescription");
            json.WriteString("text", item.Title);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartArray("results");
        for (int i = 0; i < answers.Count; i++)
            WriteResult(json, answers[i].Item, answers[i].Answer, i);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static string Word(ChecklistStatus status) => status switch
    {
        ChecklistStatus.Pass => "pass",
        ChecklistStatus.Fail => "fail",
        ChecklistStatus.Manual => "manual",
        _ => "not applicable",
    };

    private static void WriteResult(Utf8JsonWriter json, ChecklistItem item, ChecklistAnswer answer, int index)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", item.Id);
        json.WriteNumber("ruleIndex", index);
        json.WriteString("kind", answer.Status switch
        {
            ChecklistStatus.Pass => "pass",
            ChecklistStatus.Fail => "fail",
            ChecklistStatus.Manual => "review",
            _ => "notApplicable",
        });
        // SARIF 2.1.0, section 3.27.10: a level other than none goes with the kind "fail" only.
        json.WriteString("level", answer.Status == ChecklistStatus.Fail ? "error" : "none");
        json.WriteStartObject("message");
        json.WriteString("text", $"{item.Title}: {string.Join("; ", answer.Evidence)}");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static Color Colour(ChecklistStatus status) => status switch
    {
        ChecklistStatus.Pass => Color.Green,
        ChecklistStatus.Fail => Color.Red,
        ChecklistStatus.Manual => Color.Yellow,
        _ => Color.Grey,
    };
}
