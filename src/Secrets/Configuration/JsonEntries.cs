using System.Text;

namespace SecurityToolchain.Secrets.Configuration;

/// <summary>
/// Reads the string values of JSON with comments and trailing commas. What is not JSON ends the reading where it is; there is no
/// recursion, and nesting beyond <see cref="MostDepth"/> is read with its innermost keys only.
/// </summary>
internal static class JsonEntries
{
    private const int MostDepth = 256;

    /// <summary>The string values in order.</summary>
    public static IEnumerable<ConfigurationEntry> Read(string text)
    {
        var path = new List<string?>();
        string? key = null;
        int position = 0;
        while (position < text.Length)
        {
            char c = text[position];
            if (c == '/' && position + 1 < text.Length && text[position + 1] is '/' or '*')
            {
                position = SkipComment(text, position);
                continue;
            }

            if (c == '"')
            {
                int start = position + 1;
                int end = EndOfString(text, start);
                if (end < 0)
                    yield break;
                string value = Unescape(text, start, end);
                position = end + 1;
                if (key is null && IsFollowedByColon(text, ref position))
                    key = value;
                else
                {
                    yield return new ConfigurationEntry(Name(path, key), value, start, end - start);
                    key = null;
                }

                continue;
            }

            if (c is '{' or '[' && path.Count < MostDepth)
            {
                path.Add(key);
                key = null;
            }
            else if (c is '}' or ']')
            {
                if (path.Count > 0)
                    path.RemoveAt(path.Count - 1);
                key = null;
            }
            else if (c == ',')
            {
                key = null;
            }

            position++;
        }
    }

    private static string Name(List<string?> path, string? key)
    {
        var name = new StringBuilder();
        foreach (string? part in path)
        {
            if (part is not null)
                name.Append(part).Append(':');
        }

        return key is null ? name.ToString().TrimEnd(':') : name.Append(key).ToString();
    }

    private static bool IsFollowedByColon(string text, ref int position)
    {
        int i = position;
        while (i < text.Length && char.IsWhiteSpace(text[i]))
            i++;
        if (i >= text.Length || text[i] != ':')
            return false;
        position = i + 1;
        return true;
    }

    private static int SkipComment(string text, int position)
    {
        int end = text[position + 1] == '/' ? text.IndexOf('\n', position) : text.IndexOf("*/", position + 2, StringComparison.Ordinal) + 1;
        return end <= position ? text.Length : end + 1;
    }

    private static int EndOfString(string text, int start)
    {
        for (int i = start; i < text.Length; i++)
        {
            if (text[i] == '\\')
                i++;
            else if (text[i] == '"')
                return i;
            else if (text[i] == '\n')
                return -1;
        }

        return -1;
    }

    private static string Unescape(string text, int start, int end)
    {
        if (text.IndexOf('\\', start, end - start) < 0)
            return text.Substring(start, end - start);
        var value = new StringBuilder(end - start);
        for (int i = start; i < end; i++)
        {
            if (text[i] != '\\' || i + 1 >= end)
            {
                value.Append(text[i]);
                continue;
            }

            i++;
            if (text[i] == 'u' && i + 4 < end && CodeUnit(text, i + 1) is >= 0 and var unit)
            {
                value.Append((char)unit);
                i += 4;
            }
            else
            {
                value.Append(text[i] switch { 'n' => '\n', 't' => '\t', 'r' => '\r', 'b' => '\b', 'f' => '\f', char other => other });
            }
        }

        return value.ToString();
    }

    private static int CodeUnit(string text, int start)
    {
        int unit = 0;
        for (int i = start; i < start + 4; i++)
        {
            char c = text[i];
            int digit = c is >= '0' and <= '9' ? c - '0' : (c | 0x20) is >= 'a' and <= 'f' ? (c | 0x20) - 'a' + 10 : -1;
            if (digit < 0)
                return -1;
            unit = unit << 4 | digit;
        }

        return unit;
    }
}
