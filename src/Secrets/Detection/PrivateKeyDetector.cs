namespace SecurityToolchain.Secrets.Detection;

/// <summary>Finds private keys in PEM (RFC 7468), OpenSSH, PGP and PuTTY form. A header without a body is text about keys.</summary>
internal static class PrivateKeyDetector
{
    private const int MostCharacters = 16 * 1024;
    private const int LeastBody = 40;

    /// <summary>Looks at <c>-----BEGIN </c> or <c>PuTTY-User-Key-File-</c>.</summary>
    public static void Detect(ReadOnlySpan<char> text, int position, ref MatchCollector matches)
    {
        ReadOnlySpan<char> rest = text.Slice(position, Math.Min(text.Length - position, MostCharacters));
        if (rest.StartsWith("PuTTY".AsSpan(), StringComparison.Ordinal))
        {
            int lines = rest.IndexOf("Private-Lines:".AsSpan(), StringComparison.Ordinal);
            if (lines > 0)
                Add(position, Math.Min(rest.Length, lines + 14), ref matches);
            return;
        }

        const int markLength = 11;
        int headerEnd = rest.Slice(markLength).IndexOf("-----".AsSpan(), StringComparison.Ordinal);
        if (headerEnd is < 0 or > 40)
            return;
        ReadOnlySpan<char> label = rest.Slice(markLength, headerEnd);
        if (!label.EndsWith("PRIVATE KEY".AsSpan(), StringComparison.Ordinal) && !label.EndsWith("PRIVATE KEY BLOCK".AsSpan(), StringComparison.Ordinal))
            return;
        // An encrypted key still needs its passphrase, but the file is in the wrong hands all the same.
        int bodyStart = markLength + headerEnd + 5;
        int body = 0, position2 = bodyStart;
        for (; position2 < rest.Length; position2++)
        {
            char c = rest[position2];
            if (Patterns.Alphabet.Base64.Contains(c) || c == '=')
                body++;
            else if (c == '-' && position2 + 4 < rest.Length && rest.Slice(position2).StartsWith("-----".AsSpan(), StringComparison.Ordinal))
                break;
            else if (c is '.' && rest.Slice(position2).StartsWith("...".AsSpan(), StringComparison.Ordinal) || c is '\u2026' or '<' or '{')
                return;
        }

        if (body < LeastBody || Classification.Entropy.IsWords(Body(rest.Slice(bodyStart, position2 - bodyStart))))
            return;
        int end = position2;
        int footer = rest.Slice(end).IndexOf("KEY-----".AsSpan(), StringComparison.Ordinal);
        if (footer is >= 0 and < 48)
            end += footer + 8;
        Add(position, end, ref matches);
    }

    private static ReadOnlySpan<char> Body(ReadOnlySpan<char> text) => text.Slice(0, Math.Min(400, text.Length));

    private static void Add(int start, int length, ref MatchCollector matches) =>
        matches.Add(new SecretMatch(SecretIds.PrivateKey, "private key", start, length, SecretConfidence.High, ChecksumState.None, "-----BEGIN PRIVATE KEY-----" + Redaction.Mask));
}
