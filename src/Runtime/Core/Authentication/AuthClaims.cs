namespace SecurityToolchain.Runtime.Authentication;

/// <summary>What a validated token says about its bearer. Immutable.</summary>
public sealed record AuthClaims
{
    /// <summary>Who: the claim <c>sub</c>.</summary>
    public required string Subject { get; init; }

    /// <summary>When the token ends: the claim <c>exp</c>.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When the token starts: the claim <c>nbf</c>.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>When the token was made: the claim <c>iat</c>.</summary>
    public DateTimeOffset? IssuedAt { get; init; }

    /// <summary>Who made it: the claim <c>iss</c>.</summary>
    public string? Issuer { get; init; }

    /// <summary>Whom it is for: the claim <c>aud</c>.</summary>
    public IReadOnlyList<string> Audiences { get; init; } = [];

    /// <summary>Id of the token: the claim <c>jti</c>.</summary>
    public string? TokenId { get; init; }

    /// <summary>Roles of the subject, compared exactly.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];
}
