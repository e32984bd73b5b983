using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using SecurityToolchain.Runtime.Cryptography;
using SecurityToolchain.Runtime.Secrets;

namespace HardenedService.Accounts;

/// <summary>Signs tokens that live ten minutes.</summary>
public sealed class TokenIssuer(IOptions<ServiceOptions> options, SecretProvider secrets, TimeProvider clock)
{
    public const string KeyId = "service-1";

    public string Issue(string user)
    {
        DateTime now = clock.GetUtcNow().UtcDateTime;
        var key = new SymmetricSecurityKey(secrets.GetRequiredBytes("Service:TokenKey")) { KeyId = KeyId };
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = options.Value.Issuer,
            Audience = options.Value.Audience,
            IssuedAt = now,
            NotBefore = now,
            Expires = now.AddMinutes(10),
            Claims = new Dictionary<string, object> { ["sub"] = user, ["jti"] = SecureRandom.Token(), ["roles"] = new[] { options.Value.Administrators.Contains(user) ? "admin" : "writer" } },
            SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.HmacSha256),
        });
    }
}
