namespace SecurityToolchain.Runtime.Authentication;

/// <summary>
/// Why somebody was refused. For logs, metrics and operators; clients learn that they were refused and no more, since the difference between
/// two reasons is what an attacker asks for.
/// </summary>
public enum AuthFailure
{
    /// <summary>Nobody was refused.</summary>
    None = 0,

    /// <summary>There was no token.</summary>
    MissingToken = 1,

    /// <summary>The token is longer than the limit.</summary>
    TokenTooLarge = 2,

    /// <summary>The token has not the form of a token.</summary>
    MalformedToken = 3,

    /// <summary>The token names an algorithm that is not allowed, or none.</summary>
    AlgorithmNotAllowed = 4,

    /// <summary>The token names a key that is not known.</summary>
    UnknownKey = 5,

    /// <summary>The signature does not match.</summary>
    BadSignature = 6,

    /// <summary>The token has expired.</summary>
    ExpiredToken = 7,

    /// <summary>The token is not valid yet.</summary>
    NotYetValid = 8,

    /// <summary>The token is from another issuer.</summary>
    WrongIssuer = 9,

    /// <summary>The token is for another audience.</summary>
    WrongAudience = 10,

    /// <summary>The token lacks a claim that is required.</summary>
    MissingClaim = 11,

    /// <summary>The token, or all tokens of its subject, were revoked.</summary>
    RevokedToken = 12,

    /// <summary>The token is good and does not allow what was asked for.</summary>
    InsufficientPermissions = 13,

    /// <summary>The provider failed, so nobody knows; unknown is refused.</summary>
    ProviderError = 14,
}
