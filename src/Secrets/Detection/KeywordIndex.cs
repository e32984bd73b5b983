#if NET
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
#endif

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
        int i = start + 2;
#if NET
        i = SkipFours(text, i);
#endif
        uint key = (uint)Fold(fold, text[i - 2]) << 6 | Fold(fold, text[i - 1]);
        for (; i < text.Length; i++)
        {
            key = (key << 6 | Fold(fold, text[i])) & KeyMask;
            if ((bitmap[key >> 6] >> (int)(key & 63) & 1) != 0)
                return i - 2;
        }

        return -1;
    }

#if NET
    // Passes four places at a time for as long as no keyword begins at one of them. The four questions do not wait for each other, and
    // nothing is checked twice: a folded character has six bits, so every key lies within the bitmap.
    private int SkipFours(ReadOnlySpan<char> text, int next)
    {
        ref char first = ref MemoryMarshal.GetReference(text);
        ref byte fold = ref MemoryMarshal.GetArrayDataReference(s_fold);
        ref byte bits = ref Unsafe.As<ulong, byte>(ref MemoryMarshal.GetArrayDataReference(_bitmap));
        unchecked
        {
            uint a = FoldAt(ref fold, Unsafe.Add(ref first, next - 2)), b = FoldAt(ref fold, Unsafe.Add(ref first, next - 1));
            while (next <= text.Length - 4)
            {
                ref char at = ref Unsafe.Add(ref first, next);
                uint c = FoldAt(ref fold, at), d = FoldAt(ref fold, Unsafe.Add(ref at, 1)), e = FoldAt(ref fold, Unsafe.Add(ref at, 2)), f = FoldAt(ref fold, Unsafe.Add(ref at, 3));
                uint found = BitAt(ref bits, a << 12 | b << 6 | c) | BitAt(ref bits, b << 12 | c << 6 | d) | BitAt(ref bits, c << 12 | d << 6 | e) | BitAt(ref bits, d << 12 | e << 6 | f);
                if ((found & 1) != 0)
                    break;
                (a, b) = (e, f);
                next += 4;
            }
        }

        return next;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint FoldAt(ref byte fold, char c) => c < 128 ? Unsafe.Add(ref fold, (nint)c) : 0u;

    // Bit k of a row of 64-bit words is bit k of the bytes below it on a little-endian machine; elsewhere the slow loop decides.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint BitAt(ref byte bits, uint key) => BitConverter.IsLittleEndian ? (uint)Unsafe.Add(ref bits, (nint)(key >> 3)) >> (int)(key & 7) : 1u;
#endif

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
