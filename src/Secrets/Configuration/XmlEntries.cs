namespace SecurityToolchain.Secrets.Configuration;

/// <summary>
/// Reads attributes and element texts of XML without a parser: hostile and broken files included, no entity is ever resolved but the
/// five that XML defines. <c>&lt;add key="a" value="b"/&gt;</c> gives the entry a; every attribute and element its own.
/// </summary>
internal static class XmlEntries
{
    private static readonly string[] s_nameAttributes = ["key", "name", "Key", "Name"];

    /// <summary>The values in order.</summary>
    public static IEnumerable<ConfigurationEntry> Read(string text)
    {
        int position = 0;
        while ((position = text.IndexOf('<', position)) >= 0)
        {
            if (StartsWith(text, position, "<!--"))
            {
                int close = text.IndexOf("-->", position, StringComparison.Ordinal);
                if (close < 0)
                    yield break;
                position = close + 3;
                continue;
            }

            int end = EndOfTag(text, position + 1);
            if (end < 0)
                yield break;
            if (position + 1 < text.Length && text[position + 1] is '/' or '?' or '!')
            {
                position = end + 1;
                continue;
            }

            int nameEnd = position + 1;
            while (nameEnd < end && !char.IsWhiteSpace(text[nameEnd]) && text[nameEnd] is not ('/' or '>'))
                nameEnd++;
            string element = text.Substring(position + 1, nameEnd - position - 1);
            foreach (ConfigurationEntry entry in Attributes(text, nameEnd, end, element))
                yield return entry;
            if (text[end - 1] != '/')
            {
                int next = text.IndexOf('<', end);
                if (next > end + 1 && StartsWith(text, next, "</") && Trimmed(text, end + 1, next) is { } content)
                    yield return new ConfigurationEntry(element, Unescape(text.Substring(content.Start, content.Length)), content.Start, content.Length);
            }

            position = end + 1;
        }
    }

    private static List<ConfigurationEntry> Attributes(string text, int start, int end, string element)
    {
        var attributes = new List<ConfigurationEntry>();
        int position = start;
        while (position < end)
        {
            int equals = text.IndexOf('=', position, end - position);
            if (equals < 0)
                break;
            int nameEnd = equals;
            while (nameEnd > position && char.IsWhiteSpace(text[nameEnd - 1]))
                nameEnd--;
            int nameStart = nameEnd;
            while (nameStart > position && !char.IsWhiteSpace(text[nameStart - 1]))
                nameStart--;
            int quote = equals + 1;
            while (quote < end && char.IsWhiteSpace(text[quote]))
                quote++;
            if (quote >= end || text[quote] is not ('"' or '\''))
                break;
            int close = text.IndexOf(text[quote], quote + 1);
            if (close < 0 || close > end)
                break;
            attributes.Add(new ConfigurationEntry(text.Substring(nameStart, nameEnd - nameStart), Unescape(text.Substring(quote + 1, close - quote - 1)), quote + 1, close - quote - 1));
            position = close + 1;
        }

        // The entry's name stands in an attribute of its own; the other attributes are its values.
        int named = attributes.FindIndex(static attribute => Array.IndexOf(s_nameAttributes, attribute.Name) >= 0);
        for (int i = 0; i < attributes.Count; i++)
        {
            ConfigurationEntry attribute = attributes[i];
            bool isValue = attribute.Name is "value" or "Value" or "connectionString";
            attributes[i] = attribute with { Name = named >= 0 && isValue ? attributes[named].Value : named < 0 && isValue ? element : attribute.Name };
        }

        if (named >= 0)
            attributes.RemoveAt(named);
        return attributes;
    }

    private static int EndOfTag(string text, int start)
    {
        char quote = '\0';
        for (int i = start; i < text.Length; i++)
        {
            char c = text[i];
            if (quote != '\0')
                quote = c == quote ? '\0' : quote;
            else if (c is '"' or '\'')
                quote = c;
            else if (c == '>')
                return i;
        }

        return -1;
    }

    private static (int Start, int Length)? Trimmed(string text, int start, int end)
    {
        while (start < end && char.IsWhiteSpace(text[start]))
            start++;
        while (end > start && char.IsWhiteSpace(text[end - 1]))
            end--;
        return end > start ? (start, end - start) : null;
    }

    private static string Unescape(string text) => text.IndexOf('&') < 0
        ? text
        : text.Replace("&quot;", "\"").Replace("&apos;", "'").Replace("&lt;", "<").Replace("&gt;", ">").Replace("&amp;", "&");

    private static bool StartsWith(string text, int position, string what) => string.CompareOrdinal(text, position, what, 0, what.Length) == 0;
}
