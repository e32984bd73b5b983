namespace SecurityToolchain.Scanning.Hashing;

/// <summary>Digest algorithms; several can be computed in one pass.</summary>
[Flags]
public enum DigestAlgorithms
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>MD5, 16 bytes. An indicator to look up, never a proof.</summary>
    Md5 = 1,

    /// <summary>SHA-1, 20 bytes. An indicator to look up, never a proof.</summary>
    Sha1 = 1 << 1,

    /// <summary>SHA-256, 32 bytes.</summary>
    Sha256 = 1 << 2,

    /// <summary>SHA-384, 48 bytes.</summary>
    Sha384 = 1 << 3,

    /// <summary>SHA-512, 64 bytes.</summary>
    Sha512 = 1 << 4,

    /// <summary>SHA3-256, 32 bytes; where the platform has it.</summary>
    Sha3Bits256 = 1 << 5,

    /// <summary>SHA3-384, 48 bytes; where the platform has it.</summary>
    Sha3Bits384 = 1 << 6,

    /// <summary>SHA3-512, 64 bytes; where the platform has it.</summary>
    Sha3Bits512 = 1 << 7,

    /// <summary>BLAKE3, 32 bytes.</summary>
    Blake3 = 1 << 8,
}
