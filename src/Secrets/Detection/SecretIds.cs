namespace SecurityToolchain.Secrets.Detection;

/// <summary>The ids of the detectors that know a structure instead of a provider.</summary>
internal static class SecretIds
{
    public const string ConnectionString = "connection-string-password";
    public const string UrlCredential = "url-credential";
    public const string PrivateKey = "private-key";
    public const string JsonWebToken = "json-web-token";
    public const string BasicAuthorization = "basic-authorization";
    public const string BearerAuthorization = "bearer-authorization";
    public const string NamedCredential = "named-credential";
    public const string Base64Wrapped = "base64-wrapped";
}
