namespace SecurityToolchain.Secrets.Configuration;

/// <summary>Reads <c>KEY=value</c> and <c>key: value</c> line by line: .env, .ini, .properties and simple YAML.</summary>
internal static class LineEntries
{
    /// <summary>The values in order.</summary>
    public static IEnumerable<ConfigurationEntry> Read(string text)
    {
        string section = string.Empty;
        int start = 0;
        while (start < text.Length)
        {
            int end = text.IndexOf('\n', start);
            if (end < 0)
                end = text.Length;
            if (Section(text, start, end) is { } name)
                section = name;
            else if (Line(text, start, end, section) is { } entry)
                yield return entry;
            start = end + 1;
        }
    }

    private static string? Section(string text, int start, int end)
    {
        string line = text.Substring(start, end - start).Trim();
        return line.Length > 2 && line[0] == '[' && line[line.Length - 1] == ']' ? line.Substring(1, line.Length - 2) : null;
    }

    private static ConfigurationEntry? Line(string text, int start, int end, string section)
    {
        while (start < end && (char.IsWhiteSpace(text[start]) || text[start] == '-'))
            start++;
        if (start == end || text[start] is '#' or ';' or '!' || StartsWith(text, start, "//"))
            return null;
        if (StartsWith(text, start, "export "))
            start += 7;
        int separator = start;
        while (separator < end && text[separator] is not ('=' or ':'))
            separator++;
        if (separator == end || separator == start)
            return null;
        string key = text.Substring(start, separator - start).Trim().Trim('"', '\'');
        int value = separator + 1;
        while (value < end && text[value] is ' ' or '\t')
            value++;
        int last = end;
        while (last > value && char.IsWhiteSpace(text[last - 1]))
            last--;
        if (last - value >= 2 && text[value] is '"' or '\'' && text.IndexOf(text[value], value + 1, last - value - 1) is var close and > 0)
            return new ConfigurationEntry(Name(section, key), text.Substring(value + 1, close - value - 1), value + 1, close - value - 1);
        int comment = text.IndexOf(" #", value, last - value, StringComparison.Ordinal);
        if (comment > 0)
            last = comment;
        return last <= value ? null : new ConfigurationEntry(Name(section, key), text.Substring(value, last - value), value, last - value);
    }

    private static string Name(string section, string key) => section.Length == 0 ? key : section + ":" + key;

    private static bool StartsWith(string text, int position, string what) => string.CompareOrdinal(text, position, what, 0, what.Length) == 0;
}
