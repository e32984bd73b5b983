using System.Collections.Frozen;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using SecurityToolchain.Runtime.Authentication;

namespace SecurityToolchain.AspNetCore.Authentication;

/// <summary>
/// Validates JSON web tokens: signature by Microsoft.IdentityModel.JsonWebTokens under the one key and algorithm that the key id names, then
/// issuer, audience, times and required claims, each with a reason of its own. Thread safe.
/// </summary>
public sealed class JwtAuthProvider : IAuthProvider
{
    private readonly JwtAuthOptions _options;
    private readonly TimeProvider _clock;
    private readonly FrozenDictionary<string, JwtKey> _keys;
    private readonly JsonWebTokenHandler _handler;

    /// <summary>Creates a provider.</summary>
    /// <param name="options">Which tokens are accepted.</param>
    /// <param name="clock">The system's clock if <see langword="null"/>.</param>
    /// <exception cref="ArgumentException">An option is missing or out of range.</exception>
    public JwtAuthProvider(JwtAuthOptions options, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        _clock = clock ?? TimeProvider.System;
        _keys = options.Keys.ToFrozenDictionary(static key => key.KeyId, StringComparer.Ordinal);
        _handler = new JsonWebTokenHandler { MaximumTokenSizeInBytes = options.MaxTokenLength, MapInboundClaims = false };
    }

    /// <inheritdoc/>
    public async ValueTask<AuthResult> AuthenticateAsync(string token, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(token);
        cancellationToken.ThrowIfCancellationRequested();
        if (token.Length == 0)
            return AuthResult.Refused(AuthFailure.MissingToken);
        if (token.Length > _options.MaxTokenLength)
            return AuthResult.Refused(AuthFailure.TokenTooLarge);
        using JwtParts? parts = JwtParts.TryParse(token);
        if (parts is null || parts.HasCriticalExtensions)
            return AuthResult.Refused(AuthFailure.MalformedToken);
        AuthFailure failure = FindKey(parts, out JwtKey? key);
        if (failure == AuthFailure.None)
            failure = await CheckSignatureAsync(token, key!);
        return failure == AuthFailure.None ? CheckClaims(parts.Payload) : AuthResult.Refused(failure);
    }

    /// <summary>Looks for the key that a token names. Without a name, the only key is taken.</summary>
    internal AuthFailure FindKey(JwtParts parts, out JwtKey? key)
    {
        key = null;
        if (parts.Algorithm is null || !_options.Keys.Any(known => string.Equals(known.Algorithm, parts.Algorithm, StringComparison.Ordinal)))
            return AuthFailure.AlgorithmNotAllowed;
        key = parts.KeyId is { } id ? _keys.GetValueOrDefault(id) : _options.Keys.Count == 1 ? _options.Keys[0] : null;
        if (key is null)
            return AuthFailure.UnknownKey;
        return string.Equals(key.Algorithm, parts.Algorithm, StringComparison.Ordinal) ? AuthFailure.None : AuthFailure.AlgorithmNotAllowed;
    }

    internal async Task<AuthFailure> CheckSignatureAsync(string token, JwtKey key)
    {
#pragma warning disable CA5404 // CheckClaims checks issuer, audience and times, with the clock that this provider was given and one reason each.
        var parameters = new TokenValidationParameters
        {
            RequireSignedTokens = true,
            IssuerSigningKey = key.Key,
            TryAllIssuerSigningKeys = false,
            ValidAlgorithms = [key.Algorithm],
            ValidateIssuer = false,
            ValidateAudience = false,
            ValidateLifetime = false,
            RequireExpirationTime = false,
            RequireAudience = false,
            ValidateTokenReplay = false,
        };
#pragma warning restore CA5404
        // A token without a key id is checked under the only key there is, which the library would not look for by itself.
        parameters.IssuerSigningKeyResolver = (_, _, _, _) => [key.Key];
        TokenValidationResult result = await _handler.ValidateTokenAsync(token, parameters);
        if (result.IsValid)
            return AuthFailure.None;
        // Whatever else the library trips over is the form of the token: a claim that is no number, say.
        return result.Exception is SecurityTokenInvalidSignatureException or SecurityTokenSignatureKeyNotFoundException ? AuthFailure.BadSignature : AuthFailure.MalformedToken;
    }

    internal AuthResult CheckClaims(JsonElement payload)
    {
        string? subject = JwtParts.Text(payload, "sub");
        DateTimeOffset? expires = JwtParts.Time(payload, "exp");
        IReadOnlyList<string>? audiences = JwtParts.Texts(payload, "aud");
        IReadOnlyList<string>? roles = JwtParts.Texts(payload, _options.RoleClaim);
        if (_options.RequiredClaims.Any(claim => !payload.TryGetProperty(claim, out _)) || string.IsNullOrEmpty(subject) || expires is null || audiences is null || roles is null)
            return AuthResult.Refused(AuthFailure.MissingClaim);
        // A time that is there must be one: "nbf": "tomorrow" is not "no nbf".
        if (!TryReadTime(payload, "nbf", out DateTimeOffset? notBefore) || !TryReadTime(payload, "iat", out DateTimeOffset? issuedAt))
            return AuthResult.Refused(AuthFailure.MissingClaim);
        DateTimeOffset now = _clock.GetUtcNow();
        if (now >= expires.Value + _options.ClockSkew)
            return AuthResult.Refused(AuthFailure.ExpiredToken);
        if (notBefore > now + _options.ClockSkew || issuedAt > now + _options.ClockSkew)
            return AuthResult.Refused(AuthFailure.NotYetValid);
        if (!string.Equals(JwtParts.Text(payload, "iss"), _options.Issuer, StringComparison.Ordinal))
            return AuthResult.Refused(AuthFailure.WrongIssuer);
        if (!audiences.Contains(_options.Audience, StringComparer.Ordinal))
            return AuthResult.Refused(AuthFailure.WrongAudience);
        return AuthResult.Success(new AuthClaims
        {
            Subject = subject,
            ExpiresAt = expires.Value,
            NotBefore = notBefore,
            IssuedAt = issuedAt,
            Issuer = _options.Issuer,
            Audiences = audiences,
            TokenId = JwtParts.Text(payload, "jti"),
            Roles = roles,
        });
    }

    /// <summary>For <see cref="AuthDiagnostics"/> only: what the token claims, true or not.</summary>
    internal AuthClaims ReadUnverifiedRoles(JsonElement payload) => new()
    {
        Subject = JwtParts.Text(payload, "sub") ?? string.Empty,
        ExpiresAt = DateTimeOffset.MinValue,
        Roles = JwtParts.Texts(payload, _options.RoleClaim) ?? [],
    };

    private static bool TryReadTime(JsonElement payload, string name, out DateTimeOffset? time)
    {
        time = JwtParts.Time(payload, name);
        return time is not null || !payload.TryGetProperty(name, out _);
    }
}
