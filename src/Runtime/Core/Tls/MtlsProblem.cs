namespace SecurityToolchain.Runtime.Tls;

/// <summary>Why mutual TLS cannot work with a configuration, or why a peer was refused.</summary>
public enum MtlsProblem
{
    /// <summary>The certificate file does not exist or cannot be read.</summary>
    CertificateNotFound,

    /// <summary>The certificate file holds no certificate.</summary>
    CertificateMalformed,

    /// <summary>The key file does not exist or cannot be read.</summary>
    KeyNotFound,

    /// <summary>The key cannot be decoded, or its password is missing or wrong.</summary>
    KeyMalformed,

    /// <summary>The key belongs to another certificate.</summary>
    PrivateKeyMismatch,

    /// <summary>Others than the owner can read the key file.</summary>
    KeyPermissions,

    /// <summary>RSA below 2,048 bits or an EC curve below 256 bits.</summary>
    KeyTooWeak,

    /// <summary>The trust file does not exist, cannot be read or holds no certificate.</summary>
    CaNotFound,

    /// <summary>The trust file holds a certificate that is not a CA.</summary>
    NotACa,

    /// <summary>A revocation list is missing, malformed, not signed by a trusted CA, or out of date.</summary>
    RevocationListInvalid,

    /// <summary>A certificate is past its end.</summary>
    CertificateExpired,

    /// <summary>A certificate has not begun.</summary>
    NotYetValid,

    /// <summary>A certificate does not chain to a trusted root.</summary>
    CertificateNotTrusted,

    /// <summary>A certificate is on its issuer's revocation list.</summary>
    CertificateRevoked,

    /// <summary>A certificate is not meant for this use (client or server authentication).</summary>
    WrongEku,

    /// <summary>No subject alternative name is among the allowed identities, or the host's name is not among them.</summary>
    NameMismatch,

    /// <summary>The peer sent no certificate.</summary>
    NoCertificate,

    /// <summary>Nobody is allowed to connect.</summary>
    NoAllowedIdentities,

    /// <summary>A setting is outside its range.</summary>
    InvalidSetting,
}
