using System.Globalization;
using System.Text;

namespace SecurityToolchain.Scanning.Parsing;

/// <summary>
/// Makes text from hostile files safe to print: control characters, escape sequences, bidirectional controls, invisible characters and
/// lone surrogates become visible escapes, so that a report cannot move a terminal's cursor or reorder its own lines.
/// </summary>
public static class PrintableText
{
    /// <summary>Escapes a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="maxLength">The most characters of the input to keep; the cut is marked.</param>
    /// <returns>The text itself when nothing had to change.</returns>
    public static string Escape(string text, int maxLength = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length <= maxLength && IsClean(text) ? text : Escape(text.AsSpan(), maxLength);
    }

    /// <summary>Escapes a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="maxLength">The most characters of the input to keep; the cut is marked.</param>
    public static string Escape(ReadOnlySpan<char> text, int maxLength = int.MaxValue)
    {
        bool cut = text.Length > maxLength;
        if (cut)
            text = text[..maxLength];
        var builder = new StringBuilder(text.Length + 16);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                builder.Append(c).Append(text[++i]);
            }
            else if (IsSafe(c))
            {
                builder.Append(c);
            }
            else
            {
                builder.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            }
        }

        if (cut)
            builder.Append('…');
        return builder.ToString();
    }

    private static bool IsClean(string text)
    {
        int first = text.AsSpan().IndexOfAnyExceptInRange(' ', '~');
        if (first < 0)
            return true;
        foreach (char c in text.AsSpan(first))
        {
            if (!IsSafe(c))
                return false;
        }

        return true;
    }

    private static bool IsSafe(char c)
    {
        if (c is >= ' ' and < (char)0x7f)
            return true;
        return CharUnicodeInfo.GetUnicodeCategory(c) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
            or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
    }
}
