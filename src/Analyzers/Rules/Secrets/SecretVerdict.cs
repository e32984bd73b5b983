using SecurityToolchain.Secrets;

namespace SecurityToolchain.Analyzers.Rules.Secrets;

/// <summary>What was found in a text.</summary>
/// <param name="Description">What kind of secret, for the message; never the secret.</param>
/// <param name="Start">Where it starts in the text.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Name">The name it is held under, for the fix; may be null.</param>
internal readonly record struct SecretVerdict(string Description, int Start, int End, string? Name)
{
    /// <summary>Says what a match of the scanner is.</summary>
    public static SecretVerdict Of(in SecretMatch match, string? name) => new(Describe(match), match.Start, match.End, name);

    private static string Describe(in SecretMatch match) => match.PatternId switch
    {
        "connection-string-password" => "password in a connection string",
        "url-credential" => "password in a URL",
        "private-key" => "private key",
        "json-web-token" => "JSON Web Token",
        "basic-authorization" or "bearer-authorization" => "value of an authorization header",
        "named-credential" => "credential by its name and looks",
        _ => match.Checksum == ChecksumState.Valid ? "token of " + match.Provider + ", checksum valid" : "token of " + match.Provider,
    };
}
