using System.Security.Cryptography;

namespace SecurityToolchain.Runtime.Cryptography;

/// <summary>
/// What is right and wrong with an envelope and its key, every line computed. For operators and tests, never for the sender of the
/// envelope: told apart, the answers are an oracle.
/// </summary>
/// <param name="KeySizeValid">The key has 32 bytes.</param>
/// <param name="KeyIdMatches">The envelope names this key.</param>
/// <param name="Nonce">Whether another message used the nonce.</param>
/// <param name="TagPresent">The envelope is long enough for header, nonce and tag: 33 bytes.</param>
/// <param name="DataIntegrity">The tag is right for this key and associated data.</param>
public sealed record EncryptionDiagnostics(bool KeySizeValid, bool KeyIdMatches, NonceObservation Nonce, bool TagPresent, bool DataIntegrity)
{
    /// <summary>Whether nothing is wrong.</summary>
    public bool IsHealthy => KeySizeValid && KeyIdMatches && Nonce is NonceObservation.Unique or NonceObservation.SameMessage && TagPresent && DataIntegrity;

    /// <summary>Examines an envelope. The plaintext goes to a buffer that is wiped.</summary>
    /// <param name="key">The key; a wrong size is a finding, not an error.</param>
    /// <param name="envelope">Any bytes.</param>
    /// <param name="associatedData">What was given to encrypt.</param>
    /// <param name="ledger">Remembers nonces from one call to the next.</param>
    public static EncryptionDiagnostics Examine(
        ReadOnlySpan<byte> key, ReadOnlySpan<byte> envelope, ReadOnlySpan<byte> associatedData, NonceLedger ledger)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        bool keySizeValid = key.Length == AeadEncryption.KeySizeInBytes;
        bool shaped = AeadEnvelope.TryReadHeader(envelope, out AeadAlgorithm algorithm, out uint keyId);
        bool keyIdMatches = false;
        bool integrity = false;
        if (keySizeValid && shaped)
        {
            // Checked under the id that the envelope names: a key with an id of the caller's choice is a good key as well.
            keyIdMatches = keyId == AeadEncryption.ComputeKeyId(key, algorithm);
            using var encryption = new AeadEncryption(key, keyId, algorithm: algorithm);
            integrity = encryption.TryDecrypt(envelope, out byte[]? plaintext, associatedData);
            CryptographicOperations.ZeroMemory(plaintext);
        }

        // A forged envelope proves nothing about nonces that were used, so it does not enter the ledger.
        NonceObservation nonce = integrity ? ledger.Observe(envelope) : NonceObservation.Unknown;
        return new EncryptionDiagnostics(keySizeValid, keyIdMatches || integrity, nonce, envelope.Length >= AeadEncryption.OverheadInBytes, integrity);
    }
}
