using System.Buffers;
using System.Text;
using SecurityToolchain.Secrets.Checksums;
using SecurityToolchain.Secrets.Classification;
using SecurityToolchain.Secrets.Detection;
using SecurityToolchain.Secrets.Patterns;

namespace SecurityToolchain.Secrets;

/// <summary>
/// Finds secrets in text: providers' formats with their checksums, connection strings, URLs with passwords, private keys, JSON Web
/// Tokens, authorization headers, and values under a credential's name. One pass over the text finds the candidates of all formats;
/// the cost is linear in the text. Thread safe; keeps nothing of what it reads.
/// </summary>
public sealed class SecretScanner
{
    private const int BlockCharacters = 64 * 1024;

    // Longer than any token but a private key or a Base64 blob; a match that touches the end of a block is looked at again in the next.
    private const int OverlapCharacters = 18 * 1024;

    private const int LeastWrapped = 40;
    private const int MostWrapped = 8 * 1024;

    private readonly KeywordIndex _keywords = new(BuildKeywords());

    private SecretScanner()
    {
    }

    /// <summary>The scanner with every format.</summary>
    public static SecretScanner Default { get; } = new();

    /// <summary>The keywords of the prefilter.</summary>
    internal static IReadOnlyList<KeywordIndex.Keyword> Keywords { get; } = BuildKeywords();

    /// <summary>Whether any keyword occurs: if not, <see cref="Scan(ReadOnlySpan{char}, in SecretContext)"/> finds nothing without a name.</summary>
    public bool MayContainSecret(ReadOnlySpan<char> text) => _keywords.Next(text, 0) >= 0;

    /// <summary>Finds the secrets of a text.</summary>
    /// <param name="text">The text; offsets of the matches are in its characters.</param>
    /// <param name="context">What kind of text it is, and the name that a value is held under.</param>
    /// <returns>Matches that do not overlap, in order of their start; empty when there is none.</returns>
    public IReadOnlyList<SecretMatch> Scan(ReadOnlySpan<char> text, in SecretContext context)
    {
        var matches = default(MatchCollector);
        ScanKeywords(text, context, ref matches);
        if (context.Scope == SecretScope.Value)
            ScanWhole(text, context, ref matches);
        return matches.ToList();
    }

    /// <summary>Finds the secrets of a text; see <see cref="Scan(ReadOnlySpan{char}, in SecretContext)"/>.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    public IReadOnlyList<SecretMatch> Scan(string text, in SecretContext context) =>
        Scan((text ?? throw new ArgumentNullException(nameof(text))).AsSpan(), context);

    /// <summary>Finds the secrets of bytes in UTF-8, Latin-1 or ASCII; offsets and lengths are in bytes.</summary>
    /// <param name="text">The bytes, of any length; they are read in blocks with a bounded buffer of 128 KiB.</param>
    /// <param name="context">What kind of text it is.</param>
    public IReadOnlyList<SecretMatch> ScanUtf8(ReadOnlySpan<byte> text, in SecretContext context)
    {
        char[] block = ArrayPool<char>.Shared.Rent(Math.Min(text.Length, BlockCharacters));
        try
        {
            var matches = default(MatchCollector);
            int start = 0;
            while (true)
            {
                int length = Math.Min(text.Length - start, Math.Min(BlockCharacters, block.Length));
                // One character a byte keeps the offsets; no format has characters beyond ASCII.
                Widen(text.Slice(start, length), block);
                bool last = start + length == text.Length;
                ScanBlock(block.AsSpan(0, length), start, last ? length : length - (OverlapCharacters / 2), context, ref matches);
                if (last)
                    break;
                start += length - OverlapCharacters;
            }

            return matches.ToList();
        }
        finally
        {
            ArrayPool<char>.Shared.Return(block, clearArray: true);
        }
    }

    private void ScanBlock(ReadOnlySpan<char> block, int offset, int startsBefore, in SecretContext context, ref MatchCollector matches)
    {
        var found = default(MatchCollector);
        ScanKeywords(block, context, ref found);
        if (offset == 0 && startsBefore == block.Length && context.Scope == SecretScope.Value)
            ScanWhole(block, context, ref found);
        // What begins in the first half of the overlap was seen by the block before, which also knew what stands in front of it.
        int startsAt = offset == 0 ? 0 : OverlapCharacters / 2;
        foreach (SecretMatch match in found.ToList())
        {
            if (match.Start >= startsAt && match.Start < startsBefore)
                matches.Add(match with { Start = match.Start + offset });
        }
    }

    private void ScanKeywords(ReadOnlySpan<char> text, in SecretContext context, ref MatchCollector matches)
    {
        for (int position = _keywords.Next(text, 0); position >= 0; position = _keywords.Next(text, position + 1))
        {
            int entry = _keywords.FirstAt(text, position, out uint key);
            for (; entry >= 0; entry = _keywords.Following(entry))
            {
                if (_keywords.IsAt(text, position, entry, key, out KeywordIndex.Keyword keyword))
                    Look(text, position, keyword, context, ref matches);
            }
        }
    }

