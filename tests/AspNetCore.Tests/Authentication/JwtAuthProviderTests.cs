using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using SecurityToolchain.AspNetCore.Authentication;
using SecurityToolchain.Runtime.Authentication;

namespace SecurityToolchain.AspNetCore.Tests.Authentication;

public sealed class JwtAuthProviderTests
{
    private readonly ManualTime _clock = new();
    private readonly JwtAuthProvider _provider;

    public JwtAuthProviderTests() => _provider = new JwtAuthProvider(TestTokens.Options(), _clock);

    private DateTimeOffset Now => _clock.GetUtcNow();

    [Fact]
    public async Task GoodToken_GivesItsClaims()
    {
        AuthResult result = await Ask(TestTokens.Hmac(TestTokens.Payload(Now)));
        Assert.True(result.IsSuccess, result.Failure.ToString());
        Assert.Equal("user", result.Claims.Subject);
        Assert.Equal(["writer"], result.Claims.Roles);
        Assert.Equal("t1", result.Claims.TokenId);
        Assert.Equal(Now.ToUnixTimeSeconds() + 600, result.Claims.ExpiresAt.ToUnixTimeSeconds());
        Assert.True((await Ask(TestTokens.Hmac(TestTokens.Payload(Now), """{"alg":"HS256"}"""))).IsSuccess);
        Assert.Equal(["a", "b"], (await Ask(TestTokens.Hmac(TestTokens.Payload(Now, roles: """["a","b"]""")))).Claims!.Roles);
        Assert.Equal(["a"], (await Ask(TestTokens.Hmac(TestTokens.Payload(Now, roles: "\"a\"")))).Claims!.Roles);
    }

    [Theory]
    [InlineData("""{"alg":"none"}""")]
    [InlineData("""{"alg":"None"}""")]
    [InlineData("""{"alg":"NONE","kid":"k1"}""")]
    [InlineData("""{"alg":"HS512","kid":"k1"}""")]
    [InlineData("""{"alg":"RS256","kid":"k1"}""")]
    [InlineData("""{"alg":"hs256","kid":"k1"}""")]
    [InlineData("""{"kid":"k1"}""")]
    [InlineData("""{"alg":["HS256"],"kid":"k1"}""")]
    public async Task OtherAlgorithm_IsRefused(string header)
    {
        Assert.Equal(AuthFailure.AlgorithmNotAllowed, (await Ask(TestTokens.Hmac(TestTokens.Payload(Now), header))).Failure);
        Assert.False((await Ask(TestTokens.Sign(header, TestTokens.Payload(Now), static _ => []))).IsSuccess);
    }

