using System.Security.Cryptography;
using SecurityToolchain.Runtime.Cryptography;

namespace SecurityToolchain.Runtime.Tests.Cryptography;

public sealed class AeadEncryptionTests
{
    private static readonly byte[] s_key = Enumerable.Range(0, 32).Select(static i => (byte)i).ToArray();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(4_096)]
    [InlineData(1_048_576)]
    public void Decrypt_OwnEnvelope_ReturnsThePlaintext(int size)
    {
        using var encryption = new AeadEncryption(s_key);
        byte[] plaintext = RandomNumberGenerator.GetBytes(size);
        foreach (byte[] bound in new[] { [], [1], new byte[507], new byte[508], new byte[100_000] })
        {
            byte[] envelope = encryption.Encrypt(plaintext, bound);
            Assert.Equal(size + AeadEncryption.OverheadInBytes, envelope.Length);
            Assert.Equal(plaintext, encryption.Decrypt(envelope, bound));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public void Decrypt_AnyBitOfAnyFieldFlipped_IsATagMismatch(int size)
    {
        using var encryption = new AeadEncryption(s_key);
        byte[] envelope = encryption.Encrypt(new byte[size], "bound"u8);
        for (int bit = 0; bit < envelope.Length * 8; bit++)
        {
            byte[] forged = [.. envelope];
            forged[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Throws<AuthenticationTagMismatchException>(() => encryption.Decrypt(forged, "bound"u8));
            byte[] destination = [.. Enumerable.Repeat((byte)0xAA, size)];
            Assert.False(encryption.TryDecrypt(forged, destination, out int written, "bound"u8));
            Assert.Equal(0, written);
            Assert.True(destination.All(static value => value == 0), "no plaintext before the tag is checked");
        }
    }

    [Fact]
    public void Decrypt_AnyTruncation_IsATagMismatch()
    {
        using var encryption = new AeadEncryption(s_key);
        byte[] envelope = encryption.Encrypt(new byte[20]);
        for (int length = 0; length < envelope.Length; length++)
        {
            byte[] truncated = envelope[..length];
            Assert.False(encryption.TryDecrypt(truncated, out byte[]? plaintext));
            Assert.Null(plaintext);
            Assert.Throws<AuthenticationTagMismatchException>(() => encryption.Decrypt(truncated));
        }

        Assert.False(encryption.TryDecrypt([.. envelope, 0], out _));
    }

    [Fact]
    public void Decrypt_EveryKindOfFailure_LooksTheSame()
    {
        using var encryption = new AeadEncryption(s_key, keyId: 1);
        using var sameId = new AeadEncryption(AeadEncryption.GenerateKey(), keyId: 1);
        using var otherId = new AeadEncryption(AeadEncryption.GenerateKey(), keyId: 2);
        byte[] envelope = encryption.Encrypt("text"u8, "a"u8);
        string[] messages =
        [
            Assert.Throws<AuthenticationTagMismatchException>(() => encryption.Decrypt(envelope, "b"u8)).Message,
            Assert.Throws<AuthenticationTagMismatchException>(() => encryption.Decrypt(envelope)).Message,
            Assert.Throws<AuthenticationTagMismatchException>(() => sameId.Decrypt(envelope, "a"u8)).Message,
            Assert.Throws<AuthenticationTagMismatchException>(() => otherId.Decrypt(envelope, "a"u8)).Message,
            Assert.Throws<AuthenticationTagMismatchException>(() => encryption.Decrypt([], "a"u8)).Message,
        ];
        Assert.Single(messages.Distinct());
    }

    [Fact]
    public void Encrypt_HeaderMovedIntoAssociatedData_IsNotAccepted()
    {
        // "a" + "bc" and "ab" + "c" must not authenticate each other: the header has a fixed size, the rest is the caller's.
        using var encryption = new AeadEncryption(s_key, keyId: 0x61626364);
        byte[] envelope = encryption.Encrypt("text"u8, "e"u8);
        Assert.False(encryption.TryDecrypt(envelope, out _, "ae"u8));
        Assert.False(encryption.TryDecrypt(envelope, out _, "ee"u8));
    }

    [Fact]
    public void Reference_NistVectors_Match()
    {
        int count = 0;
        foreach (byte[][] vector in VectorFile.Read("SP800-38D_AesGcm256.txt"))
        {
            (byte[] ciphertext, byte[] tag) = ReferenceGcm.Encrypt(vector[0], vector[1], vector[2], vector[3]);
            Assert.Equal(Convert.ToHexString(vector[4]), Convert.ToHexString(ciphertext));
            Assert.Equal(Convert.ToHexString(vector[5]), Convert.ToHexString(tag));
            count++;
        }

        Assert.Equal(7, count);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 3)]
    [InlineData(16, 16)]
    [InlineData(333, 600)]
    public void Encrypt_AnyMessage_IsReadByAnIndependentGcm(int size, int boundSize)
    {
        byte[] key = AeadEncryption.GenerateKey();
        byte[] plaintext = RandomNumberGenerator.GetBytes(size);
        byte[] bound = RandomNumberGenerator.GetBytes(boundSize);
        using var encryption = new AeadEncryption(key);
        byte[] envelope = encryption.Encrypt(plaintext, bound);
        byte[] allBound = [.. envelope[..5], .. bound];

        Assert.Equal(plaintext, ReferenceGcm.Decrypt(key, envelope[5..17], envelope[17..^16], envelope[^16..], allBound));
        Assert.Null(ReferenceGcm.Decrypt(key, envelope[5..17], envelope[17..^16], envelope[^16..], bound));
    }

    [Fact]
    public void Decrypt_EnvelopeMadeByAnIndependentGcm_ReturnsThePlaintext()
    {
        byte[] plaintext = "from elsewhere"u8.ToArray();
        byte[] header = [1, 0, 0, 0, 9];
        byte[] nonce = RandomNumberGenerator.GetBytes(12);
        (byte[] ciphertext, byte[] tag) = ReferenceGcm.Encrypt(s_key, nonce, plaintext, [.. header, .. "b"u8]);
        using var encryption = new AeadEncryption(s_key, keyId: 9);
        Assert.Equal(plaintext, encryption.Decrypt([.. header, .. nonce, .. ciphertext, .. tag], "b"u8));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(16)]
    [InlineData(31)]
    [InlineData(33)]
    public void Constructor_WrongKeySize_NamesTheSizes(int size)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new AeadEncryption(new byte[size]));
        Assert.Contains("32", error.Message, StringComparison.Ordinal);
        Assert.Contains(size.ToString(System.Globalization.CultureInfo.InvariantCulture), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Dispose_WipesTheKeyAndEndsUse()
    {
        var encryption = new AeadEncryption(s_key);
        byte[] envelope = encryption.Encrypt([1]);
        SecureBuffer buffer = encryption.KeyBuffer;
        Assert.True(buffer.RawPages.IndexOf(s_key) >= 0);
        encryption.Dispose();
        encryption.Dispose();
        Assert.Equal(-1, buffer.RawPages.IndexOfAnyExcept((byte)0));
        Assert.Throws<ObjectDisposedException>(() => encryption.Encrypt([1]));
        Assert.Throws<ObjectDisposedException>(() => encryption.Decrypt(envelope));
        Assert.Throws<ObjectDisposedException>(() => encryption.TryDecrypt(envelope, out _));
    }

    [Fact]
    public void Encrypt_NoncesExhausted_WritesNothing()
    {
        using var encryption = new AeadEncryption(s_key, 1, new NonceSequence(maxNonces: 1));
        encryption.Encrypt([1]);
        byte[] destination = new byte[34];
        Assert.Throws<NonceExhaustedException>(() => encryption.EncryptInto([1], destination));
        Assert.Equal(new byte[34], destination);
        Assert.Equal(0, encryption.RemainingMessages);
    }

    [Fact]
    public void Encrypt_DestinationTooSmallOrOverlapping_UsesNoNonce()
    {
        using var encryption = new AeadEncryption(s_key, 1, new NonceSequence(maxNonces: 1));
        byte[] shared = new byte[100];
        Assert.Throws<ArgumentException>(() => encryption.EncryptInto(new byte[10], new byte[42]));
        Assert.Throws<ArgumentException>(() => encryption.EncryptInto(shared.AsSpan(20, 10), shared));
        Assert.Equal(1, encryption.RemainingMessages);
    }

    [Fact]
    public void Decrypt_DestinationTooSmall_Throws()
    {
        using var encryption = new AeadEncryption(s_key);
        byte[] envelope = encryption.Encrypt(new byte[10]);
        Assert.Throws<ArgumentException>(() => encryption.TryDecrypt(envelope, new byte[9], out _));
    }

    [Fact]
    public async Task EncryptAndDecrypt_FromManyThreads_NeverMix()
    {
        using var encryption = new AeadEncryption(s_key);
        await Parallel.ForAsync(0, 8, async (worker, _) =>
        {
            await Task.Yield();
            byte[] plaintext = new byte[200 + worker];
            Array.Fill(plaintext, (byte)worker);
            for (int i = 0; i < 2_000; i++)
                Assert.Equal(plaintext, encryption.Decrypt(encryption.Encrypt(plaintext, [(byte)worker]), [(byte)worker]));
        });
    }

    [Fact]
    public async Task Dispose_DuringUse_EndsWithObjectDisposedOnly()
    {
        for (int round = 0; round < 50; round++)
        {
            var encryption = new AeadEncryption(s_key);
            Task[] users = Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
            {
                try
                {
                    while (true)
                        Assert.Equal(3, encryption.Decrypt(encryption.Encrypt(new byte[3])).Length);
                }
                catch (ObjectDisposedException)
                {
                }
            })).ToArray();
            await Task.Delay(2, TestContext.Current.CancellationToken);
            encryption.Dispose();
            await Task.WhenAll(users);
        }
    }

    [Fact]
    public void Encrypt_SteadyState_AllocatesOnlyTheResult()
    {
        using var encryption = new AeadEncryption(s_key);
        byte[] plaintext = new byte[1024];
        byte[] envelope = new byte[AeadEncryption.GetEnvelopeSize(1024)];
        // The runtime itself allocates on this thread while it replaces first code by optimised code; what stays is the steady state.
        long allocated = long.MaxValue;
        for (int round = 0; round < 20 && allocated != 0; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 1_000; i++)
                RoundTrip();
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(0, allocated);

        void RoundTrip()
        {
            encryption.EncryptInto(plaintext, envelope, "bound"u8);
            if (!encryption.TryDecrypt(envelope, plaintext, out _, "bound"u8))
                throw new InvalidOperationException();
        }
    }

    [Fact]
    public void KeyId_ComputedFromTheKey_IsStableAndReadable()
    {
        using var encryption = new AeadEncryption(s_key);
        using var again = new AeadEncryption(s_key);
        Assert.Equal(encryption.KeyId, again.KeyId);
        Assert.True(AeadEncryption.TryReadKeyId(encryption.Encrypt([]), out uint keyId));
        Assert.Equal(encryption.KeyId, keyId);
        Assert.False(AeadEncryption.TryReadKeyId(new byte[32], out _));
        Assert.False(AeadEncryption.TryReadKeyId(new byte[33], out _));
    }
}
