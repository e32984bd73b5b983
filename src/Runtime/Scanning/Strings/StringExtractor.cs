using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using SecurityToolchain.Scanning.Parsing;
using SecurityToolchain.Scanning.Pipeline;

namespace SecurityToolchain.Scanning.Strings;

/// <summary>
/// Collects printable strings from a stream of blocks: ASCII and UTF-8 runs, UTF-16 in both byte orders at any alignment. The kept text is
/// escaped and redacted. Belongs to one thread.
/// </summary>
public sealed class StringExtractor : IContentConsumer
{
    private readonly int _maxStrings;
    private readonly int _maxLength;
    private readonly int _minLength;
    private readonly List<ExtractedString> _strings = [];
    private byte[] _tail = [];
    private long _position;

    /// <summary>Creates an extractor.</summary>
    /// <param name="maxStrings">The strings to keep.</param>
    /// <param name="maxLength">The characters of a string; a longer one is split, and each part has its offset.</param>
    /// <param name="minLength">The characters of the shortest string. Default 6.</param>
    public StringExtractor(int maxStrings, int maxLength, int minLength = 6)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxStrings);
        ArgumentOutOfRangeException.ThrowIfLessThan(minLength, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxLength, minLength);
        _maxStrings = maxStrings;
        _maxLength = maxLength;
        _minLength = minLength;
    }

    /// <summary>Whether there were more strings than were kept.</summary>
    public bool Truncated { get; private set; }

    /// <inheritdoc/>
    public void Append(ReadOnlySpan<byte> block)
    {
        if (Truncated || block.IsEmpty)
            return;
        // A string that is cut by the end of a block is looked at again together with the next one.
        byte[] joined = [.. _tail, .. block];
        int done = Extract(joined, final: false);
        _tail = joined[done..];
        _position += done;
    }

    /// <summary>The strings in the order of their offsets.</summary>
    public ImmutableArray<ExtractedString> Finish()
    {
        if (!Truncated)
        {
            _position += Extract(_tail, final: true);
            _tail = [];
        }

        return [.. _strings.OrderBy(static s => s.Offset)];
    }

    private int Extract(ReadOnlySpan<byte> bytes, bool final)
    {
        int at = 0;
        // An unfinished string of the greatest length in the widest encoding has to fit into what is held back.
        int hold = final ? 0 : Math.Min(bytes.Length, (_maxLength * 4) + 8);
        int limit = bytes.Length - hold;
        while (at < limit && !Truncated)
        {
            int step = bytes[at..].IndexOfAnyInRange((byte)0x20, (byte)0xF4);
            if (step < 0 || at + step >= limit)
                return Math.Max(at, limit);
            at += step;
            int little = WideLength(bytes, at, lowFirst: true);
            int big = at > 0 && bytes[at - 1] == 0 ? WideLength(bytes, at - 1, lowFirst: false) : 0;
            // Read in the wrong order, a string loses its last character; so the longer reading is the right one.
            if (big > little && big >= _minLength)
                at = KeepWide(bytes, at - 1, big, lowFirst: false);
            else if (little >= _minLength)
                at = KeepWide(bytes, at, little, lowFirst: true);
            else if (little > 0)
                at++;
            else
            {
                at += Narrow(bytes, at);
            }
        }

        return Math.Max(at, Math.Min(limit, bytes.Length));
    }

    private int WideLength(ReadOnlySpan<byte> bytes, int start, bool lowFirst)
    {
        int characters = 0;
        for (int at = start; at + 1 < bytes.Length && characters < _maxLength; at += 2, characters++)
        {
            (byte low, byte high) = lowFirst ? (bytes[at], bytes[at + 1]) : (bytes[at + 1], bytes[at]);
            if (high != 0 || !IsAscii(low))
                break;
        }

        return characters;
    }

    private int KeepWide(ReadOnlySpan<byte> bytes, int start, int characters, bool lowFirst)
    {
        var text = new StringBuilder(characters);
        for (int i = 0; i < characters; i++)
            text.Append((char)bytes[start + (2 * i) + (lowFirst ? 0 : 1)]);
        Keep(text.ToString(), _position + start, lowFirst ? StringEncoding.Utf16LittleEndian : StringEncoding.Utf16BigEndian);
        return start + (2 * characters);
    }

    // Returns how far to go on from the place that was looked at.
    private int Narrow(ReadOnlySpan<byte> bytes, int start)
    {
        int at = start, characters = 0, wide = 0;
        while (at < bytes.Length && characters < _maxLength)
        {
            byte value = bytes[at];
            if (IsAscii(value))
            {
                // The first letter of a UTF-16 string that follows directly is not part of this one.
                if (at + 3 < bytes.Length && bytes[at + 1] == 0 && IsAscii(bytes[at + 2]) && bytes[at + 3] == 0)
                    break;
                at++;
            }
            else if (value >= 0xC2 && Rune.DecodeFromUtf8(bytes[at..], out Rune rune, out int length) == System.Buffers.OperationStatus.Done && IsLetterLike(rune))
            {
                at += length;
                wide++;
            }
            else
            {
                break;
            }

            characters++;
        }

        // Chance makes short runs of multi-byte characters, so most of a string has to be ASCII or it has to be long.
        if (characters >= _minLength && (wide * 2 <= characters || characters >= 2 * _minLength))
            Keep(Encoding.UTF8.GetString(bytes[start..at]), _position + start, wide == 0 ? StringEncoding.Ascii : StringEncoding.Utf8);
        return Math.Max(1, at - start);
    }

    private void Keep(string text, long offset, StringEncoding encoding)
    {
        if (_strings.Count >= _maxStrings)
        {
            Truncated = true;
            return;
        }

        (string shown, StringCategory category) = StringCategorizer.Describe(text);
        _strings.Add(new ExtractedString(PrintableText.Escape(shown), offset, encoding, category));
    }

    private static bool IsAscii(byte value) => value is >= 0x20 and < 0x7F or (byte)'\t';

    private static bool IsLetterLike(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter
        or UnicodeCategory.OtherLetter or UnicodeCategory.NonSpacingMark or UnicodeCategory.OtherPunctuation or UnicodeCategory.CurrencySymbol
        or UnicodeCategory.DashPunctuation or UnicodeCategory.InitialQuotePunctuation or UnicodeCategory.FinalQuotePunctuation or UnicodeCategory.OtherSymbol;
}
