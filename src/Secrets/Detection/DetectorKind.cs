namespace SecurityToolchain.Secrets.Detection;

/// <summary>What looks at a place where a keyword was found.</summary>
internal enum DetectorKind
{
    /// <summary>A provider's format.</summary>
    Pattern,

    /// <summary>A password inside a connection string.</summary>
    ConnectionString,

    /// <summary>A password before the host of a URL.</summary>
    UrlCredential,

    /// <summary>A private key in PEM.</summary>
    PrivateKey,

    /// <summary>A JSON Web Token.</summary>
    JsonWebToken,

    /// <summary>The value of an HTTP authorization header.</summary>
    AuthorizationHeader,

    /// <summary>A name that says credential, an assignment, a value.</summary>
    Assignment,
}
