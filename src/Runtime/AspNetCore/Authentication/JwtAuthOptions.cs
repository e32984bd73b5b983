using Microsoft.IdentityModel.Tokens;

namespace SecurityToolchain.AspNetCore.Authentication;

/// <summary>Which tokens are accepted. Checked when a <see cref="JwtAuthProvider"/> is made; there is no default for whom to trust.</summary>
public sealed class JwtAuthOptions
{
    /// <summary>Who must have made the token: the claim <c>iss</c>, compared exactly.</summary>
    public required string Issuer { get; init; }

    /// <summary>Whom the token must be for: one of the claim <c>aud</c>, compared exactly.</summary>
    public required string Audience { get; init; }

    /// <summary>Keys that may sign, each with a key id. Several during a rotation.</summary>
    public required IReadOnlyList<JwtKey> Keys { get; init; }

    /// <summary>Claims without which a token is refused. Default <c>sub</c>, <c>exp</c>, <c>iss</c>, <c>aud</c>, <c>iat</c>, <c>jti</c>. <c>sub</c> and <c>exp</c> are always required.</summary>
    public IReadOnlyList<string> RequiredClaims { get; init; } = ["sub", "exp", "iss", "aud", "iat", "jti"];

    /// <summary>Claim that holds the roles, as one text or a list of texts. Default <c>roles</c>.</summary>
    public string RoleClaim { get; init; } = "roles";

    /// <summary>Tolerance between the clocks: 0 to 5 minutes. Default 60 seconds.</summary>
    public TimeSpan ClockSkew { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Longest token, in characters: 256 to 65,536. Default 8,192.</summary>
    public int MaxTokenLength { get; init; } = 8192;

    internal void Validate()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(Issuer);
        ArgumentException.ThrowIfNullOrWhiteSpace(Audience);
        ArgumentException.ThrowIfNullOrWhiteSpace(RoleClaim);
        ArgumentNullException.ThrowIfNull(RequiredClaims);
        ArgumentNullException.ThrowIfNull(Keys);
        if (Keys.Count == 0)
            throw new ArgumentException("At least one key is needed to check signatures.", nameof(Keys));
        if (Keys.Select(static key => key.KeyId).Distinct(StringComparer.Ordinal).Count() != Keys.Count)
            throw new ArgumentException("Two keys have the same id.", nameof(Keys));
        if (ClockSkew < TimeSpan.Zero || ClockSkew > TimeSpan.FromMinutes(5))
            throw new ArgumentOutOfRangeException(nameof(ClockSkew), ClockSkew, "The clock skew must be between 0 and 5 minutes.");
        if (MaxTokenLength is < 256 or > 65_536)
            throw new ArgumentOutOfRangeException(nameof(MaxTokenLength), MaxTokenLength, "The longest token must be between 256 and 65536 characters.");
    }
}
