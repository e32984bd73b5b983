namespace SecurityToolchain.Secrets.Classification;

/// <summary>What a name says about the value that it holds.</summary>
internal enum CredentialKind
{
    /// <summary>Nothing about a credential, or something about one that is public (its name, length, prompt).</summary>
    None,

    /// <summary>Often not a credential: <c>token</c>, <c>credentials</c>, <c>pat</c>. The value must look generated.</summary>
    Token,

    /// <summary>A key or token of a service: <c>apiKey</c>, <c>accessToken</c>, <c>signingKey</c>.</summary>
    Key,

    /// <summary>A shared secret, often made up by a person: <c>clientSecret</c>, <c>jwtSecret</c>.</summary>
    Secret,

    /// <summary>A password, often short and made up by a person.</summary>
    Password,

    /// <summary>A connection string, which may hold a password.</summary>
    ConnectionString,
}
