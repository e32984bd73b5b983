namespace SecurityToolchain.Runtime.Authentication.ApiKeys;

/// <summary>What is stored of an API key. The key itself is not. Immutable.</summary>
public sealed record ApiKeyRecord
{
    /// <summary>Public part of the key, 16 letters and digits.</summary>
    public required string Id { get; init; }

    /// <summary>Hash of the secret part: <c>hmac-sha256$…</c> or a PHC string.</summary>
    public required string Hash { get; init; }

    /// <summary>Whose key it is.</summary>
    public required string Owner { get; init; }

    /// <summary>What it allows.</summary>
    public Permissions Scopes { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it ends, or <see langword="null"/> for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it was revoked, or <see langword="null"/>.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>When it was last used, to the minute.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }
}
