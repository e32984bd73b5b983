using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using SecurityToolchain.AspNetCore.Authentication;

namespace SecurityToolchain.AspNetCore.Tests.Authentication;

/// <summary>Makes tokens by hand, so that a test can make what no library would.</summary>
internal static class TestTokens
{
    public const string Issuer = "https://issuer.example";
    public const string Audience = "shop";

    public static readonly byte[] Secret = Enumerable.Range(0, 32).Select(static i => (byte)(i * 7)).ToArray();

    public static JwtAuthOptions Options(params JwtKey[] keys) =>
        new() { Issuer = Issuer, Audience = Audience, Keys = keys.Length > 0 ? keys : [JwtKey.HmacSha256("k1", Secret)] };

    public static string Payload(DateTimeOffset now, string? replace = null, string? with = null, string roles = "[\"writer\"]")
    {
        string payload = $$"""{"sub":"user","iss":"{{Issuer}}","aud":"{{Audience}}","iat":{{now.ToUnixTimeSeconds()}},"exp":{{now.ToUnixTimeSeconds() + 600}},"jti":"t1","roles":{{roles}}}""";
        if (replace is not null && !payload.Contains(replace, StringComparison.Ordinal))
            throw new ArgumentException($"{replace} is not in {payload}");
        return replace is null ? payload : payload.Replace(replace, with, StringComparison.Ordinal);
    }

    public static string Hmac(string payload, string header = """{"alg":"HS256","kid":"k1"}""", byte[]? secret = null) =>
        Sign(header, payload, input => HMACSHA256.HashData(secret ?? Secret, input));

    public static string Sign(string header, string payload, Func<byte[], byte[]> sign)
    {
        string input = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload))}";
        return $"{input}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(input)))}";
    }
}
