using System.Diagnostics.CodeAnalysis;

namespace SecurityToolchain.Runtime.Authentication;

/// <summary>Outcome of an authentication or authorization. Immutable.</summary>
public sealed record AuthResult
{
    private AuthResult(AuthClaims? claims, AuthFailure failure)
    {
        Claims = claims;
        Failure = failure;
    }

    /// <summary>Whether the bearer is who they say, and may do what they asked for.</summary>
    [MemberNotNullWhen(true, nameof(Claims))]
    public bool IsSuccess => Failure == AuthFailure.None && Claims is not null;

    /// <summary>What the token says, if it is good.</summary>
    public AuthClaims? Claims { get; }

    /// <summary>Why not. For logs; see <see cref="AuthFailure"/>.</summary>
    public AuthFailure Failure { get; }

    /// <summary>Makes a success.</summary>
    /// <param name="claims">What the token says.</param>
    public static AuthResult Success(AuthClaims claims)
    {
        ArgumentNullException.ThrowIfNull(claims);
        return new AuthResult(claims, AuthFailure.None);
    }

    /// <summary>Makes a refusal.</summary>
    /// <param name="failure">The reason; not <see cref="AuthFailure.None"/>.</param>
    /// <exception cref="ArgumentException">The reason is <see cref="AuthFailure.None"/>.</exception>
    public static AuthResult Refused(AuthFailure failure) => failure == AuthFailure.None
        ? throw Error.Invalid(nameof(failure), "A refusal needs a reason.")
        : new AuthResult(null, failure);
}
