namespace SecurityToolchain.Scanning.Binaries.PortableExecutable;

/// <summary>What an offline check of an Authenticode signature says. Whether the signer is trusted is a question of policy.</summary>
public enum AuthenticodeState
{
    /// <summary>There is no signature.</summary>
    Unsigned,

    /// <summary>The digest in the signature is that of the file, and the signature fits the certificate in it.</summary>
    Valid,

    /// <summary>The file was changed after it was signed, or the signature is damaged.</summary>
    Tampered,

    /// <summary>The signature uses something that is not understood here.</summary>
    Unknown,
}
