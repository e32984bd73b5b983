namespace SecurityToolchain.Secrets.Classification;

/// <summary>Says whether a value only repeats the name that it is held under, as labels and keys of settings do.</summary>
internal static class NameRepetition
{
    /// <summary>Whether the value is the name, or words of it in their order, whatever stands between them.</summary>
    public static bool IsMatch(ReadOnlySpan<char> name, ReadOnlySpan<char> value) => IsSame(name, value) || IsMadeOfWords(name, value);

    /// <summary>
    /// Whether the value is a short identifier of small words, numbers and versions, one of the words the name's: <c>TokenKey = "graph-token-v2"</c>. What calls
    /// itself secret is none.
    /// </summary>
    public static bool IsIdentifierFor(ReadOnlySpan<char> name, ReadOnlySpan<char> value)
    {
        const int MostDigits = 4;
        // A longer one is what people make up for a key.
        const int MostCharacters = 20;
        if (value.Length > MostCharacters)
            return false;
        bool hasSeparator = false, repeats = false;
        int start = 0;
        for (int i = 0; i <= value.Length; i++)
        {
            if (i < value.Length && value[i] is not ('-' or '_' or '.' or ':' or '/'))
                continue;
            ReadOnlySpan<char> word = value.Slice(start, i - start);
            hasSeparator |= i < value.Length;
            start = i + 1;
            int digits = 0;
            foreach (char c in word)
            {
                if (c is >= '0' and <= '9')
                    digits++;
                else if (c is not (>= 'a' and <= 'z'))
                    return false;
            }

            bool isNumber = digits > 0 && digits <= MostDigits && digits >= word.Length - 1;
            if ((digits > 0 && !isNumber) || word is "secret" or "password" or "pass" or "super")
                return false;
            repeats |= digits == 0 && word.Length > 2 && name.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0;
        }

        return hasSeparator && repeats;
    }

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
