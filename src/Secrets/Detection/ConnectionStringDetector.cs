using SecurityToolchain.Secrets.Classification;

namespace SecurityToolchain.Secrets.Detection;

/// <summary>
/// Finds passwords and keys in <c>key=value</c> lists: ADO.NET and ODBC (<c>;</c>), Redis (<c>,</c>), libpq (space) and query strings
/// (<c>&amp;</c>). A list needs a second key that belongs to connections, so that <c>password=</c> in prose is none.
/// </summary>
internal static class ConnectionStringDetector
{
    private const int MostCharacters = 2048;

    private static readonly HashSet<string> s_secretKeys = new(StringComparer.Ordinal)
    {
        "password", "pwd", "accountkey", "sharedaccesskey", "sharedsecretvalue", "accesskey", "userpassword", "sslpassword", "certificatepassword",
        "encryptpassword", "databasepassword", "jetoledb:databasepassword", "passwd", "clientsecret", "authkey", "secretkey", "apikey", "proxypassword",
    };

    private static readonly HashSet<string> s_connectionKeys = new(StringComparer.Ordinal)
    {
        "server", "datasource", "host", "hostname", "address", "addr", "networkaddress", "userid", "uid", "user", "username", "database", "initialcatalog", "port", "driver", "provider", "endpoint",
        "accountname", "accountendpoint", "defaultendpointsprotocol", "sharedaccesskeyname", "trustedconnection", "integratedsecurity", "persistsecurityinfo", "encrypt", "trustservercertificate",
        "ssl", "sslmode", "abortconnect", "multipleactiveresultsets", "filename", "version", "servicename", "sid", "protocol", "virtualhost", "clientid", "tenantid", "hostaddr", "dbname", "connecttimeout", "pooling",
    };

    /// <summary>Looks at a key of a secret that was found at <paramref name="position"/>.</summary>
    public static void Detect(ReadOnlySpan<char> text, int position, in SecretContext context, ref MatchCollector matches)
    {
        int keyEnd = position;
        while (keyEnd < text.Length && (char.IsLetter(text[keyEnd]) || text[keyEnd] is ' ' or '_'))
            keyEnd++;
        if (keyEnd >= text.Length || text[keyEnd] != '=' || keyEnd - position > 24)
            return;
        (int start, int end) = Bounds(text, position, context.Scope);
        char separator = SeparatorBefore(text, start, position, end);
        int keyStart = position;
        while (keyStart > start && text[keyStart - 1] is not (';' or ',' or '&' or '?' or '"' or '\'') && !(separator == ' ' && text[keyStart - 1] == ' '))
            keyStart--;
        if (!s_secretKeys.Contains(Normalize(text.Slice(keyStart, keyEnd - keyStart))))
            return;

        (int valueStart, int valueLength) = Value(text, keyEnd + 1, end, separator);
        ReadOnlySpan<char> value = text.Slice(valueStart, valueLength);
        if (!IsSecretValue(value))
            return;
        bool whole = context.Scope == SecretScope.Value && keyStart == start && separator == ';' && IsPlainList(text.Slice(start, end - start)) && !CredentialVocabulary.SaysState(value);
        if (!whole && !HasConnectionKey(text.Slice(start, end - start), separator))
            return;
        matches.Add(new SecretMatch(SecretIds.ConnectionString, "connection string", valueStart, valueLength, SecretConfidence.High, ChecksumState.None, Redaction.Mask));
    }

    /// <summary>Whether the text is a list with a connection's key, whatever its password.</summary>
    public static bool IsConnectionString(ReadOnlySpan<char> text) => text.IndexOf('=') > 0 && HasConnectionKey(text, ';');

    private static (int Start, int End) Bounds(ReadOnlySpan<char> text, int position, SecretScope scope)
    {
        if (scope == SecretScope.Value && text.Length <= MostCharacters)
            return (0, text.Length);
        int start = position, end = position;
        int least = Math.Max(0, position - MostCharacters), most = Math.Min(text.Length, position + MostCharacters);
        while (start > least && text[start - 1] is not ('"' or '\n' or '\r' or '\0' or '<' or '>' or '`'))
            start--;
        while (end < most && text[end] is not ('"' or '\n' or '\r' or '\0' or '<' or '>' or '`'))
            end++;
        return (start, end);
    }

