namespace SecurityToolchain.Secrets.Classification;

/// <summary>Says whether a value only repeats the name that it is held under, as labels and keys of settings do.</summary>
internal static class NameRepetition
{
    /// <summary>Whether the value is the name, or words of it in their order, whatever stands between them.</summary>
    public static bool IsMatch(ReadOnlySpan<char> name, ReadOnlySpan<char> value) => IsSame(name, value) || IsMadeOfWords(name, value);

    private static bool IsSame(ReadOnlySpan<char> name, ReadOnlySpan<char> value)
    {
        int n = 0, v = 0;
        while (true)
        {
            while (n < name.Length && !char.IsLetterOrDigit(name[n]))
                n++;
            while (v < value.Length && !char.IsLetterOrDigit(value[v]))
                v++;
            if (n == name.Length || v == value.Length)
                return n == name.Length && v == value.Length;
            if (char.ToLowerInvariant(name[n++]) != char.ToLowerInvariant(value[v++]))
                return false;
        }
    }

    // IoCredPassword = "iopassword": words of the name, and nothing else.
    private static bool IsMadeOfWords(ReadOnlySpan<char> name, ReadOnlySpan<char> value)
    {
        if (value.Length > NameWords.MostCharacters || name.IsEmpty)
            return false;
        Span<char> buffer = stackalloc char[NameWords.MostCharacters];
        Span<int> ends = stackalloc int[24];
        var words = new NameWords(name, buffer, ends);
        int position = 0, repeated = 0;
        for (int i = 0; i < words.Count && position < value.Length; i++)
        {
            while (position < value.Length && !char.IsLetter(value[position]))
                position++;
            if (!value.Slice(position).StartsWith(words[i], StringComparison.OrdinalIgnoreCase))
                continue;
            position += words[i].Length;
            repeated++;
        }

        return repeated > 1 && position == value.Length;
    }
}
