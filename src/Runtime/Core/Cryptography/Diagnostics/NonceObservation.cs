namespace SecurityToolchain.Runtime.Cryptography;

/// <summary>What a <see cref="NonceLedger"/> says about an envelope.</summary>
public enum NonceObservation
{
    /// <summary>The ledger cannot tell: the bytes are no envelope, or the ledger is full. Unknown is not unique.</summary>
    Unknown = 0,

    /// <summary>The nonce was not seen before under its key.</summary>
    Unique = 1,

    /// <summary>The same message was seen before: a replay or a second look, no reuse.</summary>
    SameMessage = 2,

    /// <summary>Another message was seen with this nonce and key. The key is compromised for GCM and must be replaced.</summary>
    Reused = 3,
}
