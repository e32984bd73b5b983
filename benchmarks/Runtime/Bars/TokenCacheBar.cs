using System.Globalization;
using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using SecurityToolchain.AspNetCore.Authentication;
using SecurityToolchain.Runtime.Authentication;

namespace SecurityToolchain.Runtime.Benchmarks.Bars;

/// <summary>A token that the cache knows, against validating it anew with Microsoft.IdentityModel. Bar: 2,000,000 checks a second and processor.</summary>
internal static class TokenCacheBar
{
    private const int Checks = 100_000;
    private const int Validations = 2_000;

    public static BarResult Measure()
    {
        byte[] secret = RandomNumberGenerator.GetBytes(32);
        var key = new SymmetricSecurityKey(secret) { KeyId = "k" };
        string token = new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = "https://issuer.example",
            Audience = "shop",
            IssuedAt = TimeProvider.System.GetUtcNow().UtcDateTime,
            Expires = TimeProvider.System.GetUtcNow().AddHours(1).UtcDateTime,
            Claims = new Dictionary<string, object> { ["sub"] = "user-4711", ["jti"] = "0a1b2c3d", ["roles"] = new[] { "writer" } },
            SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.HmacSha256),
        });
        var cache = new AuthTokenCache(new JwtAuthProvider(new JwtAuthOptions { Issuer = "https://issuer.example", Audience = "shop", Keys = [JwtKey.HmacSha256("k", secret)] }));
        var handler = new JsonWebTokenHandler();
        var parameters = new TokenValidationParameters { ValidIssuer = "https://issuer.example", ValidAudience = "shop", IssuerSigningKey = key };
        (double ours, double peer) = Rounds.ProcessorTime(
            () =>
            {
                for (int i = 0; i < Checks; i++)
                {
                    ValueTask<AuthResult> check = cache.AuthenticateAsync(token);
                    if (!(check.IsCompletedSuccessfully ? check.Result : check.AsTask().GetAwaiter().GetResult()).IsSuccess)
                        throw new InvalidOperationException("The token was refused.");
                }
            },
            () =>
            {
                for (int i = 0; i < Validations; i++)
                {
                    if (!handler.ValidateTokenAsync(token, parameters).GetAwaiter().GetResult().IsValid)
                        throw new InvalidOperationException("The token was refused.");
                }
            });
        double oursRate = Checks / ours;
        double peerRate = Validations / peer;
        return new BarResult(
            string.Create(CultureInfo.InvariantCulture, $"cached token check, token of {token.Length} characters"),
            string.Create(CultureInfo.InvariantCulture, $"{oursRate:N0} checks/s per core"),
            string.Create(CultureInfo.InvariantCulture, $"{peerRate:N0} validations/s per core (JsonWebTokenHandler without a cache)"),
            string.Create(CultureInfo.InvariantCulture, $"{oursRate / peerRate:F1}x"),
            "at least 2,000,000 checks/s per core",
            oursRate >= 2_000_000);
    }
}
