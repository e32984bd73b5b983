using System.Text;

namespace SecurityToolchain.Secrets.Checksums;

/// <summary>
/// Whether the first part of <c>a.b.c</c> is the header of a JSON Web Token (RFC 7515): base64url of a JSON object that names an
/// algorithm. It is not a checksum of the text, but nothing else decodes to it.
/// </summary>
internal static class JwtHeader
{
    private const int MostHeaderCharacters = 4096;

    /// <summary>Whether the header part decodes to an object with an <c>alg</c> (or, encrypted, an <c>enc</c>) member.</summary>
    public static bool IsValid(ReadOnlySpan<char> header)
    {
        if (header.Length is < 8 or > MostHeaderCharacters)
            return false;
        byte[]? json = Base64Text.TryDecode(header);
        if (json is null || json.Length < 10 || json[0] != (byte)'{' || json[json.Length - 1] != (byte)'}')
            return false;
        string text = Encoding.UTF8.GetString(json);
        return text.IndexOf("\"alg\"", StringComparison.Ordinal) > 0 || text.IndexOf("\"enc\"", StringComparison.Ordinal) > 0;
    }
}
