namespace SecurityToolchain.Scanning.Binaries.PortableExecutable;

/// <summary>What an offline check of the certificates behind an Authenticode signature says.</summary>
public enum AuthenticodeChainState
{
    /// <summary>The file is not signed, or its signature is not valid; the certificates were not looked at.</summary>
    NotChecked,

    /// <summary>The chain leads to one of the trust anchors, and was valid when the file was signed.</summary>
    Trusted,

    /// <summary>The chain ends at a root that is not among the anchors, or a certificate between is missing.</summary>
    UntrustedRoot,

    /// <summary>A certificate was not valid at the time that counts: that of the time stamp, or now when there is none.</summary>
    Expired,

    /// <summary>A certificate may not be used for signing code.</summary>
    WrongUsage,

    /// <summary>A signature or constraint in the chain is wrong.</summary>
    Invalid,
}
