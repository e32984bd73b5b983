using System.Buffers;
using System.Globalization;
using System.Text;

namespace SecurityToolchain.Runtime.Incidents;

/// <summary>Makes text of unknown origin safe to write into a log line, a terminal or a message (CWE-117, CWE-150).</summary>
public static class LoggedText
{
    /// <summary>Characters of a value that are kept: 1,024.</summary>
    public const int DefaultMaxLength = 1024;

    /// <summary>What stands in place of a secret.</summary>
    public const string Redacted = "[redacted]";

    private static readonly string[] s_secretWords =
        ["password", "passwd", "pwd", "passphrase", "secret", "token", "apikey", "api_key", "api-key", "authorization", "cookie", "credential", "privatekey", "private_key", "private-key", "connectionstring"];

    private static readonly SearchValues<string> s_secretNames = SearchValues.Create(s_secretWords, StringComparison.OrdinalIgnoreCase);

    /// <summary>Escapes control, format (bidirectional, zero-width) and separator characters and unpaired surrogates as <c>\uXXXX</c>, and cuts long text.</summary>
    /// <param name="text">The text; null gives an empty text.</param>
    /// <param name="maxLength">Characters of the input that are kept; at least 1, default 1,024. A cut is marked with the number of characters left out.</param>
    public static string Escape(string? text, int maxLength = DefaultMaxLength)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxLength, 1);
        if (string.IsNullOrEmpty(text))
            return string.Empty;

        int length = Math.Min(text.Length, maxLength);
        StringBuilder? escaped = null;
        for (int i = 0; i < length; i++)
        {
            char c = text[i];
            bool pair = char.IsHighSurrogate(c) && i + 1 < length && char.IsLowSurrogate(text[i + 1]);
            if (!pair && !NeedsEscape(c))
            {
                escaped?.Append(c);
                continue;
            }

            escaped ??= new StringBuilder(text, 0, i, text.Length + 16);
            if (pair)
                escaped.Append(c).Append(text[++i]);
            else
                escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}");
        }

        if (length == text.Length)
            return escaped?.ToString() ?? text;
        escaped ??= new StringBuilder(text, 0, length, length + 32);
        return escaped.Append(CultureInfo.InvariantCulture, $"...({text.Length - length} more characters)").ToString();
    }

    /// <summary>The value of a named fact as it may be written: redacted where the name speaks of a secret, escaped otherwise.</summary>
    /// <param name="name">Name of the fact.</param>
    /// <param name="value">Its value, from whomever.</param>
    public static string Value(string name, string? value)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.AsSpan().ContainsAny(s_secretNames) ? Redacted : Escape(value);
    }

    private static bool NeedsEscape(char c) => char.GetUnicodeCategory(c) is UnicodeCategory.Control
        or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate;
}
