namespace SecurityToolchain.Secrets.Classification;

/// <summary>A fixed set of lower-case words that is asked with a part of a text, without making a string of it.</summary>
internal sealed class WordSet
{
    private readonly string?[] _slots;
    private readonly int _mask;

    /// <summary>Creates the set of words that are separated by one space each.</summary>
    public WordSet(string words)
    {
        string[] list = words.Split(' ');
        int size = 16;
        while (size < list.Length * 2)
            size *= 2;
        _slots = new string?[size];
        _mask = size - 1;
        foreach (string word in list)
        {
            int slot = Hash(word.AsSpan()) & _mask;
            while (_slots[slot] is { } taken && taken != word)
                slot = slot + 1 & _mask;
            _slots[slot] = word;
        }
    }

    /// <summary>Whether the word, in lower case, belongs to the set.</summary>
    public bool Contains(ReadOnlySpan<char> word)
    {
        for (int slot = Hash(word) & _mask; _slots[slot] is { } known; slot = slot + 1 & _mask)
        {
            if (word.SequenceEqual(known.AsSpan()))
                return true;
        }

        return false;
    }

    // FNV-1a, 32 bits.
    private static int Hash(ReadOnlySpan<char> word)
    {
        uint hash = 2166136261;
        foreach (char c in word)
            hash = unchecked((hash ^ c) * 16777619);
        return (int)(hash >> 1 & int.MaxValue);
    }
}
