namespace SecurityToolchain.Secrets.Classification;

/// <summary>Splits an identifier, key path or header name into lower-case words without allocating.</summary>
internal ref struct NameWords
{
    /// <summary>Longer names are cut: what a name is about stands at its end, so the end is kept.</summary>
    public const int MostCharacters = 96;

    private const int MostWords = 24;

    private readonly Span<char> _buffer;
    private readonly Span<int> _ends;

    /// <summary>Splits at separators, at humps (<c>apiKey</c>, <c>APIKey</c>) and between letters and digits.</summary>
    /// <param name="name">The name.</param>
    /// <param name="buffer">Room for <see cref="MostCharacters"/> characters.</param>
    /// <param name="ends">Room for 24 numbers.</param>
    public NameWords(ReadOnlySpan<char> name, Span<char> buffer, Span<int> ends)
    {
        _buffer = buffer;
        _ends = ends;
        if (name.Length > MostCharacters)
            name = name.Slice(name.Length - MostCharacters);
        int written = 0, start = 0;
        for (int i = 0; i < name.Length; i++)
        {
            char c = name[i];
            bool isWord = char.IsLetterOrDigit(c);
            bool isBreak = !isWord || (i > 0 && IsBoundary(name, i));
            if (isBreak && written > start)
            {
                if (Count == MostWords)
                    return;
                _ends[Count++] = written;
                start = written;
            }

            if (isWord)
                _buffer[written++] = char.ToLowerInvariant(c);
            else
                HasSeparator = true;
        }

        if (written > start && Count < MostWords)
            _ends[Count++] = written;
    }

    /// <summary>How many words there are.</summary>
    public int Count { get; private set; }

    /// <summary>Whether anything but letters and digits was between the words.</summary>
    public bool HasSeparator { get; }

    /// <summary>All words without what was between them.</summary>
    public readonly ReadOnlySpan<char> Joined => Count == 0 ? default : _buffer.Slice(0, _ends[Count - 1]);

    /// <summary>A word in lower case.</summary>
    public readonly ReadOnlySpan<char> this[int index]
    {
        get
        {
            int start = index == 0 ? 0 : _ends[index - 1];
            return _buffer.Slice(start, _ends[index] - start);
        }
    }

    private static bool IsBoundary(ReadOnlySpan<char> name, int i)
    {
        char left = name[i - 1], c = name[i];
        if (char.IsUpper(c))
            return char.IsLower(left) || char.IsDigit(left) || (char.IsUpper(left) && i + 1 < name.Length && char.IsLower(name[i + 1]));
        return char.IsDigit(c) != char.IsDigit(left) && char.IsLetterOrDigit(left);
    }
}
