namespace SecurityToolchain.Secrets.Detection;

/// <summary>
/// The password of an account in SQL: <c>CREATE USER app WITH PASSWORD '...'</c>, <c>ALTER LOGIN app WITH PASSWORD = '...'</c>,
/// <c>IDENTIFIED BY '...'</c>. References: the statements' pages in the manuals of PostgreSQL, SQL Server and MySQL.
/// </summary>
internal static class AccountStatement
{
    private const int MostBefore = 256;
    private const int MostPassword = 128;

    private static readonly string[] s_verbs = ["create ", "alter "];
    private static readonly string[] s_accounts = ["user ", "role ", "login "];

    /// <summary>Finds the password behind a word that ends at <paramref name="end"/>: a quoted text after blanks, <c>BY</c> or nothing else.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where the word starts.</param>
    /// <param name="end">Where it ends.</param>
    /// <param name="valueStart">Where the password starts.</param>
    /// <param name="length">How long it is.</param>
    public static bool TryFindPassword(ReadOnlySpan<char> text, int start, int end, out int valueStart, out int length)
    {
        valueStart = SkipBlanks(text, end);
        length = 0;
        ReadOnlySpan<char> word = text.Slice(start, end - start);
        bool isIdentified = word.Equals("identified".AsSpan(), StringComparison.OrdinalIgnoreCase);
        if (!isIdentified && !word.Equals("password".AsSpan(), StringComparison.OrdinalIgnoreCase))
            return false;
        if (isIdentified)
        {
            if (!text.Slice(valueStart).StartsWith("by".AsSpan(), StringComparison.OrdinalIgnoreCase))
                return false;
            valueStart = SkipBlanks(text, valueStart + 2);
        }

        if (valueStart >= text.Length || text[valueStart] != '\'' || !Stands(text.Slice(0, start)))
            return false;
        valueStart++;
        length = text.Slice(valueStart, Math.Min(MostPassword, text.Length - valueStart)).IndexOf('\'');
        return length > 0;
    }

    /// <summary>Whether a statement about an account begins in the text.</summary>
    public static bool Stands(ReadOnlySpan<char> before)
    {
        if (before.Length > MostBefore)
            before = before.Slice(before.Length - MostBefore);
        foreach (string verb in s_verbs)
        {
            ReadOnlySpan<char> rest = before;
            for (int at = rest.IndexOf(verb.AsSpan(), StringComparison.OrdinalIgnoreCase); at >= 0; at = rest.IndexOf(verb.AsSpan(), StringComparison.OrdinalIgnoreCase))
            {
                rest = rest.Slice(at + verb.Length).TrimStart();
                if (NamesAccount(rest))
                    return true;
            }
        }

        return false;
    }

    private static bool NamesAccount(ReadOnlySpan<char> text)
    {
        foreach (string account in s_accounts)
        {
            if (text.StartsWith(account.AsSpan(), StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    private static int SkipBlanks(ReadOnlySpan<char> text, int start)
    {
        while (start < text.Length && text[start] is ' ' or '\t' or '\r' or '\n')
            start++;
        return start;
    }
}
