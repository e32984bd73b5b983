namespace SecurityToolchain.Runtime.Input;

/// <summary>
/// Estimates how many states a pattern unfolds to: the automaton copies what a counted repetition repeats, so nested counts multiply.
/// It need not understand the pattern, only never to estimate too low by much; the regular expression parser judges the rest.
/// </summary>
internal static class RegexSize
{
    private const long Ceiling = 1L << 40;

    public static long Estimate(string pattern)
    {
        var outer = new Stack<(long Sum, long Last)>();
        long sum = 0;
        long last = 0;
        int i = 0;
        while (i < pattern.Length)
        {
            char current = pattern[i];
            switch (current)
            {
                case '\\':
                    (sum, last, i) = (sum + last, 1, i + 2);
                    break;
                case '[':
                    (sum, last, i) = (sum + last, 1, EndOfClass(pattern, i));
                    break;
                case '(':
                    outer.Push((sum + last, 0));
                    (sum, last, i) = (0, 0, i + 1);
                    break;
                case ')':
                    long group = Math.Max(1, sum + last);
                    sum = outer.TryPop(out (long Sum, long Last) before) ? before.Sum : 0;
                    (last, i) = (group, i + 1);
                    break;
                case '{' when TryReadCount(pattern, i, out long count, out int end):
                    (last, i) = (Math.Min(Ceiling, last * Math.Max(1, count)), end);
                    break;
                default:
                    if (current is not ('*' or '+' or '?' or '|'))
                        (sum, last) = (sum + last, 1);
                    i++;
                    break;
            }

            if (sum + last > Ceiling)
                return Ceiling;
        }

        long total = sum + last;
        while (outer.TryPop(out (long Sum, long Last) before))
            total += before.Sum;
        return total;
    }

    private static int EndOfClass(string pattern, int start)
    {
        int i = start + 1;
        if (i < pattern.Length && pattern[i] == '^')
            i++;
        // A bracket in first place is a character of the class.
        if (i < pattern.Length && pattern[i] == ']')
            i++;
        for (; i < pattern.Length && pattern[i] != ']'; i++)
        {
            if (pattern[i] == '\\')
                i++;
        }

        return i + 1;
    }

    /// <summary>Reads {n}, {n,} or {n,m}; the larger number counts.</summary>
    private static bool TryReadCount(string pattern, int start, out long count, out int end)
    {
        count = 0;
        end = pattern.IndexOf('}', start);
        if (end < 0)
            return false;
        ReadOnlySpan<char> body = pattern.AsSpan(start + 1, end - start - 1);
        end++;
        int comma = body.IndexOf(',');
        ReadOnlySpan<char> most = comma < 0 || comma == body.Length - 1 ? body[..(comma < 0 ? body.Length : comma)] : body[(comma + 1)..];
        return most.Length > 0 && !most.ContainsAnyExceptInRange('0', '9')
            && (comma < 0 || (comma > 0 && !body[..comma].ContainsAnyExceptInRange('0', '9')))
            && (most.Length > 9 ? (count = Ceiling) > 0 : long.TryParse(most, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out count));
    }
}