    [Fact]
    public async Task RsaKey_IsNeverAnHmacSecret()
    {
        using var rsa = RSA.Create(2048);
        var provider = new JwtAuthProvider(TestTokens.Options(JwtKey.RsaSha256("r1", rsa)), _clock);
        string payload = TestTokens.Payload(Now);
        string good = TestTokens.Sign("""{"alg":"RS256","kid":"r1"}""", payload, input => rsa.SignData(input, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        Assert.True((await provider.AuthenticateAsync(good, TestContext.Current.CancellationToken)).IsSuccess);
        foreach (byte[] publicKey in new[] { rsa.ExportSubjectPublicKeyInfo(), rsa.ExportRSAPublicKey(), Encoding.ASCII.GetBytes(rsa.ExportSubjectPublicKeyInfoPem()) })
        {
            string forged = TestTokens.Hmac(payload, """{"alg":"HS256","kid":"r1"}""", publicKey);
            Assert.Equal(AuthFailure.AlgorithmNotAllowed, (await provider.AuthenticateAsync(forged, TestContext.Current.CancellationToken)).Failure);
        }

        // The same with an HMAC key beside it: the key id ties the algorithm.
        var both = new JwtAuthProvider(TestTokens.Options(JwtKey.RsaSha256("r1", rsa), JwtKey.HmacSha256("k1", TestTokens.Secret)), _clock);
        Assert.Equal(AuthFailure.AlgorithmNotAllowed, (await both.AuthenticateAsync(TestTokens.Hmac(payload, """{"alg":"HS256","kid":"r1"}""", rsa.ExportSubjectPublicKeyInfo()), TestContext.Current.CancellationToken)).Failure);
        Assert.Equal(AuthFailure.UnknownKey, (await both.AuthenticateAsync(TestTokens.Hmac(payload, """{"alg":"HS256"}"""), TestContext.Current.CancellationToken)).Failure);
        Assert.True((await both.AuthenticateAsync(good, TestContext.Current.CancellationToken)).IsSuccess);
    }

    [Fact]
    public async Task EcdsaToken_IsAccepted()
    {
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var provider = new JwtAuthProvider(TestTokens.Options(JwtKey.EcdsaSha256("e1", ecdsa)), _clock);
        string token = TestTokens.Sign("""{"alg":"ES256","kid":"e1"}""", TestTokens.Payload(Now), input => ecdsa.SignData(input, HashAlgorithmName.SHA256));
        Assert.True((await provider.AuthenticateAsync(token, TestContext.Current.CancellationToken)).IsSuccess);
        string zero = TestTokens.Sign("""{"alg":"ES256","kid":"e1"}""", TestTokens.Payload(Now), static _ => new byte[64]);
        Assert.Equal(AuthFailure.BadSignature, (await provider.AuthenticateAsync(zero, TestContext.Current.CancellationToken)).Failure);
    }

    [Fact]
    public async Task AnyBitOfTheSignature_Flipped_IsRefused()
    {
        string token = TestTokens.Hmac(TestTokens.Payload(Now));
        string[] parts = token.Split('.');
        byte[] signature = Base64Url.DecodeFromChars(parts[2]);
        for (int bit = 0; bit < signature.Length * 8; bit++)
        {
            byte[] flipped = [.. signature];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Equal(AuthFailure.BadSignature, (await Ask($"{parts[0]}.{parts[1]}.{Base64Url.EncodeToString(flipped)}")).Failure);
        }

        Assert.Equal(AuthFailure.BadSignature, (await Ask($"{parts[0]}.{parts[1]}.")).Failure);
        Assert.Equal(AuthFailure.BadSignature, (await Ask(TestTokens.Hmac(TestTokens.Payload(Now), secret: new byte[32]))).Failure);
    }

    [Fact]
    public async Task MalformedTokens_AreRefused()
    {
        string good = TestTokens.Hmac(TestTokens.Payload(Now));
        string[] parts = good.Split('.');
        string[] malformed =
        [
            "garbage", "a.b", "a.b.c.d", "..", good + "=", good + ".", good + "\n", " " + good, parts[0] + "." + parts[1] + "." + parts[2] + "!",
            TestTokens.Hmac(TestTokens.Payload(Now), """{"alg":"HS256","kid":"k1","crit":["exp"]}"""),
            TestTokens.Hmac(TestTokens.Payload(Now), """{"alg":"HS256","alg":"none","kid":"k1"}"""),
            TestTokens.Hmac("""{"sub":"user","sub":"admin"}"""), TestTokens.Hmac("[]"), TestTokens.Hmac("\"x\""), TestTokens.Hmac(""), TestTokens.Hmac("{"),
            TestTokens.Hmac(new string('[', 50) + new string(']', 50)),
        ];
        foreach (string token in malformed)
            Assert.Equal(AuthFailure.MalformedToken, (await Ask(token)).Failure);
        // The last character of a signature of 32 bytes holds two spare bits; another spelling of the same bytes is another token.
        char last = parts[2][^1];
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        Assert.Equal(AuthFailure.MalformedToken, (await Ask(good[..^1] + Alphabet[Alphabet.IndexOf(last, StringComparison.Ordinal) ^ 1])).Failure);
        Assert.Equal(AuthFailure.TokenTooLarge, (await Ask(new string('a', 8193))).Failure);
        Assert.Equal(AuthFailure.MissingToken, (await Ask("")).Failure);
    }

    [Theory]
    [InlineData("\"sub\":\"user\",", "", AuthFailure.MissingClaim)]
    [InlineData("\"sub\":\"user\"", "\"sub\":\"\"", AuthFailure.MissingClaim)]
    [InlineData("\"sub\":\"user\"", "\"sub\":5", AuthFailure.MissingClaim)]
    [InlineData("\"iss\":\"https://issuer.example\",", "", AuthFailure.MissingClaim)]
    [InlineData("\"aud\":\"shop\",", "", AuthFailure.MissingClaim)]
    [InlineData(",\"jti\":\"t1\"", "", AuthFailure.MissingClaim)]
    [InlineData("\"exp\":", "\"exp2\":", AuthFailure.MissingClaim)]
    [InlineData("\"iat\":", "\"iat2\":", AuthFailure.MissingClaim)]
    [InlineData("\"exp\":", "\"exp\":1e300,\"x\":", AuthFailure.MalformedToken)]
    [InlineData("\"exp\":", "\"exp\":-1,\"x\":", AuthFailure.MissingClaim)]
    [InlineData("\"exp\":", "\"exp\":\"9999999999\",\"x\":", AuthFailure.MissingClaim)]
    [InlineData("\"jti\"", "\"nbf\":\"tomorrow\",\"jti\"", AuthFailure.MalformedToken)]
    [InlineData("\"aud\":\"shop\"", "\"aud\":[\"shop\",5]", AuthFailure.MalformedToken)]
    [InlineData("[\"writer\"]", "{\"a\":1}", AuthFailure.MissingClaim)]
    [InlineData("\"iss\":\"https://issuer.example\"", "\"iss\":\"https://issuer.example/\"", AuthFailure.WrongIssuer)]
    [InlineData("\"aud\":\"shop\"", "\"aud\":\"Shop\"", AuthFailure.WrongAudience)]
    [InlineData("\"aud\":\"shop\"", "\"aud\":[\"a\",\"shop\"]", AuthFailure.None)]
    [InlineData("\"jti\"", "\"nbf\":32503680000,\"jti\"", AuthFailure.NotYetValid)]
    public async Task Claims_EachHasItsReason(string replace, string with, AuthFailure expected) =>
        Assert.Equal(expected, (await Ask(TestTokens.Hmac(TestTokens.Payload(Now, replace, with)))).Failure);

    [Fact]
    public async Task Times_HaveTheToleranceOfTheOptions()
    {
        string token = TestTokens.Hmac(TestTokens.Payload(Now));
        _clock.Advance(TimeSpan.FromSeconds(600 + 59));
        Assert.True((await Ask(token)).IsSuccess);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(AuthFailure.ExpiredToken, (await Ask(token)).Failure);
        Assert.Equal(AuthFailure.NotYetValid, (await Ask(TestTokens.Hmac(TestTokens.Payload(Now.AddSeconds(61))))).Failure);
        Assert.True((await Ask(TestTokens.Hmac(TestTokens.Payload(Now.AddSeconds(59))))).IsSuccess);
    }

    [Fact]
    public async Task KeyRotation_AcceptsBothKeysAndNoOther()
    {
        byte[] next = RandomNumberGenerator.GetBytes(32);
        var provider = new JwtAuthProvider(TestTokens.Options(JwtKey.HmacSha256("k1", TestTokens.Secret), JwtKey.HmacSha256("k2", next)), _clock);
        string payload = TestTokens.Payload(Now);
        Assert.True((await provider.AuthenticateAsync(TestTokens.Hmac(payload), TestContext.Current.CancellationToken)).IsSuccess);
        Assert.True((await provider.AuthenticateAsync(TestTokens.Hmac(payload, """{"alg":"HS256","kid":"k2"}""", next), TestContext.Current.CancellationToken)).IsSuccess);
        Assert.Equal(AuthFailure.BadSignature, (await provider.AuthenticateAsync(TestTokens.Hmac(payload, """{"alg":"HS256","kid":"k2"}"""), TestContext.Current.CancellationToken)).Failure);
        Assert.Equal(AuthFailure.UnknownKey, (await provider.AuthenticateAsync(TestTokens.Hmac(payload, """{"alg":"HS256","kid":"k3"}"""), TestContext.Current.CancellationToken)).Failure);
    }

    [Fact]
    public async Task Diagnostics_NameTheStageThatFails()
    {
        async Task<AuthDebugInfo> Explain(string? token, string permission = "write") =>
            await AuthDiagnostics.ExplainAsync(_provider, RolePermissionMap.Default, token, permission, TestContext.Current.CancellationToken);

        Assert.False((await Explain(null)).TokenPresent);
        AuthDebugInfo format = await Explain("a.b.c");
        Assert.True(format.TokenPresent);
        Assert.False(format.TokenFormatValid);
        AuthDebugInfo signature = await Explain(TestTokens.Hmac(TestTokens.Payload(Now), secret: new byte[32]));
        Assert.Equal((true, false, true, true), (signature.TokenFormatValid, signature.SignatureValid, signature.ClaimsValid, signature.PermissionsGranted));
        AuthDebugInfo expired = await Explain(TestTokens.Hmac(TestTokens.Payload(Now.AddHours(-1))));
        Assert.Equal((true, false, AuthFailure.ExpiredToken), (expired.SignatureValid, expired.ClaimsValid, expired.Failure));
        AuthDebugInfo permission = await Explain(TestTokens.Hmac(TestTokens.Payload(Now)), "admin");
        Assert.Equal((true, true, false, AuthFailure.InsufficientPermissions), (permission.SignatureValid, permission.ClaimsValid, permission.PermissionsGranted, permission.Failure));
        Assert.Equal(AuthFailure.None, (await Explain(TestTokens.Hmac(TestTokens.Payload(Now)))).Failure);
        Assert.Equal("{}", System.Text.Json.JsonSerializer.Serialize(permission));
    }

    [Fact]
    public void Options_Misuse_Throws()
    {
        Assert.Throws<ArgumentException>(() => JwtKey.HmacSha256("k", new byte[31]));
        using var weak = RSA.Create(1024);
        Assert.Throws<ArgumentException>(() => JwtKey.RsaSha256("k", weak));
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        Assert.Throws<ArgumentException>(() => JwtKey.EcdsaSha256("k", curve));
        Assert.Throws<ArgumentException>(() => new JwtAuthProvider(new JwtAuthOptions { Issuer = "i", Audience = "a", Keys = [] }));
        Assert.Throws<ArgumentException>(() => new JwtAuthProvider(new JwtAuthOptions { Issuer = "", Audience = "a", Keys = [JwtKey.HmacSha256("k", new byte[32])] }));
        Assert.Throws<ArgumentException>(() => new JwtAuthProvider(TestTokens.Options(JwtKey.HmacSha256("k", new byte[32]), JwtKey.HmacSha256("k", new byte[32]))));
        Assert.Throws<ArgumentOutOfRangeException>(() => new JwtAuthProvider(
            new JwtAuthOptions { Issuer = "i", Audience = "a", Keys = [JwtKey.HmacSha256("k", new byte[32])], ClockSkew = TimeSpan.FromMinutes(6) }));
    }

    private ValueTask<AuthResult> Ask(string token) => _provider.AuthenticateAsync(token, TestContext.Current.CancellationToken);
}
