using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using SecurityToolchain.Tooling;

namespace SecurityToolchain.RuleTool;

/// <summary>Writes the files of a new rule, complete enough to compile and to fail its first test.</summary>
internal sealed partial class RuleScaffold(Repository repository)
{
    public IReadOnlyList<string> Write(string area, string name)
    {
        if (!PascalCase().IsMatch(name))
            throw new ScaffoldException($"'{name}' is not a PascalCase name such as TemplateInjection.");
        IReadOnlyList<IdRange> ranges = IdRange.ReadAll(repository.Path("src", "Analyzers", "DiagnosticCategoryAndIdRanges.txt"));
        IdRange range = ranges.FirstOrDefault(range => range.Category == area)
            ?? throw new ScaffoldException($"'{area}' is not an area; there are {string.Join(", ", ranges.Select(static range => range.Category))}.");
        string id = NextId(range);
        var words = Words(name);
        var values = new Dictionary<string, string>
        {
            ["{area}"] = area,
            ["{name}"] = name,
            ["{id}"] = id,
            ["{title}"] = words[..1] + words[1..].ToLowerInvariant(),
            ["{family}"] = words.Replace(' ', '-').ToLowerInvariant(),
        };

        var written = new List<string>
        {
            Create(values, "Analyzer.txt", "src", "Analyzers", "Rules", area, name + "Analyzer.cs"),
            Create(values, "CodeFix.txt", "src", "CodeFixes", area, name + "CodeFix.cs"),
            Create(values, "Tests.txt", "tests", "Analyzers.Tests", "Rules", area, $"{id}_{name}Tests.cs"),
            Create(values, "CodeFixTests.txt", "tests", "Analyzers.Tests", "Rules", area, $"{id}_{name}CodeFixTests.cs"),
            Create(values, "Page.txt", "docs", "rules", id + ".md"),
            AddDescriptor(values),
            AddReleaseLine(values),
        };
        return written;
    }

    private string NextId(IdRange range)
    {
        // Retired ids stay in the release files, so a number that was ever used is never given out again.
        string folder = repository.Path("src", "Analyzers");
        IEnumerable<string> texts = Directory.GetFiles(folder, "AnalyzerReleases.*.md")
            .Concat(Directory.GetFiles(Path.Combine(folder, "Rules"), "RuleCatalogue*.cs"))
            .Select(File.ReadAllText);
        HashSet<int> used = [.. texts.SelectMany(static text => Ids().Matches(text)).Select(static match => int.Parse(match.ValueSpan[3..], NumberStyles.None, CultureInfo.InvariantCulture))];
        int next = used.Where(number => number >= range.First && number <= range.Last).DefaultIfEmpty(range.First).Max() + 1;
        if (next > range.Last)
            throw new ScaffoldException($"The range of {range.Category} ends at {IdRange.Format(range.Last)} and is full.");
        return IdRange.Format(next);
    }

    private string Create(Dictionary<string, string> values, string template, params ReadOnlySpan<string> path)
    {
        string file = repository.Path(path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        FileStream stream;
        try
        {
            stream = new FileStream(file, FileMode.CreateNew, FileAccess.Write);
        }
        catch (IOException problem)
        {
            throw new ScaffoldException($"'{file}' cannot be created, or exists already: {problem.Message}");
        }

        using (stream)
        using (var writer = new StreamWriter(stream))
            writer.Write(Fill(template, values));
        return file;
    }

    private string AddDescriptor(Dictionary<string, string> values)
    {
        string file = repository.Path("src", "Analyzers", "Rules", $"RuleCatalogue.{values["{area}"]}.cs");
        string text;
        try
        {
            text = File.ReadAllText(file);
        }
        catch (FileNotFoundException)
        {
            text = Fill("Catalogue.txt", values);
        }

        int end = text.LastIndexOf('}');
        string entry = Fill("CatalogueEntry.txt", values);
        bool first = text.AsSpan(0, end).TrimEnd().EndsWith("{");
        File.WriteAllText(file, text[..end] + (first ? string.Empty : "\n") + entry + text[end..]);
        return file;
    }

    private string AddReleaseLine(Dictionary<string, string> values)
    {
        string file = repository.Path("src", "Analyzers", "AnalyzerReleases.Unshipped.md");
        List<string> lines = [.. File.ReadAllLines(file)];
        string line = $"{values["{id}"]} | {values["{area}"]} | Warning | {values["{title}"]}";
        int place = lines.FindLastIndex(other => Ids().IsMatch(other) && string.CompareOrdinal(other, line) < 0);
        if (place < 0)
            place = lines.FindLastIndex(static other => other.StartsWith("---", StringComparison.Ordinal));
        lines.Insert(place + 1, line);
        File.WriteAllText(file, string.Join('\n', lines) + "\n");
        return file;
    }

    private static string Fill(string template, Dictionary<string, string> values)
    {
        using Stream stream = typeof(RuleScaffold).Assembly.GetManifestResourceStream(template)
            ?? throw new ScaffoldException($"The template '{template}' is not in the tool.");
        using var reader = new StreamReader(stream);
        var text = new StringBuilder(reader.ReadToEnd());
        foreach ((string key, string value) in values)
            text.Replace(key, value);
        return text.Replace("\r\n", "\n").ToString();
    }

    private static string Words(string name) => WordStart().Replace(name, " ").Trim();

    [GeneratedRegex("^[A-Z][A-Za-z0-9]{2,60}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PascalCase();

    [GeneratedRegex(@"\bSTC\d{4}\b", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Ids();

    [GeneratedRegex("(?<=[a-z0-9])(?=[A-Z])", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex WordStart();
}
