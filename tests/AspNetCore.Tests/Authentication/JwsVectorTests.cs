using System.Buffers.Text;
using System.Security.Cryptography;
using SecurityToolchain.AspNetCore.Authentication;
using SecurityToolchain.Runtime.Authentication;

namespace SecurityToolchain.AspNetCore.Tests.Authentication;

/// <summary>The published examples of RFC 7515, one file for each section.</summary>
public sealed class JwsVectorTests
{
    [Theory]
    [InlineData("RFC7515_A1_Hs256.txt")]
    [InlineData("RFC7515_A2_Rs256.txt")]
    [InlineData("RFC7515_A3_Es256.txt")]
    public async Task Example_HasAValidSignature_AndAChangedOneHasNot(string file)
    {
        string[] lines = await File.ReadAllLinesAsync(Path.Combine(AppContext.BaseDirectory, "Vectors", file), TestContext.Current.CancellationToken);
        string[] fields = [.. lines.Where(static line => line.Length > 0 && line[0] != '#')];
        using RSA rsa = RSA.Create();
        using ECDsa ec = ECDsa.Create();
        JwtKey key = Key(file, [.. fields.Skip(1).Select(static field => Base64Url.DecodeFromChars(field))], rsa, ec);
        var provider = new JwtAuthProvider(TestTokens.Options(key), new ManualTime());
        string token = fields[0];
        Assert.Equal(AuthFailure.None, await provider.CheckSignatureAsync(token, key));
        int signature = token.LastIndexOf('.') + 1;
        string changed = token[..signature] + (token[signature] == 'A' ? 'B' : 'A') + token[(signature + 1)..];
        Assert.Equal(AuthFailure.BadSignature, await provider.CheckSignatureAsync(changed, key));
        // The examples have no subject; a good signature alone opens nothing.
        Assert.Equal(AuthFailure.MissingClaim, (await provider.AuthenticateAsync(token, TestContext.Current.CancellationToken)).Failure);
    }

    private static JwtKey Key(string file, byte[][] parts, RSA rsa, ECDsa ec)
    {
        if (parts.Length == 1)
            return JwtKey.HmacSha256("rfc", parts[0]);
        if (file.Contains("Rs256", StringComparison.Ordinal))
        {
            rsa.ImportParameters(new RSAParameters { Modulus = parts[0], Exponent = parts[1] });
            return JwtKey.RsaSha256("rfc", rsa);
        }

        ec.ImportParameters(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = parts[0], Y = parts[1] } });
        return JwtKey.EcdsaSha256("rfc", ec);
    }
}
