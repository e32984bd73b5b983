namespace SecurityToolchain.Runtime.Authentication.ApiKeys;

/// <summary>Outcome of checking an API key.</summary>
/// <param name="Record">The key's record if the key is good, otherwise <see langword="null"/>.</param>
/// <param name="Failure">Why not, for logs. A client learns only that the key is not accepted.</param>
public sealed record ApiKeyVerification(ApiKeyRecord? Record, AuthFailure Failure)
{
    /// <summary>Whether the key is good.</summary>
    public bool IsValid => Record is not null;
}
