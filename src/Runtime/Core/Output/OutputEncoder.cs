using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;

namespace SecurityToolchain.Runtime.Output;

/// <summary>
/// Encodes untrusted text for the place that it is put into, so that it stays text there. Each member is for one place and no other.
/// Thread safe.
/// </summary>
public static class OutputEncoder
{
    /// <summary>For HTML, between tags and inside quoted attribute values. Not for <c>script</c>, <c>style</c>, event handlers or URLs.</summary>
    /// <param name="text">Any text; <see langword="null"/> is empty.</param>
    public static string ForHtml(string? text) => HtmlEncoder.Default.Encode(text ?? string.Empty);

    /// <summary>For the inside of a quoted JavaScript string, also within HTML: quotes, tags and line separators become <c>\uXXXX</c>.</summary>
    /// <param name="text">Any text; <see langword="null"/> is empty.</param>
    public static string ForJavaScriptString(string? text) => JavaScriptEncoder.Default.Encode(text ?? string.Empty);

    /// <summary>For one segment of a URL's path, or one name or value of its query.</summary>
    /// <param name="text">Any text; <see langword="null"/> is empty.</param>
    public static string ForUrlComponent(string? text) => Uri.EscapeDataString(text ?? string.Empty);

    /// <summary>
    /// For one line of a log or a terminal: line breaks, control characters, escape sequences, bidirectional controls, invisible
    /// characters and unpaired surrogates become <c>\uXXXX</c>; a backslash becomes two, so the original can be told.
    /// </summary>
    /// <param name="text">Any text; <see langword="null"/> is empty.</param>
    /// <param name="maxLength">Characters of the text that are kept; the rest is replaced by its count. Default 4,096.</param>
    public static string ForLog(string? text, int maxLength = 4096)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxLength);
        if (string.IsNullOrEmpty(text))
            return string.Empty;
        var result = new StringBuilder(Math.Min(text.Length, maxLength) + 16);
        int end = Math.Min(text.Length, maxLength);
        for (int i = 0; i < end; i++)
        {
            char current = text[i];
            if (char.IsHighSurrogate(current) && i + 1 < end && char.IsLowSurrogate(text[i + 1]))
            {
                AppendRune(result, new Rune(current, text[++i]));
                continue;
            }

            if (current == '\\')
                result.Append(@"\\");
            else if (IsUnsafe(CharUnicodeInfo.GetUnicodeCategory(current), current))
                result.Append(CultureInfo.InvariantCulture, $"\\u{(int)current:X4}");
            else
                result.Append(current);
        }

        if (end < text.Length)
            result.Append(CultureInfo.InvariantCulture, $"… ({text.Length - end} more characters)");
        return result.ToString();
    }

    /// <summary>For a value in an LDAP search filter (RFC 4515): every character that the filter's grammar gives a meaning becomes <c>\XX</c>.</summary>
    /// <param name="text">Any text; <see langword="null"/> is empty.</param>
    public static string ForLdapFilter(string? text)
    {
        var result = new StringBuilder();
        foreach (byte value in Encoding.UTF8.GetBytes(text ?? string.Empty))
        {
            bool plain = value is >= 0x20 and < 0x7F and not ((byte)'*' or (byte)'(' or (byte)')' or (byte)'\\' or (byte)'&' or (byte)'|' or (byte)'!' or (byte)'=' or (byte)'~' or (byte)'<' or (byte)'>' or (byte)'/');
            if (plain)
                result.Append((char)value);
            else
                result.Append(CultureInfo.InvariantCulture, $"\\{value:x2}");
        }

        return result.ToString();
    }

    /// <summary>For a value in an LDAP distinguished name (RFC 4514).</summary>
    /// <param name="text">Any text; <see langword="null"/> is empty.</param>
    public static string ForLdapDistinguishedName(string? text)
    {
        text ??= string.Empty;
        var result = new StringBuilder(text.Length + 8);
        for (int i = 0; i < text.Length; i++)
        {
            char current = text[i];
            bool edge = i == 0 || i == text.Length - 1;
            if (current is '"' or '+' or ',' or ';' or '<' or '>' or '\\' or '=' || (i == 0 && current == '#') || (edge && current == ' '))
                result.Append('\\').Append(current);
            else if (current < ' ' || current == '\u007F')
                result.Append(CultureInfo.InvariantCulture, $"\\{(int)current:x2}");
            else
                result.Append(current);
        }

        return result.ToString();
    }

    /// <summary>For XPath 1.0: a whole string literal, quotes included. Text with both kinds of quotes becomes a call of <c>concat</c>.</summary>
    /// <param name="text">Any text; <see langword="null"/> is empty.</param>
    public static string ForXPathLiteral(string? text)
    {
        text ??= string.Empty;
        if (!text.Contains('\'', StringComparison.Ordinal))
            return $"'{text}'";
        if (!text.Contains('"', StringComparison.Ordinal))
            return $"\"{text}\"";
        return $"concat('{string.Join("',\"'\",'", text.Split('\''))}')";
    }

    /// <summary>
    /// For one field of a CSV file (RFC 4180) that a spreadsheet may open: quoted, and a field that a spreadsheet would compute starts with
    /// an apostrophe.
    /// </summary>
    /// <param name="text">Any text; <see langword="null"/> is empty.</param>
    public static string ForCsvField(string? text)
    {
        text ??= string.Empty;
        // Full-width twins of the signs count: spreadsheets fold them. A sign after white space is computed as well.
        ReadOnlySpan<char> start = text.AsSpan().TrimStart();
        bool computed = start.Length > 0 && start[0] is '=' or '+' or '-' or '@' or '\uFF1D' or '\uFF0B' or '\uFF0D' or '\uFF20';
        computed |= text.Length > 0 && text[0] is '\t' or '\r' or '\n';
        return $"\"{(computed ? "'" : string.Empty)}{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private static void AppendRune(StringBuilder result, Rune rune)
    {
        if (IsUnsafe(Rune.GetUnicodeCategory(rune), '\0'))
            result.Append(CultureInfo.InvariantCulture, $"\\U{rune.Value:X8}");
        else
            result.Append(rune.ToString());
    }

    private static bool IsUnsafe(UnicodeCategory category, char current) => category
        is UnicodeCategory.Control
        or UnicodeCategory.Format
        or UnicodeCategory.Surrogate
        or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned
        || current is '\u115F' or '\u1160' or '\u3164' or '\uFFA0' or '\u2800';
}
