using System.Security.Cryptography;
using SecurityToolchain.Runtime.Cryptography;

namespace SecurityToolchain.Runtime.Tests.Cryptography;

public sealed class KeysTests
{
    [Fact]
    public void Ring_Rotation_ReadsOldAndWritesNew()
    {
        using var ring = new AeadKeyRing(AeadEncryption.GenerateKey());
        uint first = ring.ActiveKeyId;
        byte[] old = ring.Encrypt("old"u8, "a"u8);
        uint second = ring.Rotate(AeadEncryption.GenerateKey());
        Assert.NotEqual(first, second);
        Assert.Equal(second, ring.ActiveKeyId);
        Assert.Equal("old"u8.ToArray(), ring.Decrypt(old, "a"u8));
        Assert.True(ring.NeedsReencryption(old));
        byte[] renewed = ring.Reencrypt(old, "a"u8);
        Assert.False(ring.NeedsReencryption(renewed));
        Assert.True(ring.Retire(first));
        Assert.False(ring.Retire(first));
        Assert.False(ring.TryDecrypt(old, out _, "a"u8));
        Assert.Throws<AuthenticationTagMismatchException>(() => ring.Decrypt(old, "a"u8));
        Assert.Equal("old"u8.ToArray(), ring.Decrypt(renewed, "a"u8));
        Assert.Throws<InvalidOperationException>(() => ring.Retire(second));
    }

    [Fact]
    public void Ring_AddedKey_ReadsAndDoesNotWrite()
    {
        byte[] next = AeadEncryption.GenerateKey();
        using var ring = new AeadKeyRing(AeadEncryption.GenerateKey());
        using var other = new AeadEncryption(next);
        uint active = ring.ActiveKeyId;
        Assert.Equal(other.KeyId, ring.Add(next));
        Assert.Equal(other.KeyId, ring.Add(next));
        Assert.Equal(2, ring.KeyIds.Count);
        Assert.Equal(active, ring.ActiveKeyId);
        Assert.Equal([1], ring.Decrypt(other.Encrypt([1])));
        Assert.Throws<ArgumentException>(() => ring.Add(new byte[31]));
    }

    [Fact]
    public void Ring_Disposed_CannotBeUsed()
    {
        var ring = new AeadKeyRing(AeadEncryption.GenerateKey());
        byte[] envelope = ring.Encrypt([1]);
        ring.Dispose();
        Assert.Throws<ObjectDisposedException>(() => ring.Encrypt([1]));
        Assert.Throws<ObjectDisposedException>(() => ring.Decrypt(envelope));
        Assert.Throws<ObjectDisposedException>(() => ring.Rotate(AeadEncryption.GenerateKey()));
    }

    [Fact]
    public async Task Ring_RotationDuringUse_LosesNoMessage()
    {
        using var ring = new AeadKeyRing(AeadEncryption.GenerateKey());
        using var stop = new CancellationTokenSource();
        Task[] users = Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
                Assert.Equal([7], ring.Decrypt(ring.Encrypt([7])));
        })).ToArray();
        for (int i = 0; i < 200; i++)
            ring.Rotate(AeadEncryption.GenerateKey());
        await stop.CancelAsync();
        await Task.WhenAll(users);
    }

    [Fact]
    public void Cache_Full_WipesTheLeastRecentlyUsed()
    {
        using var cache = new AeadKeyCache(capacity: 2);
        SecureBuffer a = Touch(cache, "a");
        SecureBuffer b = Touch(cache, "b");
        Assert.Same(a, Touch(cache, "a"));
        Touch(cache, "c");
        Assert.False(a.IsDisposed);
        Assert.True(b.IsDisposed);
        Assert.Equal(-1, b.RawPages.IndexOfAnyExcept((byte)0));
        Assert.Equal(2, cache.Count);
    }

    [Fact]
    public void Cache_EvictedWhileBorrowed_IsWipedWhenItComesBack()
    {
        using var cache = new AeadKeyCache();
        AeadKeyCache.Lease lease = cache.Rent("tenant", static _ => SecureBuffer.Random(32));
        AeadEncryption encryption = lease.Encryption;
        Assert.True(cache.Evict("tenant"));
        Assert.False(cache.Evict("tenant"));
        Assert.Equal([1], encryption.Decrypt(encryption.Encrypt([1])));
        lease.Dispose();
        lease.Dispose();
        Assert.Throws<ObjectDisposedException>(() => encryption.Encrypt([1]));
        Assert.Throws<ObjectDisposedException>(() => lease.Encryption);
    }

    [Fact]
    public void Cache_Load_IsCalledOncePerKeyAndItsBufferIsWiped()
    {
        using var cache = new AeadKeyCache();
        int loads = 0;
        SecureBuffer? loaded = null;
        Parallel.For(0, 200, _ =>
        {
            using AeadKeyCache.Lease lease = cache.Rent("one", _ =>
            {
                loads++;
                return loaded = SecureBuffer.Random(32);
            });
            lease.Encryption.Encrypt([1]);
        });
        Assert.Equal(1, loads);
        Assert.True(loaded!.IsDisposed);
        Assert.Throws<InvalidOperationException>(() => cache.Rent("bad", static _ => throw new InvalidOperationException()));
        Assert.Equal(1, cache.Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => new AeadKeyCache(0));
    }

    [Fact]
    public void Cache_Disposed_WipesEverything()
    {
        var cache = new AeadKeyCache();
        SecureBuffer key = Touch(cache, "a");
        cache.Dispose();
        cache.Dispose();
        Assert.True(key.IsDisposed);
        Assert.Throws<ObjectDisposedException>(() => Touch(cache, "a"));
    }

    private static SecureBuffer Touch(AeadKeyCache cache, string name)
    {
        using AeadKeyCache.Lease lease = cache.Rent(name, static _ => SecureBuffer.Random(32));
        return lease.Encryption.KeyBuffer;
    }
}
