using System.Security.Authentication;

namespace SecurityToolchain.Runtime.Tls;

/// <summary>Where mutual TLS takes its certificate, key, trust and peers from. Binds from configuration.</summary>
public sealed class MtlsOptions
{
    /// <summary>The own certificate: PEM with the intermediates after it, or PKCS#12 (<c>.pfx</c>, <c>.p12</c>).</summary>
    public string CertificatePath { get; set; } = string.Empty;

    /// <summary>The private key in PEM (PKCS#8, PKCS#1 or SEC 1, RSA or EC, plain or encrypted); empty for PKCS#12.</summary>
    public string KeyPath { get; set; } = string.Empty;

    /// <summary>The name under which <see cref="Secrets.SecretProvider"/> knows the password of the key or the PKCS#12 file; null when there is none.</summary>
    public string? PasswordSecretName { get; set; }

    /// <summary>PEM with the roots that peers must chain to. The system's roots are not used. Every certificate in it must be a CA.</summary>
    public string TrustPath { get; set; } = string.Empty;

    /// <summary>PEM or DER files with revocation lists of the CAs; empty for none.</summary>
    public IList<string> RevocationListPaths { get; } = [];

    /// <summary>Whether a peer whose issuer has no current revocation list is refused; default false.</summary>
    public bool RequireRevocationList { get; set; }

    /// <summary>
    /// Who may connect: <c>dns:orders.example.com</c> or a URI such as <c>spiffe://example.org/orders</c>, compared with the subject
    /// alternative names. A trailing <c>/*</c> of a URI allows everything below it. Empty allows nobody: a certificate of the right CA says
    /// who somebody is, not what they may do.
    /// </summary>
    public IList<string> AllowedIdentities { get; } = [];

    /// <summary>The oldest protocol; TLS 1.2 (default) or TLS 1.3.</summary>
    public SslProtocols MinimumVersion { get; set; } = SslProtocols.Tls12;

    /// <summary>Whether a key file that others than its owner can read is accepted; default false. Has no effect on Windows.</summary>
    public bool AllowReadableKey { get; set; }

    /// <summary>How often the files are looked at for changes; 1 second to 1 day, default 1 minute.</summary>
    public TimeSpan ReloadInterval { get; set; } = TimeSpan.FromMinutes(1);

    internal SslProtocols EnabledProtocols => MinimumVersion == SslProtocols.Tls13 ? SslProtocols.Tls13 : SslProtocols.Tls12 | SslProtocols.Tls13;
}