    private static char SeparatorBefore(ReadOnlySpan<char> text, int start, int position, int end)
    {
        for (int i = position - 1; i >= start; i--)
        {
            if (text[i] is ';' or ',' or '&' or '?')
                return text[i] == '?' ? '&' : text[i];
        }

        ReadOnlySpan<char> rest = text.Slice(position, end - position);
        if (rest.IndexOf(';') >= 0)
            return ';';
        // libpq: host=localhost user=app password=...
        ReadOnlySpan<char> before = text.Slice(start, position - start);
        if (before.IndexOf('=') > 0 && before.Length > 0 && before[before.Length - 1] == ' ')
            return ' ';
        return rest.IndexOf(" user".AsSpan(), StringComparison.OrdinalIgnoreCase) > 0 || rest.IndexOf(" host=".AsSpan(), StringComparison.OrdinalIgnoreCase) > 0 ? ' ' : rest.IndexOf(',') > 0 ? ',' : ';';
    }

    private static (int Start, int Length) Value(ReadOnlySpan<char> text, int start, int end, char separator)
    {
        while (start < end && text[start] == ' ')
            start++;
        if (start < end && text[start] is '\'' or '{')
        {
            char close = text[start] == '{' ? '}' : text[start];
            int quoted = text.Slice(start + 1, end - start - 1).IndexOf(close);
            if (quoted >= 0)
                return text[start] == '{' ? (start, quoted + 2) : (start + 1, quoted);
        }

        int stop = start;
        while (stop < end && text[stop] != separator && text[stop] is not ('\n' or '\r' or '"') && !(separator != ';' && text[stop] == ' '))
            stop++;
        if (stop - start > 1 && text[start] is '\'' && text[stop - 1] == '\'')
            return (start + 1, stop - start - 2);
        // An XML-escaped separator belongs to the text around it.
        int escaped = text.Slice(start, stop - start).IndexOf("&quot".AsSpan(), StringComparison.Ordinal);
        return (start, escaped >= 0 ? escaped : stop - start);
    }

    private static bool IsSecretValue(ReadOnlySpan<char> value)
    {
        ReadOnlySpan<char> text = value.Trim();
        if (text.Length < 2 || PlaceholderText.IsPlaceholder(text) || PlaceholderText.IsPasswordWord(text) || text[0] is '{' or '@' && text.Length > 1 && text.IndexOfAny('}', '(') > 0)
            return false;
        // "@password" and ":pwd" are parameters of a query, "%s" a format, "+ pass" code.
        if (text[0] is '@' or ':' or '?' && CredentialName.Classify(text) != CredentialKind.None || text[0] is '"' or '%' or '+' or '(' or '*' or '\\')
            return false;
        return !text.Equals("true".AsSpan(), StringComparison.OrdinalIgnoreCase) && !text.Equals("false".AsSpan(), StringComparison.OrdinalIgnoreCase)
            && text.IndexOf('{') < 0;
    }

    private static bool HasConnectionKey(ReadOnlySpan<char> list, char separator)
    {
        int start = 0;
        for (int i = 0; i <= list.Length; i++)
        {
            if (i < list.Length && list[i] != separator && !(separator == '&' && list[i] == '?'))
                continue;
            ReadOnlySpan<char> part = list.Slice(start, i - start);
            int equals = part.IndexOf('=');
            if (equals > 0 && equals < 40 && s_connectionKeys.Contains(Normalize(part.Slice(0, equals))))
                return true;
            // Redis and RabbitMQ begin with host:port instead of a key.
            if (start == 0 && separator == ',' && equals < 0 && part.IndexOf(':') > 0 && part.IndexOf(' ') < 0)
                return true;
            start = i + 1;
        }

        return false;
    }

    private static bool IsPlainList(ReadOnlySpan<char> text) => text.IndexOf(' ') < 0 || text.IndexOf(';') > 0;

    private static string Normalize(ReadOnlySpan<char> key)
    {
        Span<char> letters = stackalloc char[40];
        int length = 0;
        foreach (char c in key)
        {
            if (c is ' ' or '_' or '-' or '\t')
                continue;
            if (length == letters.Length)
                return string.Empty;
            letters[length++] = char.ToLowerInvariant(c);
        }

        return letters.Slice(0, length).ToString();
    }
}
