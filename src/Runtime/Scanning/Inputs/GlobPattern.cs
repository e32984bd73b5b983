namespace SecurityToolchain.Scanning.Inputs;

/// <summary>
/// A file pattern: <c>*</c> and <c>?</c> stay inside one path segment, <c>**</c> crosses segments. Matching takes time proportional to the
/// product of the lengths, whatever the pattern.
/// </summary>
public sealed class GlobPattern
{
    private readonly string[] _segments;
    private readonly StringComparison _comparison;

    /// <summary>Creates a pattern.</summary>
    /// <param name="pattern">The pattern with forward slashes.</param>
    /// <param name="ignoreCase">Whether case matters not.</param>
    public GlobPattern(string pattern, bool ignoreCase = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(pattern);
        _segments = pattern.Replace('\\', '/').Split('/', StringSplitOptions.RemoveEmptyEntries);
        _comparison = ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
    }

    /// <summary>Whether a text is a pattern and not a plain path.</summary>
    /// <param name="text">The text.</param>
    public static bool IsPattern(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.AsSpan().IndexOfAny('*', '?') >= 0;
    }

    /// <summary>Whether a relative path matches.</summary>
    /// <param name="path">The path with forward slashes.</param>
    public bool IsMatch(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        string[] parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        // reachable[j]: the pattern's first i segments match the path's first j parts.
        bool[] reachable = new bool[parts.Length + 1];
        reachable[0] = true;
        foreach (string segment in _segments)
        {
            bool[] next = new bool[parts.Length + 1];
            if (segment == "**")
            {
                bool open = false;
                for (int j = 0; j <= parts.Length; j++)
                    next[j] = open |= reachable[j];
            }
            else
            {
                for (int j = 0; j < parts.Length; j++)
                    next[j + 1] = reachable[j] && SegmentMatches(segment, parts[j]);
            }

            reachable = next;
        }

        return reachable[parts.Length];
    }

    private bool SegmentMatches(string pattern, string text)
    {
        int p = 0, t = 0, star = -1, mark = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                mark = t;
            }
            else if (p < pattern.Length && (pattern[p] == '?' || string.Compare(pattern, p, text, t, 1, _comparison) == 0))
            {
                p++;
                t++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                t = ++mark;
            }
            else
            {
                return false;
            }
        }

        while (p < pattern.Length && pattern[p] == '*')
            p++;
        return p == pattern.Length;
    }
}
