using System.Security.Cryptography;
using SecurityToolchain.Runtime.Cryptography;

namespace SecurityToolchain.Runtime.Tests.Cryptography;

/// <summary>What holds for every algorithm: the published vectors, and every way to use one wrongly.</summary>
public sealed class AeadAlgorithmTests
{
    private static readonly byte[] s_key = [.. Enumerable.Range(0, 32).Select(static i => (byte)i)];

    public static TheoryData<AeadAlgorithm> Algorithms() => new(Enum.GetValues<AeadAlgorithm>());

    [Theory]
    [InlineData(AeadAlgorithm.Aes256Gcm, "SP800-38D_AesGcm256.txt", 7)]
    [InlineData(AeadAlgorithm.ChaCha20Poly1305, "RFC8439_ChaCha20Poly1305.txt", 1)]
    public void Cipher_PublishedVectors_Match(AeadAlgorithm algorithm, string file, int expected)
    {
        int count = 0;
        foreach (byte[][] vector in VectorFile.Read(file))
        {
            using AeadCipher cipher = AeadCipher.Create(algorithm, vector[0]);
            byte[] ciphertext = new byte[vector[2].Length];
            byte[] tag = new byte[AeadEncryption.TagSizeInBytes];
            cipher.Encrypt(vector[1], vector[2], ciphertext, tag, vector[3]);
            Assert.Equal(Convert.ToHexString(vector[4]), Convert.ToHexString(ciphertext));
            Assert.Equal(Convert.ToHexString(vector[5]), Convert.ToHexString(tag));
            byte[] plaintext = new byte[ciphertext.Length];
            cipher.Decrypt(vector[1], ciphertext, tag, plaintext, vector[3]);
            Assert.Equal(vector[2], plaintext);
            tag[0] ^= 1;
            Assert.Throws<AuthenticationTagMismatchException>(() => cipher.Decrypt(vector[1], ciphertext, tag, plaintext, vector[3]));
            count++;
        }

        Assert.Equal(expected, count);
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void Encrypt_AnyMessage_IsReadByOpenSsl(AeadAlgorithm algorithm)
    {
        Assert.SkipUnless(LibCrypto.IsPresent, "libcrypto.so.3 is not on this machine");
        using var encryption = new AeadEncryption(s_key, algorithm);
        for (int size = 0; size < 70; size++)
        {
            byte[] plaintext = RandomNumberGenerator.GetBytes(size);
            byte[] envelope = encryption.Encrypt(plaintext, "bound"u8);
            byte[] allBound = [.. envelope[..5], .. "bound"u8];
            Assert.Equal(plaintext, LibCrypto.Decrypt(algorithm, s_key, envelope.AsSpan(5, 12), envelope.AsSpan(17, size), envelope.AsSpan(17 + size), allBound));
        }
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void Envelope_ComesBackForItsOwnAlgorithmOnly(AeadAlgorithm algorithm)
    {
        using var encryption = new AeadEncryption(s_key, keyId: 7, algorithm: algorithm);
        Assert.Equal(algorithm, encryption.Algorithm);
        byte[] envelope = encryption.Encrypt("text"u8, "bound"u8);
        Assert.Equal("text"u8.ToArray(), encryption.Decrypt(envelope, "bound"u8));
        foreach (AeadAlgorithm other in Enum.GetValues<AeadAlgorithm>().Where(other => other != algorithm))
        {
            using var sameKeyAndId = new AeadEncryption(s_key, keyId: 7, algorithm: other);
            Assert.False(sameKeyAndId.TryDecrypt(envelope, out _, "bound"u8));
            using var computed = new AeadEncryption(s_key, other);
            using var own = new AeadEncryption(s_key, algorithm);
            Assert.NotEqual(own.KeyId, computed.KeyId);
        }
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void AnyBitFlippedAndAnyTruncation_IsRefusedAndReleasesNothing(AeadAlgorithm algorithm)
    {
        using var encryption = new AeadEncryption(s_key, algorithm);
        byte[] envelope = encryption.Encrypt("text"u8);
        byte[] destination = new byte[4];
        for (int bit = 0; bit < envelope.Length * 8; bit++)
        {
            byte[] forged = [.. envelope];
            forged[bit / 8] ^= (byte)(1 << (bit % 8));
            destination.AsSpan().Fill(0xAA);
            Assert.False(encryption.TryDecrypt(forged, destination, out int written));
            Assert.Equal((0, 0), (written, destination.Sum(static value => value)));
        }

        for (int length = 0; length < envelope.Length; length++)
            Assert.False(encryption.TryDecrypt(envelope.AsSpan(0, length), out _));
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void Misuse_IsRefusedBeforeAnythingIsWritten(AeadAlgorithm algorithm)
    {
        foreach (int size in new[] { 0, 16, 31, 33, 64 })
            Assert.Contains("32", Assert.Throws<ArgumentException>(() => new AeadEncryption(new byte[size], algorithm)).Message, StringComparison.Ordinal);
        var encryption = new AeadEncryption(s_key, keyId: 1, new NonceSequence(maxNonces: 1), algorithm);
        byte[] buffer = new byte[64];
        Assert.Throws<ArgumentException>(() => encryption.EncryptInto(new byte[10], buffer.AsSpan(0, 42)));
        Assert.Throws<ArgumentException>(() => encryption.EncryptInto(buffer.AsSpan(10, 4), buffer));
        Assert.Equal(1, encryption.RemainingMessages);
        Assert.Equal(37, encryption.EncryptInto("text"u8, buffer));
        byte[] envelope = buffer[..37];
        byte[] untouched = new byte[64];
        Assert.Throws<NonceExhaustedException>(() => encryption.EncryptInto("text"u8, untouched));
        Assert.Equal(-1, untouched.AsSpan().IndexOfAnyExcept((byte)0));
        Assert.Throws<ArgumentException>(() => encryption.TryDecrypt(envelope, new byte[3], out _));
        encryption.Dispose();
        encryption.Dispose();
        Assert.Throws<ObjectDisposedException>(() => encryption.Encrypt("text"u8));
        Assert.Throws<ObjectDisposedException>(() => encryption.Decrypt(envelope));
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void Batch_ReorderedOrOfTheOtherAlgorithm_IsRefused(AeadAlgorithm algorithm)
    {
        using var encryption = new AeadEncryption(s_key, keyId: 3, algorithm: algorithm);
        ReadOnlyMemory<byte>[] items = [.. Enumerable.Range(0, 20).Select(static i => new ReadOnlyMemory<byte>([(byte)i]))];
        byte[][] envelopes = AeadBatch.Encrypt(encryption, items);
        ReadOnlyMemory<byte>[] stored = [.. envelopes.Select(static envelope => new ReadOnlyMemory<byte>(envelope))];
        Assert.Equal(items.Select(static item => item.ToArray()), AeadBatch.Decrypt(encryption, stored));
        (stored[3], stored[4]) = (stored[4], stored[3]);
        Assert.False(AeadBatch.TryDecrypt(encryption, stored, out _));
        (stored[3], stored[4]) = (stored[4], stored[3]);
        Assert.False(encryption.TryDecrypt(envelopes[0], out _));
        foreach (AeadAlgorithm other in Enum.GetValues<AeadAlgorithm>().Where(other => other != algorithm))
        {
            using var foreign = new AeadEncryption(s_key, keyId: 3, algorithm: other);
            Assert.False(AeadBatch.TryDecrypt(foreign, stored, out _));
        }
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void Diagnostics_ExamineEveryAlgorithm(AeadAlgorithm algorithm)
    {
        using var encryption = new AeadEncryption(s_key, algorithm);
        Assert.True(EncryptionDiagnostics.Examine(s_key, encryption.Encrypt("text"u8), default, new NonceLedger()).IsHealthy);
    }

    [Fact]
    public void UnknownAlgorithm_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => new AeadEncryption(s_key, (AeadAlgorithm)2));
        Assert.Throws<ArgumentException>(() => new AeadKeyRing(s_key, (AeadAlgorithm)9));
    }

    [Fact]
    public void KeyRing_RotatesFromOneAlgorithmToTheOther()
    {
        using var ring = new AeadKeyRing(s_key);
        byte[] old = ring.Encrypt("text"u8);
        uint rotated = ring.Rotate(s_key, AeadAlgorithm.ChaCha20Poly1305);
        Assert.Equal(rotated, ring.ActiveKeyId);
        Assert.Equal(2, ring.KeyIds.Count);
        Assert.Equal("text"u8.ToArray(), ring.Decrypt(old));
        byte[] renewed = ring.Reencrypt(old);
        Assert.NotEqual(old[0], renewed[0]);
        Assert.Equal("text"u8.ToArray(), ring.Decrypt(renewed));
    }

    [Fact]
    public void KeyCache_OneNameUnderTwoAlgorithms_IsTwoKeys()
    {
        using var cache = new AeadKeyCache();
        using AeadKeyCache.Lease aes = cache.Rent("tenant", static _ => new SecureBuffer(s_key));
        using AeadKeyCache.Lease chacha = cache.Rent("tenant", static _ => new SecureBuffer(s_key), AeadAlgorithm.ChaCha20Poly1305);
        Assert.NotSame(aes.Encryption, chacha.Encryption);
        Assert.False(chacha.Encryption.TryDecrypt(aes.Encryption.Encrypt("text"u8), out _));
        Assert.Equal(2, cache.Count);
        Assert.True(cache.Evict("tenant"));
        Assert.Equal(0, cache.Count);
    }

    [Fact]
    public async Task KeyCache_SlowKey_StopsNobodyElse()
    {
        using var cache = new AeadKeyCache();
        var gate = new TaskCompletionSource();
        Task<AeadKeyCache.Lease>[] slow = [.. Enumerable.Range(0, 3).Select(_ => Task.Run(() => cache.Rent("slow", _ =>
        {
            gate.Task.Wait();
            return SecureBuffer.Random(32);
        })))];
        using (AeadKeyCache.Lease quick = cache.Rent("quick", static _ => SecureBuffer.Random(32)))
            Assert.Equal([1], quick.Encryption.Decrypt(quick.Encryption.Encrypt([1])));
        Assert.True(Array.TrueForAll(slow, static task => !task.IsCompleted));
        gate.SetResult();
        AeadKeyCache.Lease[] leases = await Task.WhenAll(slow);
        Assert.Single(leases.Select(static lease => lease.Encryption).Distinct());
        foreach (AeadKeyCache.Lease lease in leases)
            lease.Dispose();
    }
}
