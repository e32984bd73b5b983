using SecurityToolchain.Runtime.Authentication;

namespace SecurityToolchain.AspNetCore.Authentication;

/// <summary>
/// A failed authentication, stage by stage. For operators only: sent to a client it tells an attacker how far a forgery got. It therefore
/// serialises to nothing.
/// </summary>
public sealed class AuthDebugInfo
{
    internal AuthDebugInfo()
    {
    }

    /// <summary>Whether there was a token.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool TokenPresent { get; internal init; }

    /// <summary>Whether it has three parts of canonical base64url with JSON objects.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool TokenFormatValid { get; internal init; }

    /// <summary>Whether the signature is right, whatever the claims say.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool SignatureValid { get; internal init; }

    /// <summary>Whether the claims are right, whatever the signature says.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool ClaimsValid { get; internal init; }

    /// <summary>Whether the roles that the token names have the permission, whatever signature and times say.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool PermissionsGranted { get; internal init; }

    /// <summary>The reason that the provider gives.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public AuthFailure Failure { get; internal init; }

    /// <summary>One line for a log. Holds no part of the token.</summary>
    public override string ToString() =>
        $"present={TokenPresent} format={TokenFormatValid} signature={SignatureValid} claims={ClaimsValid} permissions={PermissionsGranted} failure={Failure}";
}
