using System.Buffers;
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
    private static readonly SearchValues<byte> Printable = SearchValues.Create([(byte)'\t', .. Enumerable.Range(0x20, 0x7F - 0x20).Select(static c => (byte)c)]);

    private readonly int _maxStrings;
    private readonly int _maxLength;
    private readonly int _minLength;
    private readonly List<ExtractedString> _strings = [];
    private byte[] _buffer = [];
    private int _held, _behind;
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
        int length = _held + block.Length;
        if (_buffer.Length < length)
            Array.Resize(ref _buffer, Math.Max(length, 2 * _buffer.Length));
        block.CopyTo(_buffer.AsSpan(_held));
        // The byte in front stays, because it decides about the byte order of a string that begins behind it.
        int done = Extract(_buffer.AsSpan(0, length), _behind, final: false);
        int kept = Math.Max(0, done - 1);
        _behind = done - kept;
        _held = length - kept;
        _buffer.AsSpan(kept, _held).CopyTo(_buffer);
        _position += kept;
    }

    /// <summary>The strings in the order of their offsets.</summary>
    public ImmutableArray<ExtractedString> Finish()
    {
        if (!Truncated)
        {
            Extract(_buffer.AsSpan(0, _held), _behind, final: true);
            _held = _behind = 0;
        }

        return [.. _strings.OrderBy(static s => s.Offset)];
    }

    private int Extract(ReadOnlySpan<byte> bytes, int start, bool final)
    {
        int at = start;
        // An unfinished string of the greatest length in the widest encoding has to fit into what is held back.
        int hold = final ? 0 : Math.Min(bytes.Length, (_maxLength * 4) + 8);
        int limit = bytes.Length - hold;
        while (at < limit && !Truncated)
        {
            at = PrintableRuns.Next(bytes, at, _minLength);
            if (at >= limit)
                return limit;
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
                at += Narrow(bytes, at);
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
        Encoding encoding = lowFirst ? Encoding.Unicode : Encoding.BigEndianUnicode;
        Keep(encoding.GetString(bytes.Slice(start, 2 * characters)), _position + start, lowFirst ? StringEncoding.Utf16LittleEndian : StringEncoding.Utf16BigEndian);
        return start + (2 * characters);
    }

    // Returns how far to go on from the place that was looked at.
    private int Narrow(ReadOnlySpan<byte> bytes, int start)
    {
        int at = start, characters = 0, wide = 0;
        while (at < bytes.Length && characters < _maxLength)
        {
            byte value = bytes[at];
            // All but the last character of a plain piece need no further look.
            int plain = bytes.Slice(at, Math.Min(bytes.Length - at, _maxLength - characters)).IndexOfAnyExcept(Printable) is var end and >= 0 ? end : Math.Min(bytes.Length - at, _maxLength - characters);
            if (plain > 1)
            {
                at += plain - 1;
                characters += plain - 1;
            }
            else if (IsAscii(value))
            {
                // The first letter of a UTF-16 string that follows directly is not part of this one.
                if (at + 3 < bytes.Length && bytes[at + 1] == 0 && IsAscii(bytes[at + 2]) && bytes[at + 3] == 0)
                    break;
                at++;
                characters++;
            }
            else if (value >= 0xC2 && Rune.DecodeFromUtf8(bytes[at..], out Rune rune, out int length) == OperationStatus.Done && IsLetterLike(rune))
            {
                at += length;
                wide++;
                characters++;
            }
            else
            {
                break;
            }
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
