namespace SecurityToolchain.Secrets.Classification;

/// <summary>Recognises what stands where a secret will stand: templates, samples of documentation, masks, counted-up characters.</summary>
internal static class PlaceholderText
{
    private static readonly string[] s_tokenMarks =
    [
        "example", "xxxx", "your", "placeholder", "redacted", "changeme", "dummy", "sample", "insert", "replace", "fake", "notreal", "foobar", "masked", "removed", "deadbeef",
    ];

    private static readonly string[] s_valueMarks =
    [
        "example", "xxxx", "placeholder", "redacted", "changeme", "change_me", "change-me", "change me", "changethis", "change-this", "change_this", "changeit",
        "dummy", "sample", "replaceme", "replace_me", "replace-me", "replace_with", "replace-with", "replacewith", "replacethis", "replace_this", "replace-this",
        "notreal", "not-a-real", "not_a_real", "-here", "_here", "goes here", "****", "....", "fill_me", "fill-me", "fillme", "tobeset", "to-be-set", "todo", "fixme",
        "insert", "setme", "set-me", "set_me", "fake", "masked", "put-your", "put_your", "<", "\u2026", "\u2022\u2022",
    ];

    private static readonly string[] s_wholeValues =
    [
        "none", "null", "nil", "empty", "n/a", "na", "tbd", "todo", "unset", "undefined", "unknown", "default", "string", "value", "hidden", "private", "secret_here",
    ];

    private static readonly WordSet s_passwordWords = new(
        "password passwd pass pwd pw passphrase secret changeme change mypassword mypass mypwd mysecret yourpassword thepassword userpassword dbpassword databasepassword "
        + "sqlpassword strongpassword yourstrongpassword passwordhere secrethere key mykey accountkey accesskey apikey myaccountkey sharedaccesskey token mytoken clientsecret");

    /// <summary>Whether the variable part of a provider's token is a sample.</summary>
    /// <param name="body">The token without its public prefix.</param>
    /// <param name="acceptsSequences">Whether counting up is no reason.</param>
    public static bool IsTokenPlaceholder(ReadOnlySpan<char> body, bool acceptsSequences = false)
    {
        foreach (string mark in s_tokenMarks)
        {
            if (Contains(body, mark))
                return true;
        }

        return LongestRepeat(body) >= Math.Max(6, body.Length / 4) || (!acceptsSequences && CountedCharacters(body) * 2 > body.Length);
    }

    /// <summary>Whether a value under a credential's name, or on its way into one, is a stand-in.</summary>
    public static bool IsPlaceholder(ReadOnlySpan<char> value)
    {
        ReadOnlySpan<char> text = value.Trim();
        if (text.IsEmpty || IsTemplate(text))
            return true;
        foreach (string mark in s_valueMarks)
        {
            if (Contains(text, mark))
                return true;
        }

        foreach (string whole in s_wholeValues)
        {
            if (text.Equals(whole.AsSpan(), StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return IsAddressedToReader(text) || LongestRepeat(text) == text.Length && text.Length > 2;
    }

    /// <summary>
    /// Whether a value inside a connection string or URL only names what belongs there: <c>password</c>, <c>my_password</c>, <c>secret</c>.
    /// Documentation and templates have them by the thousand, and an account that really has one is not kept safe by hiding it.
    /// </summary>
    public static bool IsPasswordWord(ReadOnlySpan<char> value)
    {
        const int MostLetters = 24;
        if (value.Length > 2 * MostLetters)
            return false;
        Span<char> letters = stackalloc char[MostLetters];
        int length = 0;
        foreach (char c in value)
        {
            if (c is '_' or '-' or '.' or ' ')
                continue;
            if (!char.IsLetter(c) || length == MostLetters)
                return false;
            letters[length++] = char.ToLowerInvariant(c);
        }

        return s_passwordWords.Contains(letters.Slice(0, length));
    }

    /// <summary>Whether a text is a variable of a template language: <c>${X}</c>, <c>{{x}}</c>, <c>$(x)</c>, <c>%X%</c>, <c>#{x}#</c>, <c>__X__</c>, <c>&lt;x&gt;</c>.</summary>
    public static bool IsTemplate(ReadOnlySpan<char> text)
    {
        char first = text[0], last = text[text.Length - 1];
        if ((first == '<' && last == '>') || (first == '[' && last == ']') || (first == '{' && last == '}'))
            return true;
        if (text.Length > 2 && first == '%' && last == '%')
            return true;
        if (text.Length > 4 && text.StartsWith("__".AsSpan(), StringComparison.Ordinal) && text.EndsWith("__".AsSpan(), StringComparison.Ordinal))
            return true;
        if (first == '$' && text.Length > 2 && (text[1] is '{' or '(' or '[' || IsVariableName(text.Slice(1))))
            return true;
        if (first == '@' && text.Length > 3 && text.IndexOf('(') > 0)
            return true;
        return text.IndexOf("${".AsSpan(), StringComparison.Ordinal) >= 0 || text.IndexOf("{{".AsSpan(), StringComparison.Ordinal) >= 0
            || text.IndexOf("$(".AsSpan(), StringComparison.Ordinal) >= 0 || text.IndexOf("#{".AsSpan(), StringComparison.Ordinal) >= 0;
    }

    // "your-api-key", "YOUR_PASSWORD", "<your key>": the reader is asked to put something in.
    private static bool IsAddressedToReader(ReadOnlySpan<char> text)
    {
        int at = IndexOf(text, "your");
        if (at < 0)
            return false;
        bool startsWord = at == 0 || !char.IsLetter(text[at - 1]) || (char.IsUpper(text[at]) && char.IsLower(text[at - 1]));
        return startsWord;
    }

    private static bool IsVariableName(ReadOnlySpan<char> text)
    {
        bool underscore = false;
        foreach (char c in text)
        {
            if (c is not ((>= 'A' and <= 'Z') or '_' or (>= '0' and <= '9')))
                return false;
            underscore |= c == '_';
        }

        return underscore;
    }

    private static int LongestRepeat(ReadOnlySpan<char> text)
    {
        int longest = 0, current = 0;
        for (int i = 0; i < text.Length; i++)
        {
            current = i > 0 && text[i] == text[i - 1] ? current + 1 : 1;
            longest = Math.Max(longest, current);
        }

        return longest;
    }

    /// <summary>How many characters lie in runs of four or more that count up or down by one (abcd, 4321).</summary>
    private static int CountedCharacters(ReadOnlySpan<char> text)
    {
        int counted = 0, run = 1, direction = 0;
        for (int i = 1; i <= text.Length; i++)
        {
            int step = i < text.Length ? Step(text[i - 1], text[i]) : 0;
            if (step != 0 && (direction == 0 || step == direction))
            {
                run++;
                direction = step;
                continue;
            }

            if (run >= 4)
                counted += run;
            run = step != 0 ? 2 : 1;
            direction = step;
        }

        return counted;
    }

    private static int Step(char left, char right)
    {
        int step = (right | 0x20) - (left | 0x20);
        return step is 1 or -1 ? step : (left == '9' && right == '0') || (left == '0' && right is 'a' or 'A') || (left == '9' && right is 'a' or 'A') ? 1 : 0;
    }

    private static bool Contains(ReadOnlySpan<char> text, string mark) => IndexOf(text, mark) >= 0;

    private static int IndexOf(ReadOnlySpan<char> text, string mark) => text.IndexOf(mark.AsSpan(), StringComparison.OrdinalIgnoreCase);
}