    private static void Look(ReadOnlySpan<char> text, int position, in KeywordIndex.Keyword keyword, in SecretContext context, ref MatchCollector matches)
    {
        switch (keyword.Target)
        {
            case DetectorKind.Pattern:
                LookForPattern(text, position, keyword, context, ref matches);
                break;
            case DetectorKind.ConnectionString:
                ConnectionStringDetector.Detect(text, position, context, ref matches);
                break;
            case DetectorKind.UrlCredential:
                UrlCredentialDetector.Detect(text, position, ref matches);
                break;
            case DetectorKind.PrivateKey:
                PrivateKeyDetector.Detect(text, position, ref matches);
                break;
            case DetectorKind.JsonWebToken:
                TokenDetector.DetectJwt(text, position, ref matches);
                break;
            case DetectorKind.AuthorizationHeader:
                TokenDetector.DetectAuthorization(text, position, ref matches);
                break;
            default:
                AssignmentDetector.Detect(text, position, context, ref matches);
                break;
        }
    }

    private static void LookForPattern(ReadOnlySpan<char> text, int position, in KeywordIndex.Keyword keyword, in SecretContext context, ref MatchCollector matches)
    {
        SecretPattern pattern = SecretPatterns.Items[keyword.Pattern];
        if (!pattern.TryMatchAtKeyword(text, position, keyword.Offset, out int start, out int length))
            return;
        ReadOnlySpan<char> token = text.Slice(start, length);
        ChecksumState checksum = pattern.Checksum?.Invoke(token) ?? ChecksumState.None;
        if (checksum != ChecksumState.Valid && !pattern.LooksIssued(token))
            return;
        SecretConfidence confidence = checksum == ChecksumState.Invalid ? SecretConfidence.Low : pattern.Confidence;
        if (confidence == SecretConfidence.Low && !context.IncludeLowConfidence)
            return;
        matches.Add(new SecretMatch(pattern.Id, pattern.Provider, start, length, confidence, checksum, Redaction.Redact(token, pattern.PublicPrefixLength)));
    }

    // What can only be said of a value as a whole: formats that need the name, and base 64 around another secret.
    private void ScanWhole(ReadOnlySpan<char> text, in SecretContext context, ref MatchCollector matches)
    {
        if (context.Name is { } name && NamedValueDetector.TryMatch(name.AsSpan(), text, out SecretPattern? pattern))
            matches.Add(new SecretMatch(pattern!.Id, pattern.Provider, 0, text.Length, SecretConfidence.Medium, ChecksumState.None, Redaction.Redact(text, pattern.PublicPrefixLength)));
        if (text.Length is < LeastWrapped or > MostWrapped || !Base64Text.StartsAsText(text) || !IsBase64(text) || Base64Text.TryDecode(text) is not { } bytes || !IsText(bytes))
            return;
        string inner = Encoding.ASCII.GetString(bytes);
        var found = default(MatchCollector);
        ScanKeywords(inner.AsSpan(), context, ref found);
        foreach (SecretMatch match in found.ToList())
            matches.Add(new SecretMatch(SecretIds.Base64Wrapped, match.Provider, 0, text.Length, match.Confidence, match.Checksum, Redaction.Mask));
    }

    private static bool IsBase64(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            if (!Alphabet.Base64Any.Contains(c))
                return false;
        }

        return true;
    }

    private static bool IsText(byte[] bytes)
    {
        foreach (byte b in bytes)
        {
            if (b is (< 0x20 and not (0x09 or 0x0A or 0x0D)) or > 0x7E)
                return false;
        }

        return true;
    }

    private static void Widen(ReadOnlySpan<byte> bytes, char[] characters)
    {
#if NET
        Encoding.Latin1.GetChars(bytes, characters);
#else
        for (int i = 0; i < bytes.Length; i++)
            characters[i] = (char)bytes[i];
#endif
    }

    private static List<KeywordIndex.Keyword> BuildKeywords()
    {
        var keywords = new List<KeywordIndex.Keyword>();
        for (int i = 0; i < SecretPatterns.Items.Length; i++)
        {
            foreach ((string text, int offset) in SecretPatterns.Items[i].Keywords())
                keywords.Add(new(text, false, DetectorKind.Pattern, i, offset));
        }

        foreach (string key in new[] { "password", "pwd", "passwd", "accountkey", "sharedaccesskey", "accesskey", "access key", "account key", "clientsecret", "authkey", "secretkey", "apikey" })
            keywords.Add(new(key, true, DetectorKind.ConnectionString));
        keywords.Add(new("://", false, DetectorKind.UrlCredential));
        keywords.Add(new("-----BEGIN ", false, DetectorKind.PrivateKey));
        keywords.Add(new("PuTTY-User-Key-File-", false, DetectorKind.PrivateKey));
        keywords.Add(new("eyJ", false, DetectorKind.JsonWebToken));
        keywords.Add(new("Basic ", true, DetectorKind.AuthorizationHeader));
        keywords.Add(new("Bearer ", true, DetectorKind.AuthorizationHeader));
        foreach (string word in new[] { "password", "passwd", "pwd", "passphrase", "_pass", "secret", "token", "apikey", "api_key", "api-key", "_key", "-key", "accesskey", "authkey", "signingkey", "encryptionkey", "privatekey", "identified by" })
            keywords.Add(new(word, true, DetectorKind.Assignment));
        return keywords;
    }
}
