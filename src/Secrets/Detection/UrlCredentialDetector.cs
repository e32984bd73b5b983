using SecurityToolchain.Secrets.Classification;

namespace SecurityToolchain.Secrets.Detection;

/// <summary>Finds <c>scheme://user:password@host</c> (RFC 3986, 3.2.1).</summary>
internal static class UrlCredentialDetector
{
    private const int MostUserInfo = 512;

    /// <summary>Looks at <c>://</c> that was found at <paramref name="position"/>.</summary>
    public static void Detect(ReadOnlySpan<char> text, int position, ref MatchCollector matches)
    {
        if (position == 0 || !char.IsLetterOrDigit(text[position - 1]))
            return;
        int start = position + 3;
        int colon = -1, at = -1;
        int most = Math.Min(text.Length, start + MostUserInfo);
        for (int i = start; i < most; i++)
        {
            char c = text[i];
            if (c == ':' && colon < 0)
                colon = i;
            else if (c == '@')
                at = i;
            else if (c is '/' or '?' or '#' or '"' or '\'' or '<' or '>' or '`' or '\\' or '|' || char.IsWhiteSpace(c) || c < ' ')
                break;
        }

        if (at < 0 || colon < 0 || colon > at || at + 1 >= text.Length || !(char.IsLetterOrDigit(text[at + 1]) || text[at + 1] is '[' or '{'))
            return;
        ReadOnlySpan<char> user = text.Slice(start, colon - start), password = text.Slice(colon + 1, at - colon - 1), host = text.Slice(at + 1, Math.Min(64, text.Length - at - 1));
        if (password.Length < 3 || !CredentialValue.IsUsable(password) || password.IndexOfAny('{', '}', '$') >= 0 || password.IndexOfAny('*', '(', ',') >= 0 || IsDocumentation(password, host))
            return;
        matches.Add(new SecretMatch(SecretIds.UrlCredential, "URL", colon + 1, password.Length, SecretConfidence.High, ChecksumState.None, Redaction.Mask));
    }

    private static bool IsDocumentation(ReadOnlySpan<char> shown, ReadOnlySpan<char> host) =>
        host.StartsWith("example.".AsSpan(), StringComparison.OrdinalIgnoreCase)
        || PlaceholderText.IsPasswordWord(shown)
        // GitHub takes the token for the user and this for the password.
        || shown.Equals("x-oauth-basic".AsSpan(), StringComparison.OrdinalIgnoreCase);
}
