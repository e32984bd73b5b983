namespace SecurityToolchain.Secrets.Detection;

/// <summary>
/// The prefilter: finds every place where one of several hundred keywords may begin, in one pass and for all detectors.
/// </summary>
/// <remarks>
/// Three neighbouring characters, folded to 64 classes without case, are 18 bits; a bitmap of 2^18 bits (32 KiB, it fits the first
/// level cache) says whether any keyword begins with them. Only then is a hash table asked which keywords, and the text compared.
/// <code>
/// text  ... t o k e n = g h p _ 1 6 ...
///                      [g h p]  bit set -> candidates "ghp_" -> compared -> detector
/// </code>
/// </remarks>
internal sealed class KeywordIndex
{
    private const int KeyBits = 18;
    private const uint KeyMask = (1u << KeyBits) - 1;
    private const int Gram = 3;
    private static readonly byte[] s_fold = BuildFold();

    private readonly ulong[] _bitmap = new ulong[(1 << KeyBits) / 64];
    private readonly int[] _heads = new int[4096];
    private readonly Entry[] _entries;

    /// <summary>Builds the index; keywords have at least three characters.</summary>
    public KeywordIndex(IReadOnlyList<Keyword> keywords)
    {
        for (int i = 0; i < _heads.Length; i++)
            _heads[i] = -1;
        _entries = new Entry[keywords.Count];
        // Entered backwards, so that a chain lists keywords in their given order.
        for (int i = keywords.Count - 1; i >= 0; i--)
        {
            uint key = KeyOf(keywords[i].Text.AsSpan());
            _bitmap[key >> 6] |= 1UL << (int)(key & 63);
            int slot = Slot(key);
            _entries[i] = new Entry(keywords[i], key, _heads[slot]);
            _heads[slot] = i;
        }
    }

    /// <summary>The first place at or behind <paramref name="start"/> where a keyword may begin, or -1.</summary>
    public int Next(ReadOnlySpan<char> text, int start)
    {
        if (text.Length - start < Gram)
            return -1;
        byte[] fold = s_fold;
        ulong[] bitmap = _bitmap;
        uint key = (uint)Fold(fold, text[start]) << 6 | Fold(fold, text[start + 1]);
        for (int i = start + 2; i < text.Length; i++)
        {
            key = (key << 6 | Fold(fold, text[i])) & KeyMask;
            if ((bitmap[key >> 6] >> (int)(key & 63) & 1) != 0)
                return i - 2;
        }

        return -1;
    }

    /// <summary>The chain of keywords that may begin at a place; -1 ends it. See <see cref="Following"/>.</summary>
    public int FirstAt(ReadOnlySpan<char> text, int position, out uint key)
    {
        key = KeyOf(text.Slice(position));
        return _heads[Slot(key)];
    }

    /// <summary>The next element of a chain.</summary>
    public int Following(int entry) => _entries[entry].Next;

    /// <summary>Whether the keyword of an element stands at a place.</summary>
    public bool IsAt(ReadOnlySpan<char> text, int position, int entry, uint key, out Keyword keyword)
    {
        ref readonly Entry candidate = ref _entries[entry];
        keyword = candidate.Keyword;
        return candidate.Key == key
            && text.Slice(position).StartsWith(keyword.Text.AsSpan(), keyword.IgnoresCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
    }

    private static uint KeyOf(ReadOnlySpan<char> text) =>
        (uint)Fold(s_fold, text[0]) << 12 | (uint)Fold(s_fold, text[1]) << 6 | Fold(s_fold, text[2]);

    private static byte Fold(byte[] fold, char c) => c < fold.Length ? fold[c] : (byte)0;

    private static int Slot(uint key) => (int)(unchecked(key * 2654435769u) >> 20);

    private static byte[] BuildFold()
    {
        var fold = new byte[128];
        byte next = 1;
        for (char c = 'a'; c <= 'z'; c++)
        {
            fold[c] = next;
            fold[c - 32] = next++;
        }

        foreach (char c in "0123456789-_.:/+=~ $&@|!#%\"'(")
            fold[c] = next++;
        return fold;
    }

    /// <summary>A text that announces a candidate.</summary>
    /// <param name="Text">The keyword, at least three characters.</param>
    /// <param name="IgnoresCase">Whether case plays no part.</param>
    /// <param name="Target">What looks at the place.</param>
    /// <param name="Pattern">The index of the pattern for <see cref="DetectorKind.Pattern"/>.</param>
    /// <param name="Offset">The keyword's distance from the pattern's start.</param>
    internal readonly record struct Keyword(string Text, bool IgnoresCase, DetectorKind Target, int Pattern = -1, int Offset = 0);

    private readonly record struct Entry(Keyword Keyword, uint Key, int Next);
}
