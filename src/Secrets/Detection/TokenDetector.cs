using System.Text;
using SecurityToolchain.Secrets.Checksums;
using SecurityToolchain.Secrets.Classification;
using SecurityToolchain.Secrets.Patterns;

namespace SecurityToolchain.Secrets.Detection;

/// <summary>Finds JSON Web Tokens (RFC 7519) and values of HTTP authorization headers (RFC 7617, RFC 6750).</summary>
internal static class TokenDetector
{
    private const int MostToken = 16 * 1024;

    /// <summary>Looks at <c>eyJ</c>, the base64url of <c>{"</c>.</summary>
    public static void DetectJwt(ReadOnlySpan<char> text, int position, ref MatchCollector matches)
    {
        if (position > 0 && Alphabet.Base64Url.Contains(text[position - 1]))
            return;
        int header = Run(text, position), end = position + header;
        if (header < 10 || end >= text.Length || text[end] != '.')
            return;
        int payload = Run(text, end + 1);
        int signatureStart = end + 1 + payload;
        if (payload < 8 || signatureStart >= text.Length || text[signatureStart] != '.')
            return;
        int signature = Run(text, signatureStart + 1);
        if (signature < 16 || !JwtHeader.IsValid(text.Slice(position, header)) || IsSample(text.Slice(end + 1, payload)))
            return;
        int length = signatureStart + 1 + signature - position;
        // The encrypted form has five parts.
        for (int part = 0; part < 2 && position + length < text.Length && text[position + length] == '.'; part++)
            length += 1 + Run(text, position + length + 1);
        matches.Add(new SecretMatch(SecretIds.JsonWebToken, "JSON Web Token", position, length, SecretConfidence.High, ChecksumState.None, "eyJ" + Redaction.Mask));
    }

    /// <summary>Looks at <c>Basic </c> or <c>Bearer </c>.</summary>
    public static void DetectAuthorization(ReadOnlySpan<char> text, int position, ref MatchCollector matches)
    {
        if (position > 0 && (char.IsLetterOrDigit(text[position - 1]) || text[position - 1] is '_'))
            return;
        bool basic = text[position + 1] is 'a' or 'A';
        int start = position + (basic ? 6 : 7);
        int length = 0;
        while (start + length < text.Length && length < MostToken && (Alphabet.Base64Any.Contains(text[start + length]) || text[start + length] is '.' or '~'))
            length++;
        ReadOnlySpan<char> value = text.Slice(start, length);
        if (basic ? IsUserAndPassword(value) : length >= 16 && Entropy.LooksRandom(value) && !PlaceholderText.IsTokenPlaceholder(value) && !CredentialValue.IsUuid(value))
            matches.Add(new SecretMatch(basic ? SecretIds.BasicAuthorization : SecretIds.BearerAuthorization, "HTTP authorization", start, length, basic ? SecretConfidence.High : SecretConfidence.Medium, ChecksumState.None, Redaction.Mask));
    }

    private static bool IsUserAndPassword(ReadOnlySpan<char> base64)
    {
        if (base64.Length < 6 || Base64Text.TryDecode(base64) is not { Length: >= 5 } bytes)
            return false;
        int colon = Array.IndexOf(bytes, (byte)':');
        foreach (byte b in bytes)
        {
            if (b is < 0x20 or > 0x7E)
                return false;
        }

        return colon > 0 && colon < bytes.Length - 2 && !PlaceholderText.IsPlaceholder(Encoding.ASCII.GetString(bytes, colon + 1, bytes.Length - colon - 1).AsSpan());
    }

    // The sample that every introduction to JWT shows is about John Doe.
    private static bool IsSample(ReadOnlySpan<char> payload) =>
        Base64Text.TryDecode(payload) is { } bytes && bytes.AsSpan().IndexOf("John Doe"u8) >= 0;

    private static int Run(ReadOnlySpan<char> text, int start)
    {
        int length = 0;
        while (start + length < text.Length && length < MostToken && Alphabet.Base64Url.Contains(text[start + length]))
            length++;
        return length;
    }
}
