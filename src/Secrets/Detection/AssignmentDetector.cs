using SecurityToolchain.Secrets.Classification;
using SecurityToolchain.Secrets.Patterns;

namespace SecurityToolchain.Secrets.Detection;

/// <summary>
/// Finds <c>name = value</c>, <c>"name": "value"</c>, <c>name=value</c> and <c>&lt;name&gt;value&lt;</c> in free text, where the name
/// says credential and the value looks generated (or, in configuration, looks like any credential).
/// </summary>
internal static class AssignmentDetector
{
    private const int MostName = 64;
    private const int MostValue = 1024;

    /// <summary>Looks at a credential's word that was found at <paramref name="position"/>.</summary>
    public static void Detect(ReadOnlySpan<char> text, int position, in SecretContext context, ref MatchCollector matches)
    {
        int start = position, end = position;
        while (start > 0 && position - start < MostName && IsNameCharacter(text[start - 1]))
            start--;
        while (end < text.Length && end - position < MostName && IsNameCharacter(text[end]))
            end++;
        bool isOption = context.Scope == SecretScope.Value && IsOption(text, start);
        if (!TryFindValue(text, end, isOption, out int valueStart, out int valueLength, out bool quoted))
        {
            if (AccountStatement.TryFindPassword(text, start, end, out valueStart, out valueLength))
                Add(text, valueStart, valueLength, ref matches);
            return;
        }

        ReadOnlySpan<char> name = text.Slice(start, end - start), value = text.Slice(valueStart, valueLength);
        if (NamedValueDetector.TryMatch(name, value, out SecretPattern? pattern))
        {
            matches.Add(new SecretMatch(pattern!.Id, pattern.Provider, valueStart, valueLength, SecretConfidence.Medium, ChecksumState.None, Redaction.Redact(value, pattern.PublicPrefixLength)));
            return;
        }

        CredentialKind kind = CredentialName.Classify(name);
        if (kind is not (CredentialKind.Password or CredentialKind.Secret or CredentialKind.Key))
            return;
        bool isQuery = start > 0 && text[start - 1] is '?' or '&';
        // In a literal, "password":"..." is a JSON document in the making; in free text it may be anything.
        bool isJson = context.Scope == SecretScope.Value && quoted && start > 0 && text[start - 1] == '"' && end < text.Length && text[end] == '"' && text[valueStart - 1] == '"';
        // DB_PASSWORD=...: a line of an environment file.
        bool isVariable = context.Scope == SecretScope.Value && !quoted && (start == 0 || text[start - 1] == '\n') && valueStart == end + 1 && IsScreaming(name) && CredentialValue.MixesDigitsAndLetters(value);
        bool isSecret = (isVariable || context.Scope == SecretScope.Configuration || isJson || isOption || (quoted && AccountStatement.Stands(text.Slice(0, start))) || ((quoted || isQuery) && Entropy.LooksRandom(value) && !CredentialValue.IsUuid(value)))
            && CredentialValue.IsCredential(kind, name, value);
        if (isSecret)
            Add(text, valueStart, valueLength, ref matches);
    }

    private static void Add(ReadOnlySpan<char> text, int start, int length, ref MatchCollector matches)
    {
        if (CredentialValue.IsCredential(CredentialKind.Password, default, text.Slice(start, length)))
            matches.Add(new SecretMatch(SecretIds.NamedCredential, "credential by name", start, length, SecretConfidence.Medium, ChecksumState.None, Redaction.Mask));
    }

    // "--password=...": an option at the start of a word of a command line.
    private static bool IsOption(ReadOnlySpan<char> text, int start) =>
        text.Length > start + 2 && text[start] == '-' && text[start + 1] == '-' && (start == 0 || text[start - 1] == ' ');

    private static bool TryFindValue(ReadOnlySpan<char> text, int end, bool isOption, out int start, out int length, out bool quoted)
    {
        start = end;
        length = 0;
        quoted = false;
        if (start < text.Length && text[start] is '"' or '\'' or ']')
            start++;
        start = SkipBlanks(text, start);
        if (start < text.Length && isOption && text[start] != '=' && start > end)
        {
            // "--password Wonder1and": without a sign between, a help text looks the same, so the value must not be a word.
            length = text.Slice(start).IndexOf(' ') is >= 0 and var space ? space : text.Length - start;
            return CredentialValue.MixesDigitsAndLetters(text.Slice(start, length)) && text[start] is not ('-' or '"' or '\'' or '<' or '[');
        }

        if (start >= text.Length || text[start] is not ('=' or ':' or '>'))
            return false;
        bool element = text[start] == '>';
        start++;
        if (start < text.Length && text[start] is '=' or '>')
            start++;
        start = SkipBlanks(text, start);
        if (start >= text.Length)
            return false;
        if (text[start] is '"' or '\'' or '`')
        {
            char quote = text[start++];
            int close = text.Slice(start, Math.Min(MostValue, text.Length - start)).IndexOf(quote);
            length = close;
            quoted = true;
            return close > 0;
        }

        int most = Math.Min(text.Length, start + MostValue), stop = start;
        while (stop < most && !(char.IsWhiteSpace(text[stop]) || text[stop] is '"' or '\'' or ';' or ',' or ')' or ']' or '}' or '<' or '>' or '&' or '\0'))
            stop++;
        length = stop - start;
        quoted = element && stop < most && text[stop] == '<';
        return length > 0;
    }

    private static bool IsScreaming(ReadOnlySpan<char> name)
    {
        foreach (char c in name)
        {
            if (c is not ((>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_'))
                return false;
        }

        return name.Length > 0;
    }

    private static int SkipBlanks(ReadOnlySpan<char> text, int start)
    {
        int most = Math.Min(text.Length, start + 24);
        while (start < most && text[start] is ' ' or '\t')
            start++;
        return start;
    }

    private static bool IsNameCharacter(char c) => Alphabet.Word.Contains(c) || c is '-' or '.';
}
