using SecurityToolchain.Secrets.Classification;

namespace SecurityToolchain.Secrets.Patterns;

/// <summary>Computes what the checksum inside a token says.</summary>
internal delegate ChecksumState TokenChecksum(ReadOnlySpan<char> token);

/// <summary>
/// The facts of one token format: fixed parts, alphabets, lengths and checksum. A format whose own text has nothing distinctive
/// (forty hexadecimal digits) has <see cref="ContextNames"/> instead: the name beside the value must hold one of them.
/// </summary>
public sealed class SecretPattern
{
    internal SecretPattern(string id, string provider, Segment[] segments)
    {
        Id = id;
        Provider = provider;
        Segments = segments;
        AnchorSegment = FindAnchor(segments, out int offset);
        AnchorOffset = offset;
    }

    /// <summary>The stable id in kebab case.</summary>
    public string Id { get; }

    /// <summary>The service that issues the token.</summary>
    public string Provider { get; }

    /// <summary>The names beside the value that the format needs; empty for a format that speaks for itself.</summary>
    public IReadOnlyList<string> ContextNames { get; internal set; } = [];

    /// <summary>Whether the format needs a name beside the value.</summary>
    public bool NeedsName => ContextNames.Count > 0;

    internal Segment[] Segments { get; }

    /// <summary>The longest fixed part at a fixed offset; -1 for a format without one.</summary>
    internal int AnchorSegment { get; }

    internal int AnchorOffset { get; }

    internal string? Anchor => AnchorSegment < 0 ? null : Segments[AnchorSegment].Literal;

    internal TokenChecksum? Checksum { get; set; }

    internal SecretConfidence Confidence { get; set; } = SecretConfidence.High;

    /// <summary>Whether counting up (1234567890abcdef) is accepted: for formats that people type by hand into samples and then ship.</summary>
    internal bool AcceptsSequences { get; set; }

    /// <summary>Whether the value is a UUID, which low-entropy checks must not judge by its dashes.</summary>
    internal bool AnyEntropy { get; set; }

    /// <summary>The leading characters that are the same in every token.</summary>
    internal int PublicPrefixLength => Segments[0].Literal?.Length ?? 0;

    /// <summary>The texts that the prefilter looks for, with their distance from the token's start; -1 when the start must be sought.</summary>
    internal IEnumerable<(string Keyword, int Offset)> Keywords()
    {
        if (NeedsName)
            yield break;
        if (Anchor is { } anchor)
        {
            yield return (anchor, AnchorOffset);
        }
        else if (Segments[0].Literal is { Length: 2 } prefix && Segments[1].Alphabet is { Characters.Length: <= 16 } next)
        {
            foreach (char c in next.Characters)
                yield return (prefix + c, 0);
        }
        else if (Segments.Length > 2 && Segments[2].Literal is { Length: 2 } mark && Segments[1] is { Minimum: 1, Maximum: 1, Alphabet.Characters.Length: <= 16 })
        {
            foreach (char c in Segments[1].Alphabet!.Characters)
                yield return (c + mark, Segments[0].Minimum);
        }
        else if (!Segments[0].IsFixedLength && Segments[1].Literal is { Length: >= 3 } second)
        {
            yield return (second, -1);
        }
    }

    /// <summary>Matches where a keyword was found; see <see cref="Keywords"/>.</summary>
    internal bool TryMatchAtKeyword(ReadOnlySpan<char> text, int keyword, int offset, out int start, out int length)
    {
        if (offset >= 0)
        {
            start = keyword - offset;
        }
        else
        {
            start = keyword;
            int least = Math.Max(0, keyword - Segments[0].Maximum);
            while (start > least && Segments[0].Alphabet!.Contains(text[start - 1]))
                start--;
        }

        length = 0;
        return start >= 0 && TryMatchAt(text, start, out length);
    }

    /// <summary>Matches at a start; one pass over the token, no backtracking.</summary>
    internal bool TryMatchAt(ReadOnlySpan<char> text, int start, out int length)
    {
        length = 0;
        Segment first = Segments[0];
        if (start > 0 && IsContinuation(text[start - 1], first))
            return false;
        int position = start;
        foreach (Segment segment in Segments)
        {
            if (segment.Literal is not null)
            {
                if (!text.Slice(position).StartsWith(segment.Literal.AsSpan(), StringComparison.Ordinal))
                    return false;
                position += segment.Literal.Length;
                continue;
            }

            int most = Math.Min(segment.Maximum, text.Length - position);
            int run = 0;
            while (run < most && segment.Alphabet!.Contains(text[position + run]))
                run++;
            if (run < segment.Minimum)
                return false;
            position += run;
        }

        Segment last = Segments[Segments.Length - 1];
        if (position < text.Length && IsContinued(text[position], last))
            return false;
        length = position - start;
        return true;
    }

    /// <summary>Whether the variable parts look issued rather than typed as an example.</summary>
    internal bool LooksIssued(ReadOnlySpan<char> token)
    {
        if (PlaceholderText.IsTokenPlaceholder(token.Slice(PublicPrefixLength), AcceptsSequences))
            return false;
        return AnyEntropy || Entropy.LooksRandomEnough(token.Slice(PublicPrefixLength));
    }

    // A letter or digit before the token makes it the tail of a longer word; so does a character of the first run's own alphabet.
    private static bool IsContinuation(char before, Segment first) =>
        Alphabet.Word.Contains(before) || (first.Alphabet is not null && first.Alphabet.Contains(before)) || (before is '-' && first.Literal is not null);

    private static bool IsContinued(char after, Segment last) =>
        Alphabet.Word.Contains(after) || (last.Alphabet is not null && last.Alphabet.Contains(after) && after is not ('=' or '.'));

    private static int FindAnchor(Segment[] segments, out int offset)
    {
        int anchor = -1, best = 0, position = 0;
        offset = 0;
        for (int i = 0; i < segments.Length; i++)
        {
            if (segments[i].Literal is { } literal && literal.Length > best && literal.Length >= 3)
            {
                anchor = i;
                best = literal.Length;
                offset = position;
            }

            if (!segments[i].IsFixedLength)
                break;
            position += segments[i].Minimum;
        }

        return anchor;
    }
}
