using System.Security.Cryptography;
using System.Text;
using SecurityToolchain.AspNetCore.Authentication;
using SecurityToolchain.Runtime.Authentication;

namespace SecurityToolchain.AspNetCore.Tests.Authentication;

/// <summary>Every algorithm that a key can be for, each against the tokens of every other.</summary>
public sealed class JwtKeyTests : IDisposable
{
    private static readonly byte[] s_secret = [.. Enumerable.Range(1, 64).Select(static i => (byte)i)];
    private readonly RSA _rsa = RSA.Create(2048);
    private readonly ECDsa _ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public static TheoryData<string> Algorithms() => new("HS256", "HS384", "HS512", "RS256", "PS256", "ES256");

    public void Dispose()
    {
        _rsa.Dispose();
        _ec.Dispose();
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task Key_AcceptsTokensOfItsOwnAlgorithmOnly(string algorithm)
    {
        var clock = new ManualTime();
        var provider = new JwtAuthProvider(TestTokens.Options(Key(algorithm)), clock);
        foreach (string other in new[] { "HS256", "HS384", "HS512", "RS256", "PS256", "ES256" })
        {
            string header = $$"""{"alg":"{{other}}","kid":"k"}""";
            string token = TestTokens.Sign(header, TestTokens.Payload(clock.GetUtcNow()), input => Sign(other, input));
            AuthResult result = await provider.AuthenticateAsync(token, TestContext.Current.CancellationToken);
            Assert.Equal(other == algorithm ? AuthFailure.None : AuthFailure.AlgorithmNotAllowed, result.Failure);
            // The signature of another algorithm under this one's name.
            string renamed = TestTokens.Sign($$"""{"alg":"{{algorithm}}","kid":"k"}""", TestTokens.Payload(clock.GetUtcNow()), input => Sign(other, input));
            Assert.Equal(other == algorithm, (await provider.AuthenticateAsync(renamed, TestContext.Current.CancellationToken)).IsSuccess);
        }
    }

    [Fact]
    public void WeakOrForeignKeys_AreRefused()
    {
        using RSA small = RSA.Create(1024);
        using ECDsa p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        Assert.Throws<ArgumentException>(() => JwtKey.HmacSha256("k", new byte[31]));
        Assert.Throws<ArgumentException>(() => JwtKey.HmacSha384("k", new byte[47]));
        Assert.Throws<ArgumentException>(() => JwtKey.HmacSha512("k", new byte[63]));
        Assert.Throws<ArgumentException>(() => JwtKey.RsaSha256("k", small));
        Assert.Throws<ArgumentException>(() => JwtKey.RsaPssSha256("k", small));
        Assert.Throws<ArgumentException>(() => JwtKey.EcdsaSha256("k", p384));
        Assert.Throws<ArgumentException>(() => JwtKey.EcdsaSha256("", _ec));
    }

    [Fact]
    public void OtherCurveOf256Bits_IsRefused()
    {
        ECDsa? other = null;
        try
        {
            other = ECDsa.Create(ECCurve.CreateFromFriendlyName("secp256k1"));
        }
        catch (Exception missing) when (missing is PlatformNotSupportedException or CryptographicException)
        {
            Assert.Skip("secp256k1 is not on this machine");
        }

        using (other)
            Assert.Contains("P-256", Assert.Throws<ArgumentException>(() => JwtKey.EcdsaSha256("k", other!)).Message, StringComparison.Ordinal);
    }

    private JwtKey Key(string algorithm) => algorithm switch
    {
        "HS256" => JwtKey.HmacSha256("k", s_secret),
        "HS384" => JwtKey.HmacSha384("k", s_secret),
        "HS512" => JwtKey.HmacSha512("k", s_secret),
        "RS256" => JwtKey.RsaSha256("k", _rsa),
        "PS256" => JwtKey.RsaPssSha256("k", _rsa),
        _ => JwtKey.EcdsaSha256("k", _ec),
    };

    private byte[] Sign(string algorithm, byte[] input) => algorithm switch
    {
        "HS256" => HMACSHA256.HashData(s_secret, input),
        "HS384" => HMACSHA384.HashData(s_secret, input),
        "HS512" => HMACSHA512.HashData(s_secret, input),
        "RS256" => _rsa.SignData(input, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
        "PS256" => _rsa.SignData(input, HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
        _ => _ec.SignData(input, HashAlgorithmName.SHA256),
    };
}
