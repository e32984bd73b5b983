namespace SecurityToolchain.Scanning.Binaries.MachO;

/// <summary>What an offline check of a Mach-O code signature says.</summary>
public enum MachOSignatureState
{
    /// <summary>There is no signature.</summary>
    Unsigned,

    /// <summary>Every page has the hash of the code directory, and nobody signed the directory.</summary>
    AdHoc,

    /// <summary>Every page has the hash of the code directory, and the signature of the directory fits. Whether the signer is trusted is a question of policy.</summary>
    Valid,

    /// <summary>The file was changed after it was signed, or the signature is damaged.</summary>
    Tampered,

    /// <summary>The signature uses something that is not understood here.</summary>
    Unknown,
}
