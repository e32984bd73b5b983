namespace SecurityToolchain.AspNetCore.Headers;

/// <summary>Which set of response headers is sent.</summary>
public enum SecurityHeadersProfile
{
    /// <summary>Today's advice: a content security policy with nonces, no legacy XSS filter, isolation headers. The default.</summary>
    Modern,

    /// <summary>
    /// The five headers of the product's original security document, for clients that were certified against it. It allows inline styles
    /// and turns on the legacy XSS filter, so prefer <see cref="Modern"/>.
    /// </summary>
    Documented,
}
