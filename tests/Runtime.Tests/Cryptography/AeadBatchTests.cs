using System.Security.Cryptography;
using SecurityToolchain.Runtime.Cryptography;

namespace SecurityToolchain.Runtime.Tests.Cryptography;

public sealed class AeadBatchTests : IDisposable
{
    private readonly AeadEncryption _encryption = new(AeadEncryption.GenerateKey());

    public void Dispose() => _encryption.Dispose();

    [Fact]
    public void Encrypt_HundredThousandItems_HaveDistinctNoncesAndComeBack()
    {
        ReadOnlyMemory<byte>[] items = Items(100_000);
        byte[][] envelopes = AeadBatch.Encrypt(_encryption, items, "bound"u8.ToArray());
        Assert.Equal(items.Length, envelopes.Select(static envelope => Convert.ToHexString(envelope.AsSpan(5, 12))).Distinct().Count());
        byte[][] plaintexts = AeadBatch.Decrypt(_encryption, AsMemory(envelopes), "bound"u8.ToArray());
        Assert.All(Enumerable.Range(0, items.Length), index => Assert.True(items[index].Span.SequenceEqual(plaintexts[index])));
    }

    [Fact]
    public void Decrypt_ReorderedDroppedAddedOrMixedItems_IsRefused()
    {
        byte[][] batch = AeadBatch.Encrypt(_encryption, Items(5));
        byte[][] other = AeadBatch.Encrypt(_encryption, Items(5));
        byte[] single = _encryption.Encrypt([1]);
        Refused([batch[1], batch[0], batch[2], batch[3], batch[4]]);
        Refused(batch[..4]);
        Refused(batch[1..]);
        Refused([.. batch, batch[4]]);
        Refused([batch[0], batch[1], other[2], batch[3], batch[4]]);
        Refused([batch[0], batch[1], single, batch[3], batch[4]]);
        Refused([]);
        Refused([batch[0], [], batch[2], batch[3], batch[4]]);
        byte[] flipped = [.. batch[4]];
        flipped[^1] ^= 1;
        Refused([batch[0], batch[1], batch[2], batch[3], flipped]);
        Assert.False(AeadBatch.TryDecrypt(_encryption, AsMemory(batch), out _, "x"u8.ToArray()));
        Assert.True(AeadBatch.TryDecrypt(_encryption, AsMemory(batch), out _));
    }

    [Fact]
    public void Item_OfABatch_IsNoSingleMessageAndTheOtherWayRound()
    {
        byte[] item = AeadBatch.Encrypt(_encryption, Items(1))[0];
        byte[] position = [0, 0, 0, 0, 0, 0, 0, 1];
        Assert.False(_encryption.TryDecrypt(item, out _, position));
        item[0] = 1;
        Assert.False(_encryption.TryDecrypt(item, out _, position));
        byte[] single = _encryption.Encrypt([1], position);
        Refused([single]);
        single[0] = 2;
        Refused([single]);
    }

    [Fact]
    public void Encrypt_TooFewNonces_EncryptsNothing()
    {
        using var encryption = new AeadEncryption(AeadEncryption.GenerateKey(), 1, new NonceSequence(maxNonces: 4));
        Assert.Throws<NonceExhaustedException>(() => AeadBatch.Encrypt(encryption, Items(5)));
        Assert.Equal(4, AeadBatch.Encrypt(encryption, Items(4)).Length);
        Assert.Throws<ArgumentException>(() => AeadBatch.Encrypt(encryption, []));
    }

    private void Refused(byte[][] envelopes)
    {
        Assert.False(AeadBatch.TryDecrypt(_encryption, AsMemory(envelopes), out byte[][]? plaintexts));
        Assert.Null(plaintexts);
        Assert.Throws<AuthenticationTagMismatchException>(() => AeadBatch.Decrypt(_encryption, AsMemory(envelopes)));
    }

    private static ReadOnlyMemory<byte>[] Items(int count) =>
        Enumerable.Range(0, count).Select(static index => (ReadOnlyMemory<byte>)BitConverter.GetBytes(index)).ToArray();

    private static ReadOnlyMemory<byte>[] AsMemory(byte[][] envelopes) => Array.ConvertAll(envelopes, static envelope => (ReadOnlyMemory<byte>)envelope);
}
